"""Obligations from the grant to their end: laid down, reported by the holder, accepted or sent back by the agency."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from agencies import clock
from agencies.errors import Conflict, Invalid, Missing
from workflows import permissions
from workflows.actors import Actor
from workflows.cases.advice import Condition, Recommendation
from workflows.cases.models import Case
from workflows.permits import reminding
from workflows.permits.models import Permit
from workflows.permits.obligations import Obligation, ObligationState
from workflows.permits.work import PermitWork
from workflows.trail.chain import digest

MOST_FILES = 5


def lay_down(permit: Permit, case: Case) -> None:
    """Make an obligation of every condition, in the order of the clauses. Two statements where anybody was asked."""
    if not case.definition.recommenders:
        return
    laid = [
        Obligation(permit=permit, agency_id=one.agency_id, text=clause.text, due_on=due_on(clause, permit.valid_from))
        for one in sorted(Recommendation.of(case), key=lambda a: a.agency_id)
        for clause in one.conditions
    ]
    for place, obligation in enumerate(laid, start=1):
        obligation.place = place
        obligation.remind_on = remind_on(obligation, permit.valid_from)
    if laid:
        Obligation.objects.bulk_create(laid)


def due_on(clause: Condition, granted: date) -> date | None:
    """Its last day: as many days after the grant as the agency gave, or the day that it named."""
    return date.fromordinal(granted.toordinal() + clause.due_days) if clause.due_days else clause.due_on


def remind_on(obligation: Obligation, after: date) -> date | None:
    """When the holder is next reminded of it."""
    return reminding.next_day(obligation.due_on, reminding.OBLIGATION_REMINDERS, after)


@transaction.atomic
def report_obligation(*, obligation_id: UUID, by: Actor, account: str, evidence: Sequence[UUID] = ()) -> Obligation:
    """The holder says what she did, with files of her vault that show it; whose they are, the caller has asked.

    Raises:
        Missing: not her permit. Invalid: nothing said. Conflict: reported or accepted already.
    """
    work, owed = locked(obligation_id, by)
    permissions.require_seen(permissions.may_edit(by, work.case))
    if not account.strip():
        raise Invalid({"account": [_("Ceritakan apa yang sudah Anda lakukan.")]})
    if len(evidence) > MOST_FILES:
        raise Invalid({"evidence": [_("Paling banyak %(most)s berkas.") % {"most": MOST_FILES}]})
    if owed.state not in (ObligationState.OPEN, ObligationState.OVERDUE):
        raise _too_late(owed)
    owed.report()
    owed.account, owed.evidence = account.strip(), [str(one) for one in evidence]
    owed.reported_at, owed.remind_on = work.at, None
    return close(work, owed, "reported", {"files": len(evidence)})


@transaction.atomic
def accept_obligation(*, obligation_id: UUID, by: Actor, remark: str = "") -> Obligation:
    """An officer of the agency that set it is content. Raises `Refused`, or `Conflict` when nothing is reported."""
    work, owed = _checking(obligation_id, by)
    owed.accept()
    owed.remark, owed.checked_by_id, owed.done_at = remark.strip(), by.signing(), work.at
    return close(work, owed, "accepted", {})


@transaction.atomic
def return_obligation(*, obligation_id: UUID, by: Actor, remark: str) -> Obligation:
    """It is not enough yet; `remark` says what is missing. Raises as `accept_obligation`, and `Invalid` without it."""
    if not remark.strip():
        raise Invalid({"remark": [_("Tulis apa yang masih kurang.")]})
    work, owed = _checking(obligation_id, by)
    owed.send_back()
    owed.remark, owed.checked_by_id = remark.strip(), by.signing()
    owed.remind_on = remind_on(owed, clock.wib_date(work.at))
    return close(work, owed, "returned", {"remark": digest(remark.strip())})


def locked(obligation_id: UUID, by: Actor) -> tuple[PermitWork, Obligation]:
    """The permit's case under lock, then the obligation."""
    permit_id = Obligation.objects.filter(pk=obligation_id).values_list("permit_id", flat=True).first()
    if permit_id is None:
        raise Missing
    work = PermitWork.on_permit(permit_id, by)
    return work, Obligation.objects.get(pk=obligation_id)


def _checking(obligation_id: UUID, by: Actor) -> tuple[PermitWork, Obligation]:
    work, owed = locked(obligation_id, by)
    permissions.require(permissions.may_check_obligation(by, owed.agency_id, work.case))
    if owed.state != ObligationState.REPORTED:
        raise _too_late(owed)
    return work, owed


def _too_late(owed: Obligation) -> Conflict:
    label = ObligationState(owed.state).label
    return Conflict(_("Kewajiban ini sudah berstatus “%(state)s”.") % {"state": label})


def close(work: PermitWork, owed: Obligation, what: str, facts: dict[str, object]) -> Obligation:
    """Save the obligation and note the event with its agency and number."""
    owed.save()
    work.note(
        f"obligation.{what}", {"obligation": str(owed.pk), "agency": owed.agency_id, "place": owed.place, **facts}
    )
    work.close()
    return owed
