"""Following without an account, and the inbox."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from notifications.models import Message
from tests.web.portal import Citizen, errors_in
from workflows.cases.models import Case
from workflows.trail import relay

pytestmark = pytest.mark.django_db
PRACTICE = "DPMPTSP-SIP-DOKTER"


@pytest.fixture(autouse=True)
def fresh_counters() -> Iterator[None]:
    """Every test begins with all its tries."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def citizen() -> Citizen:
    """Somebody who applied."""
    return Citizen()


@pytest.fixture
def case(citizen: Citizen) -> Case:
    """Her application."""
    return citizen.apply(PRACTICE)


def ask(client: Client, code: object, digits: str) -> HttpResponse:
    """The form of the tracking page."""
    return client.post(reverse("portal:track"), {"code": str(code), "digits": digits})  # type: ignore[return-value]


def digits_of(case: Case) -> str:
    """The last four of the applicant's NIK."""
    return case.applicant.nik[-4:]


def test_anybody_with_code_and_digits_sees_the_status_and_no_person(client: Client, case: Case) -> None:
    answer = ask(client, str(case.tracking_code).lower(), digits_of(case))
    assert answer["Location"] == reverse("portal:tracked")
    assert str(case.tracking_code) not in answer["Location"]
    shown = client.get(answer["Location"]).content.decode()
    assert "Surat Izin Praktik" in shown
    assert "Menunggu giliran diperiksa" in shown
    person = case.applicant
    for private in (person.name, person.nik, person.phone, person.address, "Contoh isian yang benar"):
        assert private not in shown


def test_wrong_code_and_wrong_digits_get_the_same_page_after_the_same_work(client: Client, case: Case) -> None:
    code, digits = str(case.tracking_code), digits_of(case)
    wrong = f"{(int(digits) + 1) % 10000:04d}"
    pages, work = [], []
    for asked, said in ((code, wrong), ("A2345678", digits), ("A2345678", wrong)):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = ask(Client(), asked, said)
        assert answer.status_code == 422
        assert answer.context["form"].errors == {  # type: ignore[attr-defined]
            "__all__": ["Kode lacak atau angka NIK tidak cocok. Periksa keduanya."]
        }
        pages.append(errors_in(answer))
        work.append(len(queries))
    assert pages[0] == pages[1] == pages[2]
    assert work == [1, 1, 1]


@pytest.mark.usefixtures("still")
def test_visitor_guesses_ten_times_and_is_stopped_even_with_the_right_digits(client: Client, case: Case) -> None:
    for guess in range(10):
        assert ask(client, case.tracking_code, f"{guess:04d}").status_code in (302, 422)
    answer = ask(client, case.tracking_code, digits_of(case))
    assert answer.status_code == 429
    assert any("Terlalu banyak percobaan" in one for one in errors_in(answer))


def test_visitor_who_is_stopped_at_one_code_may_ask_for_another(client: Client, citizen: Citizen, case: Case) -> None:
    for guess in range(11):
        ask(client, "A2345678", f"{guess:04d}")
    assert ask(client, case.tracking_code, digits_of(case)).status_code == 302


@pytest.mark.usefixtures("still")
def test_visitor_tries_many_codes_and_is_stopped(client: Client) -> None:
    answers = [ask(client, f"A{number:07d}", "1234").status_code for number in range(61)]
    assert set(answers[:60]) == {422}
    assert answers[60] == 429


@pytest.mark.parametrize(("code", "digits"), [("", "1234"), ("A2345678", ""), ("A2345678", "12"), ("A2345678", "12a4")])
def test_visitor_fills_the_form_badly_and_is_told_beside_the_field(client: Client, code: str, digits: str) -> None:
    answer = ask(client, code, digits)
    assert answer.status_code == 422
    assert errors_in(answer)


def test_visitor_opens_the_result_without_asking_and_is_led_to_the_form(client: Client) -> None:
    assert client.get(reverse("portal:tracked"))["Location"] == reverse("portal:track")


def test_result_asks_four_questions_at_most(client: Client, case: Case, django_assert_max_num_queries: object) -> None:
    """Session; the case with its version; the open interval; the agency that holds it."""
    ask(client, case.tracking_code, digits_of(case))
    with django_assert_max_num_queries(4):  # type: ignore[operator]
        client.get(reverse("portal:tracked"))


def test_citizen_finds_the_mails_of_her_case_in_her_inbox_and_reads_one(citizen: Citizen, case: Case) -> None:
    relay.drain("default")
    message = Message.objects.get(case=case)
    listed = citizen.get("portal:inbox").content.decode()
    assert message.title in listed
    assert "Baru" in listed
    shown = citizen.get("portal:message", message.pk).content.decode()
    assert reverse("portal:case", args=[case.pk]) in shown
    assert str(case.reference) in shown
    message.refresh_from_db()
    assert message.read_at
    assert "Baru<" not in citizen.get("portal:inbox").content.decode()


def test_citizen_opens_a_foreign_message_and_gets_404(citizen: Citizen, case: Case) -> None:
    relay.drain("default")
    message = Message.objects.get(case=case)
    assert Citizen().get("portal:message", message.pk).status_code == 404


def test_newcomer_has_an_empty_inbox(client: Client) -> None:
    assert "Belum ada pesan" in Citizen().get("portal:inbox").content.decode()


def test_inbox_asks_the_same_questions_for_one_and_for_many(
    citizen: Citizen, case: Case, django_assert_max_num_queries: object
) -> None:
    """Session, user, person, memberships, unread messages; the messages with their cases."""
    relay.drain("default")
    first = Message.objects.get(case=case)
    copies = [
        Message(
            person_id=first.person_id,
            case=case,
            template=first.template,
            language="id",
            subject="s",
            title=f"Kabar {n}",
            body="b",
            created_at=first.created_at,
            outbox_id=Message().pk,
        )
        for n in range(40)
    ]
    Message.objects.bulk_create(copies)
    with django_assert_max_num_queries(6):  # type: ignore[operator]
        answer = citizen.get("portal:inbox")
    assert 'rel="next"' in answer.content.decode()
