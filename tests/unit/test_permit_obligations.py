"""Conditions of recommendations are obligations: dated, reported with evidence, accepted by who set them."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from agencies import clock
from agencies.errors import Conflict, Invalid, Missing, Refused
from notifications.models import Message
from tests.engine import TestCast, make_applicant
from tests.permits import handed_over
from workflows.invariants.check import offenders
from workflows.permits import services, sweep
from workflows.permits.models import Permit
from workflows.permits.obligations import Obligation, ObligationState
from workflows.trail import relay
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> TestCast:
    return TestCast()


@pytest.fixture
def owed(cast: TestCast) -> Obligation:
    return Obligation.objects.select_related("permit__case__service_version").get(permit=handed_over(cast=cast))


def _report(owed: Obligation, cast: TestCast) -> Obligation:
    by = cast.applicant(owed.permit.case.definition).actor
    return services.report_obligation(obligation_id=owed.pk, by=by, account="Sudah dipasang.")


def _events(owed: Obligation) -> list[str]:
    rows = Event.objects.filter(subject_id=owed.permit.case_id, kind__startswith="obligation.").order_by("seq")
    return [row.kind for row in rows]


def test_condition_of_a_recommendation__becomes_an_obligation_of_that_agency_with_its_day(owed: Obligation) -> None:
    permit = owed.permit
    assert (owed.agency_id, owed.state) == ("DINKES", ObligationState.OPEN)
    assert owed.text in permit.frozen["clauses"]
    assert owed.due_on == permit.valid_from + timedelta(days=90)
    assert owed.remind_on == permit.valid_from + timedelta(days=60)


def test_holder_reports_and_the_agency_accepts(owed: Obligation, cast: TestCast) -> None:
    _report(owed, cast)
    done = services.accept_obligation(obligation_id=owed.pk, by=cast.player("officer", "DINKES"), remark="Sesuai.")
    assert done.state == ObligationState.ACCEPTED
    assert _events(owed) == ["obligation.reported", "obligation.accepted"]
    relay.drain("default")
    assert Message.objects.filter(template="obligation_accepted", user=None).count() == 1
    assert Message.objects.filter(template="staff/obligation_reported").exists()
    assert not list(offenders())


def test_agency_returns_a_report__the_holder_reports_again(owed: Obligation, cast: TestCast) -> None:
    officer = cast.player("officer", "DINKES")
    with pytest.raises(Conflict):
        services.return_obligation(obligation_id=owed.pk, by=officer, remark="Belum ada.")
    _report(owed, cast)
    with pytest.raises(Invalid):
        services.return_obligation(obligation_id=owed.pk, by=officer, remark=" ")
    services.return_obligation(obligation_id=owed.pk, by=officer, remark="Foto kurang jelas.")
    assert _report(owed, cast).state == ObligationState.REPORTED


def test_officer_of_another_agency__may_not_accept(owed: Obligation, cast: TestCast) -> None:
    _report(owed, cast)
    with pytest.raises(Refused):
        services.accept_obligation(obligation_id=owed.pk, by=cast.player("officer", "DLH"))


def test_stranger__cannot_report(owed: Obligation) -> None:
    with pytest.raises(Missing):
        services.report_obligation(obligation_id=owed.pk, by=make_applicant().actor, account="x")


def test_holder_who_says_nothing__is_told_to(owed: Obligation, cast: TestCast) -> None:
    by = cast.applicant(owed.permit.case.definition).actor
    with pytest.raises(Invalid):
        services.report_obligation(obligation_id=owed.pk, by=by, account="  ")


def test_obligation__is_reminded_of_30_and_7_days_before_and_overdue_once(owed: Obligation) -> None:
    granted = clock.now()
    for days in (59, 60, 61, 83, 84, 90, 91, 92):
        with clock.pretend(granted + timedelta(days=days)):
            sweep.sweep()
    assert _events(owed) == ["obligation.due_soon", "obligation.due_soon", "obligation.overdue"]
    assert Obligation.objects.get(pk=owed.pk).state == ObligationState.OVERDUE
    with clock.pretend(granted + timedelta(days=100)):
        relay.drain("default")
    assert Message.objects.filter(template="obligation_overdue").count() == 1


def test_reported_obligation__does_not_fall_due_while_the_agency_checks(owed: Obligation, cast: TestCast) -> None:
    _report(owed, cast)
    with clock.pretend(clock.now() + timedelta(days=120)):
        assert sweep.sweep()["overdue"] == 0


def test_database__keeps_the_text_and_the_edges(owed: Obligation) -> None:
    for change in ({"text": "Lain."}, {"due_on": None}, {"state": "accepted"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Obligation.objects.filter(pk=owed.pk).update(**change)
    assert Permit.objects.filter(pk=owed.permit_id).exists()
