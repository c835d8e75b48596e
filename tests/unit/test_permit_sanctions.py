"""A permit is suspended, resumed and revoked: reason, law and remedy, two signatures, and told to everybody at once."""

import pytest
from django.db import DatabaseError, transaction

from agencies.errors import Conflict, Invalid, Refused
from documents.permits.queries import public_permit
from notifications.models import Message
from tests.cases import browser, text_of
from tests.engine import TestCast
from tests.permits import approver, handed_over
from workflows.invariants.check import offenders
from workflows.permits import services
from workflows.permits.actions import PermitAction
from workflows.permits.models import Permit, PermitStatus
from workflows.trail import relay

pytestmark = pytest.mark.django_db
GROUNDS = {"reason": "Temuan berat.", "legal_basis": "UU 30/2014 Pasal 64", "remedy": "Keberatan 21 hari kerja."}


@pytest.fixture
def cast() -> TestCast:
    return TestCast()


def _status(permit: Permit) -> str:
    return str(Permit.objects.get(pk=permit.pk).status)


def _told(permit: Permit) -> list[str]:
    relay.drain("default")
    rows = Message.objects.filter(case_id=permit.case_id, user=None, template__startswith="permit_")
    return list(rows.order_by("created_at").values_list("template", flat=True))


def _page(permit: Permit) -> str:
    return text_of(browser().get(f"/v/{permit.code}"))


def test_approver_suspends_a_permit__anybody_who_checks_it_sees_so_at_once(cast: TestCast) -> None:
    permit = handed_over(cast=cast)
    assert "Berlaku" in _page(permit)
    services.suspend(permit_id=permit.pk, by=approver(cast), **GROUNDS)
    assert "Dibekukan" in _page(permit)
    assert _told(permit) == ["permit_suspended"]
    services.resume(permit_id=permit.pk, by=approver(cast), reason="Sudah diperbaiki.")
    assert str(public_permit(permit.code).standing) == "valid"
    assert _told(permit) == ["permit_suspended", "permit_resumed"]
    assert Permit.objects.get(pk=permit.pk).sha256 == permit.sha256
    assert not list(offenders())


@pytest.mark.parametrize("name", GROUNDS)
def test_approver_suspends_without_reason_law_or_remedy__is_refused(cast: TestCast, name: str) -> None:
    permit = handed_over(cast=cast)
    with pytest.raises(Invalid) as found:
        services.suspend(permit_id=permit.pk, by=approver(cast), **{**GROUNDS, name: " "})
    assert list(found.value.fields) == [name]


def test_one_approver_alone__cannot_revoke(cast: TestCast) -> None:
    permit = handed_over(cast=cast)
    services.propose_revocation(permit_id=permit.pk, by=approver(cast), **GROUNDS)
    with pytest.raises(Conflict, match="pejabat lain"):
        services.confirm_revocation(permit_id=permit.pk, by=approver(cast))
    assert _status(permit) == PermitStatus.ACTIVE
    services.confirm_revocation(permit_id=permit.pk, by=approver(cast, 2))
    row = PermitAction.objects.get(permit=permit, kind="revoked")
    assert {row.by_id, row.seconded_by_id} == {approver(cast).user_id, approver(cast, 2).user_id}
    assert (row.reason, row.legal_basis, row.remedy) == tuple(GROUNDS.values())
    assert "Dicabut" in _page(permit)
    assert _told(permit) == ["permit_revoked"]
    assert not list(offenders())


def test_second_approver_does_not_agree__the_permit_stays_and_may_be_proposed_again(cast: TestCast) -> None:
    permit = handed_over(cast=cast)
    services.propose_revocation(permit_id=permit.pk, by=approver(cast), **GROUNDS)
    with pytest.raises(Conflict):
        services.propose_revocation(permit_id=permit.pk, by=approver(cast, 2), **GROUNDS)
    services.drop_revocation(permit_id=permit.pk, by=approver(cast, 2), reason="Belum terbukti.")
    with pytest.raises(Conflict):
        services.confirm_revocation(permit_id=permit.pk, by=approver(cast, 2))
    services.propose_revocation(permit_id=permit.pk, by=approver(cast, 2), **GROUNDS)
    assert _status(permit) == PermitStatus.ACTIVE


def test_approver_of_another_agency__may_not(cast: TestCast) -> None:
    permit = handed_over(cast=cast)
    with pytest.raises(Refused):
        services.suspend(permit_id=permit.pk, by=approver(cast, agency="DISHUB"), **GROUNDS)


def test_revoked_permit__cannot_be_suspended_or_resumed(cast: TestCast) -> None:
    permit = handed_over(cast=cast)
    services.propose_revocation(permit_id=permit.pk, by=approver(cast), **GROUNDS)
    services.confirm_revocation(permit_id=permit.pk, by=approver(cast, 2))
    with pytest.raises(Conflict):
        services.suspend(permit_id=permit.pk, by=approver(cast), **GROUNDS)
    with pytest.raises(Conflict):
        services.resume(permit_id=permit.pk, by=approver(cast), reason="x")


def test_database__refuses_a_revocation_by_one_and_a_changed_row(cast: TestCast) -> None:
    permit = handed_over(cast=cast)
    services.suspend(permit_id=permit.pk, by=approver(cast), **GROUNDS)
    row = PermitAction.objects.get(permit=permit)
    with pytest.raises(DatabaseError), transaction.atomic():
        PermitAction.objects.filter(pk=row.pk).update(reason="Lain.")
    with pytest.raises(DatabaseError), transaction.atomic():
        PermitAction.objects.create(
            permit=permit, kind="revoked", by_id=row.by_id, seconded_by_id=row.by_id, at=row.at, **GROUNDS
        )


def test_auditor__finds_a_permit_that_was_revoked_past_the_services(cast: TestCast) -> None:
    permit = handed_over(cast=cast)
    Permit.objects.filter(pk=permit.pk).update(status="revoked")
    assert {one.why for one in offenders()} == {
        "status revoked but events end in active",
        "revoked without two signatures or the wish of its holder",
    }
