"""Repairs of a complete application: asked by an office, answered by the applicant, given up when she stays silent."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from agencies.errors import Conflict, Invalid
from workflows import permissions
from workflows.actors import Actor
from workflows.cases.machine import REPAIRED_IN
from workflows.cases.models import Case
from workflows.cases.repair import Repair
from workflows.cases.work import Work
from workflows.clock import pauses
from workflows.clock.due import Terms
from workflows.clock.models import Reason
from workflows.trail.chain import digest


@transaction.atomic
def ask_repair(
    *,
    case_id: UUID,
    by: Actor,
    what: Sequence[str],
    agency: str,
    about: Sequence[str] = (),
    until: date | None = None,
) -> Repair:
    """An officer of an agency that was asked, or of the one that decides, asks the applicant to put something right.

    `about` names for each thing the paper or form that it speaks of; what was visible there before pauses nothing.

    Raises `Refused`, `Conflict` (not in this state, asked already, too often), `Invalid` (nothing said, or a day
    outside the definition).
    """
    work = Work.on(case_id, by)
    permissions.require(permissions.may_ask_repair(by, agency, work.case, asked=_asked(work.case)))
    repair = pauses.ask_repair(work, what=what, by_agency=agency, about=about, until=until)
    work.finish()
    return repair


def office_of(actor: Actor, case: Case, asked: frozenset[str]) -> str:
    """The agency for which this person may ask for a repair: the one that decides, or one that was asked; or none."""
    offices = (case.agency_id, *sorted(asked))
    return next((one for one in offices if permissions.may_ask_repair(actor, one, case, asked=asked)), "")


def _asked(case: Case) -> frozenset[str]:
    return frozenset(case.recommendations.exclude(asked_at=None).values_list("agency_id", flat=True))


@transaction.atomic
def answer_repair(*, case_id: UUID, by: Actor, answer: str) -> Case:
    """The applicant has put it right, with new papers or in words; the term goes on with the days left.

    Raises `Missing`, `Conflict` (nothing is asked any more), `Invalid` (nothing said).
    """
    work = Work.on(case_id, by)
    permissions.require_seen(permissions.may_edit(by, work.case))
    if not answer.strip():
        raise Invalid({"answer": [_("Tulis apa yang sudah Anda perbaiki.")]})
    repair = open_repair(work.case)
    if repair is None:
        raise Conflict(_("Tidak ada perbaikan yang diminta untuk permohonan ini."))
    repair.answer, repair.answered_at = answer.strip(), work.at
    _go_on(work, repair, work.at)
    work.record("repair.answered", {"round": repair.round, "answer": digest(answer)})
    return work.finish()


def give_up(work: Work) -> bool:
    """The applicant stayed silent past the answer date: the office goes on with what there is. False: nothing asked.

    It goes on from that date, so that a sweeper which was away wins the office no time.
    """
    repair = open_repair(work.case)
    if repair is None:
        return False
    _go_on(work, repair, _limit(work))
    work.record("repair.unanswered", {"round": repair.round})
    work.finish()
    return True


def _limit(work: Work) -> datetime:
    """When her time was over; never before the pause that gave it to her took effect."""
    case, over = work.case, work.case.applicant_due_at or work.at
    began = case.pauses.filter(closed_at=None).aggregate(last=Max("effective_at"))["last"] if case.paused else None
    return max(over, began or over)


def _go_on(work: Work, repair: Repair, at: datetime) -> None:
    """Close the request and its pause; whoever holds the case by its state has it again from that moment."""
    case = work.case
    repair.closed_at = work.at
    repair.save(update_fields=["answer", "answered_at", "closed_at"])
    case.applicant_due_at = None
    if case.paused == Reason.FORCE_MAJEURE:
        work.hand_on(case.recommendations.all())
    else:
        pauses.resume_from(work, Terms.at(case.site_id, at), at)


def open_repair(case: Case) -> Repair | None:
    """What the applicant is asked to put right now. No query where nothing can be asked."""
    return Repair.objects.filter(case=case, closed_at=None).first() if case.state in REPAIRED_IN else None
