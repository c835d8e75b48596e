"""Signals for inspectors: counted once a month, told in a sentence, looked into, and never about the reader herself."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.test import Client
from django.urls import reverse

from agencies import clock
from agencies.errors import Invalid, Missing, Refused
from agencies.models import User
from mall.voice.signals import counting, facts, queries, services
from mall.voice.signals.kinds import SignalKind
from mall.voice.signals.models import Signal, SignalNote, SignalRun
from mall.voice.signals.said import sentence
from mall.voice.signals.tasks import count_signals
from mall.voice.signals.weighing import Finding
from tests import levies, signals
from tests.factories import make_user
from workflows.actors import Actor
from workflows.cases.models import Case
from workflows.looks import looks_at
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db


def inspector(*more: tuple[str, str]) -> User:
    """Somebody of the inspectorate, with other roles perhaps."""
    return make_user(roles=[("inspectorate", "INSPEKTORAT"), *more], name="Ratna Widjaja")


def officer() -> User:
    """Somebody who checks papers at the mall."""
    return make_user(roles=[("verifier", "DPMPTSP")], name="Budi Pemeriksa")


def browser(user: User) -> Client:
    """Her browser."""
    client = Client()
    client.force_login(user)
    return client


def test_inspector_reads_one_sentence_with_its_figures_and_writes_down_what_she_found() -> None:
    client, found = browser(inspector()), signals.one(officer())
    listed = client.get(reverse("voice:signals"))
    told = "12 dari 40 permohonan diambil mendahului antrean; rekan dengan layanan sama: 3 dari 310."
    assert told in listed.content.decode()
    assert "Belum diperiksa" in listed.content.decode()
    assert told in client.get(reverse("voice:signal", args=[found.pk])).content.decode()
    page = reverse("voice:signal_note", args=[found.pk])
    assert client.post(page, {"verdict": "explained", "text": ""}).status_code == 422
    assert client.post(page, {"verdict": "explained", "text": "Perintah tertulis ada."}).status_code == 302
    assert "ada penjelasan yang wajar" in client.get(reverse("voice:signals")).content.decode()
    kinds = list(Event.objects.filter(subject_kind="signal").order_by("seq").values_list("kind", flat=True))
    assert kinds == ["signal.read", "signal.noted"]
    assert "Perintah" not in str(Event.objects.filter(kind="signal.noted").values_list("data", flat=True))


def test_follow_up_names_a_report_that_she_may_read_and_nothing_else_follows() -> None:
    by, found, report = Actor.of(inspector()), signals.one(officer()), levies.file()
    with pytest.raises(Invalid):
        services.note(signal_id=found.pk, by=by, verdict="followed", text="Lanjut", report="TIDAKADA")
    note = services.note(signal_id=found.pk, by=by, verdict="followed", text="Lanjut", report=str(report.code).lower())
    assert note.report_id == report.pk
    report.refresh_from_db()
    assert report.state == "filed", "a signal moves no report"


def test_inspector_sees_no_signal_about_herself_or_where_she_works_and_others_see_none() -> None:
    doubled = inspector(("verifier", "DPMPTSP"))
    own, mall = signals.one(doubled, agency="DINKES"), signals.one(officer())
    by = Actor.of(doubled)
    assert list(queries.readable(by)) == []
    for signal in (own, mall):
        with pytest.raises(Missing):
            services.read_signal(signal_id=signal.pk, by=by)
    with pytest.raises(Refused):
        services.read_signal(signal_id=mall.pk, by=Actor.of(mall.officer))
    assert browser(mall.officer).get(reverse("voice:signals")).status_code == 403


def test_opening_a_case_of_a_signal_is_a_look_that_the_applicant_reads() -> None:
    signals.seeded(300, 5, 0)
    case = Case.objects.filter(opened_by=None).first()
    other = Case.objects.exclude(pk=case.pk).first()
    assert case
    assert other
    client, found = browser(inspector()), signals.one(officer(), case.pk)
    shown = client.get(reverse("voice:signal_case", args=[found.pk, case.pk])).content.decode()
    assert str(case.reference) in shown
    assert "Permohonan diajukan" in shown
    assert case.applicant.name not in shown
    [look] = looks_at(case.applicant_id)
    assert look.data["purpose"] == services.PURPOSE
    assert client.get(reverse("voice:signal_case", args=[found.pk, other.pk])).status_code == 404


def test_a_month_is_counted_once_with_the_cases_to_look_at_and_never_changes() -> None:
    players = signals.seeded(8_000, 11, 10)
    with clock.pretend(datetime(2026, 11, 3, tzinfo=UTC)):
        run = counting.count(signals.LAST.first)
        assert run
        assert counting.count(signals.LAST.first) is None
        assert list(counting.due())[-1].month == 9
    rows = list(Signal.objects.filter(run=run))
    assert run.signals == len(rows) > 3
    for one in rows:
        assert 0 < len(one.cases) <= facts.MOST_CASES
        assert len(set(one.cases)) == len(one.cases)
        assert str(one.found) in sentence(one)
    jumped = next(one for one in rows if one.kind == SignalKind.JUMPS)
    assert jumped.officer_id in {one.officer for one in players.schemes if one.kind == "jumps"}
    assert Case.objects.filter(pk__in=jumped.cases, overtakings__by=jumped.officer_id).count() == len(jumped.cases)
    with pytest.raises((IntegrityError, ProgrammingError)), transaction.atomic():
        Signal.objects.filter(pk=jumped.pk).delete()


def test_the_nightly_task_finds_nothing_to_count_where_nothing_was_submitted() -> None:
    count_signals()
    assert not SignalRun.objects.exists()


@pytest.mark.parametrize("kind", SignalKind.values)
def test_every_kind_is_told_with_all_its_figures(kind: str) -> None:
    signal = Signal(kind=kind, found=12, of=40, peers_found=3, peers_of=310, quick=7)
    told = sentence(signal)
    assert [word for word in ("12", "40", "3 ", "310") if word not in told] == []
    assert told.endswith(".")
    assert told.count(".") == 1


def test_run_that_the_demo_made_up_says_so_on_every_page_and_a_counted_one_does_not() -> None:
    client, month = browser(inspector()), counting.later(clock.today().replace(day=1), -1)
    pages = {}
    for sample in (False, True):
        whom = officer()
        finding = Finding(SignalKind.SKIPS, whom.pk, "DPMPTSP", 11, 96, 9, 540, expected=1.7, chance=1e-5)
        run = counting.keep(counting.later(month, -int(sample)), [finding], lambda _one: [], sample=sample)
        [signal] = run.found.all()
        addresses = [reverse(f"voice:{name}", args=[signal.pk]) for name in ("signal", "signal_note")]
        addresses.append(f"{reverse('voice:signals')}?bulan={run.month:%Y-%m}")
        pages[sample] = {"DATA CONTOH" in client.get(address).content.decode() for address in addresses}
    assert pages == {False: {False}, True: {True}}


def test_unknown_month_and_unknown_signal_are_missing() -> None:
    client = browser(inspector())
    assert client.get(reverse("voice:signals")).status_code == 200
    assert client.get(f"{reverse('voice:signals')}?bulan=2020-13").status_code == 404
    assert client.get(f"{reverse('voice:signals')}?bulan=2020-01").status_code == 404
    assert client.get(reverse("voice:signal", args=[uuid4()])).status_code == 404


def test_notes_of_an_earlier_month_stand_with_the_same_sign_of_the_same_officer() -> None:
    whom = officer()
    first, by = signals.one(whom), Actor.of(inspector())
    services.note(signal_id=first.pk, by=by, verdict="more", text="Tanya atasan.")
    again = signals.one(whom)
    assert [note.text for note in queries.notes_of(again)] == ["Tanya atasan."]
    assert SignalNote.objects.count() == 1
    assert isinstance(again.pk, UUID)
