"""Rating a service: once for every closed case, and nobody can say afterwards by whom."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from agencies import clock
from agencies.errors import Conflict
from mall.voice.satisfaction import queries, services
from mall.voice.satisfaction.elements import elements
from mall.voice.satisfaction.models import Invitation, Response, UrnAnswer
from mall.voice.satisfaction.services import Profile
from notifications.models import Message
from tests.engine import DECIDED, INTAKE, played
from tests.messages import keep_promises
from tests.threads import at_once
from workflows.cases import services as cases
from workflows.cases.rating import rating_code

pytestmark = pytest.mark.django_db
SERVICE = "DUKCAPIL-AKTA-LAHIR"
"""A service without a fee whose product is written by another system."""
GOOD = {one.code: "4" for one in elements()}
"""A form in which everything was very good."""


def closed_case() -> UUID:
    """A case that was served to its end, with the invitation open."""
    script = played(SERVICE, *DECIDED, "hand_over")
    keep_promises()
    return script.case_id


def closed_code() -> str:
    """The code of such a case."""
    return rating_code(closed_case())


def rate(code: str, **said: str) -> int:
    """Send the form in a browser that nobody knows; the status of the answer."""
    return Client().post(reverse("voice:rate", args=[code]), GOOD | said).status_code


def test_applicant_rates_a_closed_case_once() -> None:
    code = closed_code()
    assert Client().get(reverse("voice:rate", args=[code])).status_code == 200
    assert rate(code, comment="Cepat sekali") == 200
    assert rate(code) == 409
    assert Client().get(reverse("voice:rate", args=[code])).status_code == 409
    assert UrnAnswer.objects.get().comment == "Cepat sekali"


def test_open_case_cannot_be_rated() -> None:
    case_id = played(SERVICE, *INTAKE).case_id
    keep_promises()
    assert Client().get(reverse("voice:rate", args=[rating_code(case_id)])).status_code == 404
    assert rate("0" * 26) == 404


def test_question_without_an_answer_is_named_and_nothing_typed_is_lost() -> None:
    code = closed_code()
    answer = Client().post(reverse("voice:rate", args=[code]), GOOD | {"u3": "", "comment": "Hampir lupa"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Hampir lupa" in page
    assert 'href="#id_u3_0"' in page
    assert page.count("checked") == 8
    assert not UrnAnswer.objects.exists()
    assert not Invitation.objects.get().used


def test_invitation_ends_after_ninety_days() -> None:
    code = closed_code()
    last = clock.now() + timedelta(days=services.OPEN_DAYS)
    with clock.pretend(last + timedelta(days=1)):
        assert rate(code) == 409
    with clock.pretend(last):
        assert rate(code) == 200


def test_message_about_the_end_of_a_case_carries_the_address() -> None:
    code = closed_code()
    told = Message.objects.get(template="issued")
    assert f"/kepuasan/{code}/" in told.body
    assert not Message.objects.exclude(template="issued").filter(body__contains="/kepuasan/").exists()


def test_second_delivery_invites_nobody_twice() -> None:
    case_id = closed_case()
    services.invite(case_id, clock.today())
    assert Invitation.objects.get().digest == services.digest_of(rating_code(case_id))


def test_draft_that_is_thrown_away_is_not_rated() -> None:
    script = played(SERVICE, "open")
    cases.withdraw(case_id=script.case_id, by=script.who.actor)
    keep_promises()
    assert not Invitation.objects.exists()


def test_the_urn_is_emptied_among_the_others_and_nothing_leads_back() -> None:
    code = closed_code()
    rate(code)
    assert services.empty_urn() == 1
    assert not UrnAnswer.objects.exists()
    names = {field.name for field in Response._meta.get_fields()} | {
        field.name for field in Invitation._meta.get_fields()
    }
    assert not names & {"case", "case_id", "person", "person_id", "user", "at", "created_at", "used_at"}


def test_index_pools_what_was_answered_and_shows_who_was_silent() -> None:
    rate(closed_code(), **{one.code: "3" for one in elements()})
    closed_code()
    services.empty_urn()
    month = clock.today().replace(day=1)
    found = queries.surveys(month, month)
    survey = queries.by("agency", found)["DUKCAPIL"]
    assert (survey.closed, survey.answered, survey.silent) == (2, 1, 1)
    assert survey.index is not None
    assert str(survey.index) == "75.00"
    assert survey.grade is None


def test_comments_are_hidden_below_five_answers_and_stripped_of_numbers_above() -> None:
    month = clock.today().replace(day=1)
    for number in range(5):
        assert queries.comments("DUKCAPIL", month, month) == []
        rate(closed_code(), comment="Hubungi 0812 3456 7890 atau ani@contoh.id" if number == 4 else "")
        services.empty_urn()
    assert queries.comments("DUKCAPIL", month, month) == ["Hubungi ••• atau •••"]


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_with_one_code_are_counted_once() -> None:
    code = closed_code()
    scores = {one.code: 4 for one in elements()}
    late: list[Conflict] = []

    def answer() -> None:
        try:
            services.answer(code=code, scores=scores, profile=Profile())
        except Conflict as conflict:
            late.append(conflict)

    at_once(answer, threads=8)
    assert (len(late), UrnAnswer.objects.count()) == (7, 1)


@pytest.mark.django_db(transaction=True)
def test_no_transaction_of_an_answer_is_that_of_its_invitation_any_more() -> None:
    rate(closed_code())
    same = "SELECT count(*) FROM voice_invitation i JOIN {} a ON a.xmin = i.xmin"
    with connection.cursor() as cursor:
        cursor.execute(same.format("voice_urnanswer"))
        assert cursor.fetchone() == (1,), "the urn shows why it is emptied"
        services.empty_urn()
        cursor.execute(same.format("voice_response"))
        assert cursor.fetchone() == (0,)
