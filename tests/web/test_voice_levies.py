"""Reporting a levy: by anybody, without a trace where wished, and answered by the inspectorate."""

import re
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from agencies import clock
from agencies.errors import Conflict, Missing
from agencies.ids import new_id
from agencies.models import User
from documents import sweeping
from mall.voice.levies import keys, queries
from mall.voice.levies.models import LevyNote, LevyReport
from mall.voice.levies.services import handling
from tests import levies
from tests.factories import make_user
from tests.uploads import pdf
from tests.web.portal import Citizen, errors_in
from workflows.actors import Actor
from workflows.trail.chain import first_break
from workflows.trail.models import Event, OutboxRow

pytestmark = pytest.mark.django_db
REPORT = "voice:report"


def form(**said: Any) -> dict[str, Any]:
    """The form of a report, filled in."""
    today = clock.today()
    when = {"happened_on_day": today.day, "happened_on_month": today.month, "happened_on_year": today.year}
    told = {"key": str(new_id()), "manner": "anonymous", "asked": levies.ASKED, "office": "DPUCKPP", "amount": "50.000"}
    return told | when | said


def inspector(name: str = "Ratna Widjaja") -> User:
    """Somebody of the inspectorate."""
    return make_user(roles=[("inspectorate", "INSPEKTORAT")], name=name)


def browser(user: User) -> Client:
    """Her browser."""
    client = Client()
    client.force_login(user)
    return client


def everything() -> str:
    """Every row of the tables of reports and of the log, as text."""
    with connection.cursor() as cursor:
        parts = []
        for table in ("voice_levyreport", "voice_levynote", "voice_levyrecusal", "workflows_event"):
            cursor.execute(f"SELECT coalesce(string_agg(t::text, E'\\n'), '') FROM {table} t")  # noqa: S608
            parts.append(cursor.fetchone()[0])
    return "\n".join(parts)


def test_anybody_reports_without_a_case_and_gets_a_code_a_word_and_a_link(client: Client) -> None:
    answer = client.post(reverse(REPORT), form())
    report = LevyReport.objects.get()
    assert answer["Location"] == reverse("voice:follow", args=[keys.link_of(report.pk)])
    page = client.get(answer["Location"]).content.decode()
    assert report.code in page
    assert keys.word_of(report.pk) in page
    assert "sessionid" not in client.cookies


def test_the_word_is_shown_for_a_quarter_of_an_hour_and_never_again(client: Client) -> None:
    report = levies.file()
    address = reverse("voice:follow", args=[keys.link_of(report.pk)])
    with clock.pretend(report.filed_at + keys.SHOWN):
        page = client.get(address).content.decode()
    assert keys.word_of(report.pk) not in page
    assert report.code in page


def test_reporter_who_is_logged_in_and_wants_to_stay_unknown_leaves_no_trace() -> None:
    citizen = Citizen()
    sessions = Session.objects.count()
    citizen.client.post(reverse(REPORT), form())
    report = LevyReport.objects.get()
    assert (report.person_id, report.contact) == (None, "")
    text = everything()
    for trace in (str(citizen.user.pk), str(citizen.person.pk), citizen.user.email, "127.0.0.1", levies.ASKED):
        assert trace not in text
    assert Session.objects.count() == sessions
    assert all(str(report.pk) not in str(one.get_decoded()) for one in Session.objects.all())
    assert {event.actor_name for event in Event.objects.filter(subject_kind="levy_report")} == {"voice"}


def test_confidential_reporter_is_known_to_the_inspector_alone() -> None:
    citizen = Citizen()
    citizen.client.post(reverse(REPORT), form(manner="confidential", contact="0812 Zxkontak"))
    report = LevyReport.objects.get()
    assert report.person_id == citizen.person.pk
    page = browser(inspector()).get(reverse("voice:levy", args=[report.pk])).content.decode()
    assert citizen.person.name in page
    assert "0812 Zxkontak" in page
    assert str(citizen.user.pk) not in str(list(Event.objects.filter(kind="levy.filed").values()))


@pytest.mark.parametrize("field", ["contact", "reference"])
def test_what_would_give_an_anonymous_reporter_away_is_refused_and_nothing_is_lost(client: Client, field: str) -> None:
    answer = client.post(reverse(REPORT), form(**{field: "Zxpetunjuk"}))
    assert answer.status_code == 422
    assert "menunjukkan siapa Anda" in " ".join(errors_in(answer))
    assert levies.ASKED in answer.content.decode()
    assert not LevyReport.objects.exists()


def test_postgresql_refuses_an_anonymous_report_with_a_person() -> None:
    report, person = levies.file(), Citizen().person
    with pytest.raises(IntegrityError), transaction.atomic():
        LevyReport.objects.create(
            code="AAAA2345", filing_key=new_id(), manner="anonymous", person=person, asked="x",
            happened_on=clock.today(), filed_at=clock.now(),
        )  # fmt: skip
    report.contact = "x"
    report.pk, report.code, report.filing_key = new_id(), "AAAA2346", new_id()
    with pytest.raises(IntegrityError), transaction.atomic():
        report.save(force_insert=True)


def test_the_same_form_twice_is_one_report(client: Client) -> None:
    said = form()
    first, second = client.post(reverse(REPORT), said), client.post(reverse(REPORT), said)
    assert first["Location"] == second["Location"]
    assert LevyReport.objects.count() == 1


def test_evidence_goes_through_the_checks_of_the_vault_and_is_kept(client: Client) -> None:
    bad = SimpleUploadedFile("bukti.pdf", b"MZ not a pdf", "application/pdf")
    answer = client.post(reverse(REPORT), form(evidence=bad))
    assert answer.status_code == 422
    assert "Berkas harus berupa PDF" in " ".join(errors_in(answer))
    good = SimpleUploadedFile("bukti.pdf", pdf(), "application/pdf")
    client.post(reverse(REPORT), form(evidence=good))
    report = LevyReport.objects.get()
    file = queries.files_of(report)[0]
    assert sweeping._named({file.sha256}) == {file.sha256}
    page = browser(inspector()).get(reverse("voice:evidence", args=[report.pk, file.pk]))
    assert page.content.startswith(b"%PDF")
    assert page["Content-Disposition"].startswith("attachment")


@pytest.mark.usefixtures("still")
def test_too_many_reports_of_one_connection_are_refused_for_an_hour(client: Client) -> None:
    answers = [client.post(reverse(REPORT), form()).status_code for _turn in range(11)]
    assert answers[:10] == [302] * 10
    assert answers[10] == 429


@pytest.mark.usefixtures("still")
def test_word_is_not_guessed(client: Client) -> None:
    report = levies.file()
    asked = {"code": report.code, "word": "batabata"}
    pages = [client.post(reverse("voice:find"), asked).status_code for _turn in range(11)]
    assert pages == [422] * 10 + [429]
    right = {"code": report.code, "word": keys.word_of(report.pk)}
    assert client.post(reverse("voice:find"), right).status_code == 429, "the code itself rests for an hour"


def test_reporter_reads_the_answer_by_code_and_word_and_adds_to_it(client: Client) -> None:
    report, actor = levies.file(), Actor.of(inspector())
    handling.take(report_id=report.pk, by=actor)
    handling.write(report_id=report.pk, by=actor, text="Zxtanya: jam berapa?")
    code = f" {report.code[:4].lower()}-{report.code[4:]} "
    found = client.post(reverse("voice:find"), {"code": code, "word": f" {keys.word_of(report.pk).upper()}"})
    page = client.get(found["Location"]).content.decode()
    assert "Zxtanya: jam berapa?" in page
    assert "Ratna" not in page, "the inspector's name is not the reporter's business"
    client.post(found["Location"], {"text": "Zxjawab: jam sembilan"})
    assert "Zxjawab" in browser(inspector()).get(reverse("voice:levy", args=[report.pk])).content.decode()


@pytest.mark.parametrize("outcome", ["proved", "not_proved", "not_enough"])
def test_inspector_closes_with_an_outcome_and_a_written_answer(outcome: str) -> None:
    report, user = levies.file(), inspector()
    client, address = browser(user), reverse("voice:close", args=[report.pk])
    client.post(reverse("voice:take", args=[report.pk]))
    empty = client.post(address, {"outcome": outcome, "text": " "})
    assert empty.status_code == 422
    assert client.post(address, {"outcome": outcome, "text": "Zxjawaban"}).status_code == 302
    report.refresh_from_db()
    assert (report.state, report.outcome) == ("closed", outcome)
    assert LevyNote.objects.get(report=report).text == "Zxjawaban"
    with pytest.raises(Conflict):
        handling.close(report_id=report.pk, by=Actor.of(user), outcome=outcome, text="lagi")


def test_forwarded_report_can_still_be_closed() -> None:
    report, actor = levies.file(), Actor.of(inspector())
    handling.take(report_id=report.pk, by=actor)
    handling.forward(report_id=report.pk, by=actor, to="police", text="Diteruskan.")
    handling.close(report_id=report.pk, by=actor, outcome="proved", text="Selesai.")
    events = list(Event.objects.filter(subject_kind="levy_report", subject_id=report.pk).order_by("seq"))
    kinds = ["levy.filed", "levy.taken", "levy.forwarded", "levy.closed"]
    assert [event.kind for event in events] == kinds
    assert first_break(events) is None
    assert not OutboxRow.objects.filter(event_id__in=[event.pk for event in events]).exists(), "nobody is told"


def test_inspector_who_is_named_or_steps_aside_or_works_at_the_office_does_not_see_it() -> None:
    named, aside, both = inspector("Teguh Prakoso"), inspector(), make_user(
        roles=[("inspectorate", "INSPEKTORAT"), ("officer", "DPUCKPP")]
    )  # fmt: skip
    report = levies.file(named="pak Prakoso, Teguh")
    handling.step_aside(report_id=report.pk, by=Actor.of(aside))
    for user in (named, aside, both):
        assert list(queries.readable(Actor.of(user))) == []
        with pytest.raises(Missing):
            handling.take(report_id=report.pk, by=Actor.of(user))
    free = Actor.of(inspector("Widodo Santoso"))
    assert [one.pk for one in queries.readable(free)] == [report.pk]


def test_colleague_takes_over_what_somebody_cannot_finish() -> None:
    report, first, second = levies.file(), Actor.of(inspector()), Actor.of(inspector("Widodo Santoso"))
    handling.take(report_id=report.pk, by=first)
    taken = handling.take(report_id=report.pk, by=second)
    assert taken.taken_by_id == second.user_id
    assert taken.state == "in_review"


def test_limits_are_3_and_60_working_days_of_the_same_calendar() -> None:
    with clock.pretend(clock.datetime(2026, 3, 16, 2, tzinfo=clock.UTC)):
        report = levies.file()
    assert report.verify_due_at is not None
    assert report.due_at is not None
    assert clock.wib_date(report.verify_due_at).isoformat() == "2026-03-26"
    assert clock.wib_date(report.due_at).isoformat() == "2026-06-25"


def test_link_that_is_changed_by_one_letter_opens_nothing(client: Client) -> None:
    link = keys.link_of(levies.file().pk)
    assert len(link) >= 43
    changed = link[:-2] + ("A" if link[-2] != "A" else "B") + link[-1]
    for wrong in (changed, link[:20], "x", "%00"):
        assert client.get(reverse("voice:follow", args=[wrong])).status_code == 404


def test_list_of_inspectors_asks_the_same_however_many_reports(django_assert_max_num_queries: Any) -> None:
    user = inspector()
    client = browser(user)
    for _turn in range(30):
        levies.file()
    with django_assert_max_num_queries(9) as few:
        first = client.get(reverse("voice:levies"))
    after = re.search(r'href="\?after=([^"&]+)"', first.content.decode())
    assert after
    with django_assert_max_num_queries(len(few)):
        second = client.get(f"{reverse('voice:levies')}?after={after[1]}")
    shown = [re.findall(r"/inspektorat/([0-9a-f-]{36})/", page.content.decode()) for page in (first, second)]
    assert [len(set(one)) for one in shown] == [25, 5]
    assert not set(shown[0]) & set(shown[1])


def test_every_page_of_a_case_leads_to_the_report(client: Client) -> None:
    citizen = Citizen()
    case = citizen.apply("DPMPTSP-SIP-DOKTER")
    client.post(reverse("portal:track"), {"code": case.tracking_code, "digits": case.applicant.nik[-4:]})
    pages = [
        citizen.client.get(reverse("portal:case", args=[case.pk])),
        client.get(reverse("portal:tracked")),
        client.get(reverse("portal:service", args=[case.service_id])),
    ]
    for page in pages:
        main = page.content.decode().partition("<main")[2].partition("</main>")[0]
        assert f'href="{reverse(REPORT)}' in main
        assert "Laporkan pungutan" in main


def test_filing_and_closing_cost_few_statements(django_assert_max_num_queries: Any) -> None:
    actor = Actor.of(inspector())
    with django_assert_max_num_queries(12):
        report = levies.file()
    with django_assert_max_num_queries(12):
        handling.take(report_id=report.pk, by=actor)
    with django_assert_max_num_queries(12):
        handling.close(report_id=report.pk, by=actor, outcome="proved", text="Selesai.")


def test_only_the_inspectorate_names_its_people_and_the_first_one_is_named_by_command() -> None:
    admin = make_user(roles=[("administrator", "DPMPTSP")])
    somebody = make_user("ratna@contoh.id")
    said = {"email": somebody.email, "role": "inspectorate", "agency": "INSPEKTORAT"}
    assert browser(admin).post(reverse("desk:roles"), said).status_code == 422
    call_command("grant_role", "ratna@contoh.id", "administrator", "INSPEKTORAT")
    other = make_user("teguh@contoh.id")
    answer = browser(somebody).post(reverse("desk:roles"), said | {"email": other.email})
    assert answer.status_code == 302
    assert ("inspectorate", "INSPEKTORAT") in Actor.of(other).memberships
