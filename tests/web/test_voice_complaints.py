"""Complaining: by anybody, without a trace where wished, answered by handlers who do nothing else."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from agencies import clock
from agencies.ids import new_id
from agencies.models import User
from mall.voice.complaints import keys, queries
from mall.voice.complaints.models import Complaint
from mall.voice.complaints.services import handling
from mall.voice.information.models import InformationRequest
from mall.voice.levies import keys as levy_keys
from tests import complaints
from tests.factories import make_user
from tests.uploads import pdf
from tests.web.portal import Citizen, errors_in
from workflows.actors import Actor

pytestmark = pytest.mark.django_db
COMPLAIN = "voice:complain"
TABLES = ("voice_complaint", "voice_complaintnote", "voice_complaintevidence", "workflows_event", "django_session")


def form(**said: Any) -> dict[str, Any]:
    """The form of a complaint, filled in."""
    told = {"key": str(new_id()), "kind": "service", "manner": "anonymous", "text": complaints.SAID}
    return told | {"agency": complaints.FIELD} | said


def browser(user: User) -> Client:
    """Her browser."""
    client = Client()
    client.force_login(user)
    return client


def everything() -> str:
    """Every row of the tables of complaints, of the log and of the sessions, as a dump shows them."""
    with connection.cursor() as cursor:
        parts = []
        for table in TABLES:
            cursor.execute(f"SELECT coalesce(string_agg(t::text, E'\\n'), '') FROM {table} t")  # noqa: S608
            parts.append(cursor.fetchone()[0])
    return "\n".join(parts)


def test_anybody_complains_without_an_account_and_gets_a_code_a_word_and_a_link(client: Client) -> None:
    assert "Ajukan pengaduan" in client.get(reverse(COMPLAIN)).content.decode()
    answer = client.post(reverse(COMPLAIN), form())
    complaint = Complaint.objects.get()
    assert answer["Location"] == reverse("voice:complaint_follow", args=[complaint.link])
    page = client.get(answer["Location"]).content.decode()
    assert complaint.code in page
    assert keys.word_of(complaint.pk) in page
    assert "sessionid" not in client.cookies
    with clock.pretend(complaint.filed_at + levy_keys.SHOWN):
        assert keys.word_of(complaint.pk) not in client.get(answer["Location"]).content.decode()


def test_anonymous_reporter_cannot_be_recovered_from_the_rows() -> None:
    citizen = Citizen()
    before = everything()
    citizen.client.post(reverse(COMPLAIN), form())
    complaint = Complaint.objects.get()
    assert (complaint.person_id, complaint.case_id, complaint.name, complaint.contact) == (None, None, "", "")
    new = everything().replace(before, "")
    person = citizen.person
    for trace in (citizen.user.pk, person.pk, citizen.user.email, person.name, "127.0.0.1", complaints.SAID):
        assert str(trace) not in new
    assert complaint.code in new, "the rows were looked at"


def test_postgresql_refuses_an_anonymous_complaint_that_points_at_somebody() -> None:
    complaint, person = complaints.file(), Citizen().person
    for name, value in (("person_id", person.pk), ("name", "x"), ("contact", "x")):
        again = Complaint.objects.get(pk=complaint.pk)
        again.pk, again.code, again.filing_key = new_id(), "AAAA2345", new_id()
        setattr(again, name, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            again.save(force_insert=True)


@pytest.mark.parametrize("field", ["name", "contact"])
def test_what_would_give_an_anonymous_reporter_away_is_refused_and_nothing_is_lost(client: Client, field: str) -> None:
    answer = client.post(reverse(COMPLAIN), form(**{field: "Zxpetunjuk"}))
    assert answer.status_code == 422
    assert "menunjukkan siapa Anda" in " ".join(errors_in(answer))
    assert complaints.SAID in answer.content.decode()
    assert not Complaint.objects.exists()


def test_confidential_reporter_is_known_to_the_centre_alone() -> None:
    citizen, centre, field = Citizen(), complaints.handler(), complaints.handler(complaints.FIELD)
    citizen.client.post(reverse(COMPLAIN), form(manner="confidential", contact="0812 Zxkontak"))
    complaint = Complaint.objects.get()
    complaints.forwarded(complaint, Actor.of(centre))
    address = reverse("voice:complaint", args=[complaint.pk])
    central, fields = (browser(user).get(address).content.decode() for user in (centre, field))
    assert citizen.person.name in central
    assert "0812 Zxkontak" in central
    assert complaints.SAID in fields
    assert citizen.person.name not in fields
    assert "Zxkontak" not in fields


def test_the_same_form_twice_is_one_complaint(client: Client) -> None:
    said = form()
    first, second = client.post(reverse(COMPLAIN), said), client.post(reverse(COMPLAIN), said)
    assert first["Location"] == second["Location"]
    assert Complaint.objects.count() == 1


def test_evidence_goes_through_the_checks_of_the_vault_and_is_kept(client: Client) -> None:
    bad = SimpleUploadedFile("bukti.pdf", b"MZ not a pdf", "application/pdf")
    assert client.post(reverse(COMPLAIN), form(evidence=bad)).status_code == 422
    client.post(reverse(COMPLAIN), form(evidence=SimpleUploadedFile("bukti.pdf", pdf(), "application/pdf")))
    complaint = Complaint.objects.get()
    file = queries.files_of(complaint)[0]
    page = browser(complaints.handler()).get(reverse("voice:complaint_evidence", args=[complaint.pk, file.pk]))
    assert page.content.startswith(b"%PDF")
    assert page["Content-Disposition"].startswith("attachment")


@pytest.mark.usefixtures("still")
def test_too_many_complaints_and_too_many_guesses_are_refused_for_an_hour(client: Client) -> None:
    answers = [client.post(reverse(COMPLAIN), form()).status_code for _turn in range(11)]
    assert answers == [302] * 10 + [429]
    complaint = Complaint.objects.order_by("pk").first()
    assert complaint
    asked = {"code": complaint.code, "word": "batabata"}
    pages = [client.post(reverse("voice:complaint_find"), asked).status_code for _turn in range(11)]
    assert pages == [422] * 10 + [429]


def test_link_of_a_levy_opens_no_complaint_and_a_changed_one_nothing(client: Client) -> None:
    complaint = complaints.file()
    link = complaint.link
    changed = link[:-2] + ("A" if link[-2] != "A" else "B") + link[-1]
    for wrong in (levy_keys.link_of(complaint.pk), changed, link[:20], "x"):
        assert client.get(reverse("voice:complaint_follow", args=[wrong])).status_code == 404


def test_reporter_reads_the_answer_by_code_and_word_replies_and_is_content(client: Client) -> None:
    user, complaint = complaints.handler(name="Fitri Handayani"), complaints.file()
    centre = Actor.of(user)
    complaints.answered(complaints.forwarded(complaint, centre), centre)
    code = f" {complaint.code[:4].lower()}-{complaint.code[4:]} "
    found = client.post(reverse("voice:complaint_find"), {"code": code, "word": keys.word_of(complaint.pk).upper()})
    page = client.get(found["Location"]).content.decode()
    assert "Zxjawaban kami." in page
    assert "Fitri" not in page, "the handler's name is not the reporter's business"
    assert client.post(found["Location"], {"text": " "}).status_code == 422
    client.post(found["Location"], {"text": "Zxbalasan saya"})
    assert "Zxbalasan saya" in browser(user).get(reverse("voice:complaint", args=[complaint.pk])).content.decode()
    handling.answer(complaint_id=complaint.pk, by=centre, text="Zxjawaban akhir.")
    assert "jawaban akhir" in client.get(found["Location"]).content.decode()
    client.post(reverse("voice:complaint_accept", args=[complaint.link]))
    complaint.refresh_from_db()
    assert (complaint.state, complaint.ending) == ("closed", "satisfied")


def test_reporter_does_not_read_what_handlers_write_to_each_other(client: Client) -> None:
    centre, field = Actor.of(complaints.handler()), Actor.of(complaints.handler(complaints.FIELD))
    complaint = complaints.forwarded(complaints.file(), centre)
    handling.hand_back(complaint_id=complaint.pk, by=field, text="Zxsalah alamat")
    assert "Zxsalah" not in client.get(reverse("voice:complaint_follow", args=[complaint.link])).content.decode()


def test_request_for_information_is_led_to_its_own_page(client: Client) -> None:
    answer = client.post(reverse(COMPLAIN), form(kind="information"), follow=True)
    page = answer.content.decode()
    assert 'href="/permintaan-informasi/"' in page
    assert "PPID" in page


def test_named_request_for_information_is_registered_with_the_ppid(client: Client) -> None:
    said = form(kind="information", manner="named", name="Mbok Ijah", contact="0812")
    page = client.post(reverse(COMPLAIN), said, follow=True).content.decode()
    request = InformationRequest.objects.get()
    assert request.number in page
    assert (request.source, request.name, request.wanted) == ("complaint", "Mbok Ijah", complaints.SAID)


def test_clerk_writes_for_a_visitor_and_is_not_the_reporter() -> None:
    clerk = make_user(roles=[("clerk", "DPMPTSP")])
    client = browser(clerk)
    page = client.get(f"{reverse(COMPLAIN)}?loket=1").content.decode()
    assert "Diisi petugas loket" in page
    nameless = client.post(reverse(COMPLAIN), form(counter="True", manner="named"))
    assert nameless.status_code == 422
    client.post(reverse(COMPLAIN), form(counter="True", manner="named", name="Mbok Ijah"))
    complaint = Complaint.objects.get()
    assert (complaint.channel, complaint.person_id, complaint.name) == ("counter", None, "Mbok Ijah")
    assert Client().post(reverse(COMPLAIN), form(counter="True")).status_code == 422, "nobody else is a clerk"
    assert "Diisi petugas loket" not in Client().post(reverse(COMPLAIN), form(text="")).content.decode()


def test_every_page_of_a_case_leads_to_the_complaint_and_it_is_filled_in() -> None:
    citizen = Citizen()
    case = citizen.apply("DPMPTSP-SIP-DOKTER")
    page = citizen.client.get(reverse("portal:case", args=[case.pk])).content.decode()
    address = f"{reverse(COMPLAIN)}?permohonan={case.pk}"
    assert f'href="{address}"' in page
    begun = citizen.client.get(address).content.decode()
    assert str(case.reference) in begun
    assert f'value="{case.pk}"' in begun
    assert str(case.reference) not in Client().get(address).content.decode(), "nobody else's business"
    said = form(manner="named", agency="", case_id=str(case.pk))
    assert Client().post(reverse(COMPLAIN), said | {"name": "Orang lain"}).status_code == 422
    assert citizen.client.post(reverse(COMPLAIN), said | {"manner": "anonymous"}).status_code == 422
    assert citizen.client.post(reverse(COMPLAIN), said).status_code == 302
    complaint = Complaint.objects.get()
    assert (complaint.case_id, complaint.agency_id) == (case.pk, case.agency_id)


def test_list_of_handlers_is_ordered_by_due_date_and_asks_the_same_however_many(
    django_assert_max_num_queries: Any,
) -> None:
    client = browser(complaints.handler())
    with clock.pretend(clock.now() + timedelta(days=7)):
        late = complaints.file()
    for _turn in range(29):
        complaints.file()
    with django_assert_max_num_queries(9) as few:
        first = client.get(reverse("voice:complaints"))
    after = re.search(r'href="\?after=([^"&]+)"', first.content.decode())
    assert after
    with django_assert_max_num_queries(len(few)):
        second = client.get(f"{reverse('voice:complaints')}?after={after[1]}")
    shown = [re.findall(r"/pengaduan/meja/([0-9a-f-]{36})/", page.content.decode()) for page in (first, second)]
    assert [len(set(one)) for one in shown] == [25, 5]
    assert shown[1][-1] == str(late.pk)


def test_handler_works_through_the_pages_from_verification_to_the_answer() -> None:
    client, complaint = browser(complaints.handler()), complaints.file()
    page = reverse("voice:complaint", args=[complaint.pk])
    assert "Verifikasi dan teruskan" in client.get(page).content.decode()
    for name, said in (
        ("complaint_forward", {"agency": "DINKES", "text": "Diteruskan."}),
        ("complaint_follow_up", {"text": "Diperiksa."}),
        ("complaint_answer", {"text": "Dijawab."}),
    ):
        address = reverse(f"voice:{name}", args=[complaint.pk])
        assert client.get(address).status_code == 200
        assert client.post(address, said | {"text": ""}).status_code == 422
        assert client.post(address, said)["Location"] == page
    complaint.refresh_from_db()
    assert (complaint.state, complaint.agency_id) == ("answered", "DINKES")
    assert client.post(reverse("voice:complaint_answer", args=[complaint.pk]), {"text": "x"}).status_code == 409
