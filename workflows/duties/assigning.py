"""Work is given out by the queue: the next in order, taken in hand, given back, or handed to a colleague."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.errors import Conflict, Invalid, Missing, Refused
from agencies.models import Role, User
from workflows import permissions
from workflows.actors import Actor
from workflows.cases import verification
from workflows.cases.machine import CaseState
from workflows.cases.models import Case
from workflows.cases.work import Work
from workflows.duties import order
from workflows.duties.lines import Assignment, Line
from workflows.duties.order import Jump
from workflows.duties.queries import held_by
from workflows.permissions import Reply
from workflows.trail.chain import digest

TRIES = 8
"""How many colleagues may be quicker before the queue says that nothing is left."""
STATES = {
    Line.CHECKING: (CaseState.IN_VERIFICATION,),
    Line.ADVISING: (CaseState.AWAITING_RECOMMENDATIONS,),
    Line.DECIDING: (CaseState.AWAITING_DECISION, CaseState.DEEMED_GRANTED),
}


def take_next(*, line: Line, by: Actor) -> Case | None:
    """Take the first in order of this line in hand; None when nothing waits.

    A quicker colleague has the one before. Raises `Refused` for who does not work in this line.
    """
    permissions.require(permissions.may_ask_for_work(by, line))
    for _try in range(TRIES):
        first = order.waiting(by, line).order_by("due_at", "id").first()
        if first is None:
            return None
        try:
            return claim(case_id=first.case_id if line is Line.ADVISING else first.pk, line=line, by=by)
        except Conflict:
            continue
    return None


@transaction.atomic
def claim(*, case_id: UUID, line: Line, by: Actor, jump: Jump | None = None) -> Case:
    """Take a case in hand in one line; for papers nobody has begun to check, the checking begins.

    Raises `Refused` (not hers, another duty), `Conflict` (moved on, or in somebody's hands), `OutOfTurn`.
    """
    work = Work.on(case_id, by)
    case = work.case
    if line is Line.CHECKING and case.state == CaseState.SUBMITTED:
        return verification.take(case_id=case_id, by=by, jump=jump)
    agency, due_at = _part_of(work, line, by)
    order.keep_turn(work, line, agency=agency, due_at=due_at, jump=jump)
    Assignment.put(case.pk, line, agency, by.signing(), work.at)
    work.record("case.claimed", {"line": line.value, "agency": agency})
    return work.finish()


@transaction.atomic
def release(*, case_id: UUID, line: Line, by: Actor) -> Case:
    """Give a case back to the queue: its holder, or a head of the agency where the holder is away."""
    work = Work.on(case_id, by)
    held = _held(work, line, by)
    held.delete()
    work.record("case.released", {"line": line.value, "agency": held.agency_id})
    return work.finish()


@transaction.atomic
def hand_over(*, case_id: UUID, line: Line, by: Actor, to: UUID, reason: str) -> Case:
    """Give a case in hand to a colleague, who must be one who may handle it, and say why.

    Raises `Refused` when the colleague may not, or has another duty in it; `Missing` when there is no such account;
    `Invalid` where no reason is told, or the colleague has the case already.
    """
    work = Work.on(case_id, by)
    held = _held(work, line, by)
    if not reason.strip():
        raise Invalid({"reason": [_("Tulis mengapa permohonan ini diserahkan.")]})
    colleague = User.objects.filter(pk=to, is_active=True).first()
    if colleague is None:
        raise Missing
    if colleague.pk == held.user_id:
        raise Invalid({"to": [_("Permohonan ini sudah dipegang petugas itu.")]})
    _part_of(work, line, Actor.of(colleague))
    note, given_by = reason.strip()[:400], by.signing()
    Assignment.put(case_id, line, held.agency_id, colleague.pk, work.at, given_by=given_by, note=note)
    facts = {"line": line.value, "agency": held.agency_id, "to": str(to), "reason": digest(reason)}
    work.record("case.handed_over", facts)
    return work.finish()


def _held(work: Work, line: Line, by: Actor) -> Assignment:
    """The assignment that this actor may end."""
    permissions.require(permissions.not_own_business(by, work.case))
    rows = list(Assignment.objects.filter(case=work.case, line=line))
    own = next((one for one in rows if by.is_also(one.user_id)), None)
    found = own or next((one for one in rows if permissions.may_reassign(by, one.agency_id)), None)
    if found is None:
        raise Refused(_("Permohonan ini tidak sedang Anda pegang."))
    if work.case.state not in STATES[line]:
        raise work.conflict()
    return found


def _part_of(work: Work, line: Line, who: Actor) -> tuple[str, datetime | None]:
    """For which agency this person works on the case in this line, and until when; every question is asked."""
    case = work.case
    agency, due_at = case.agency_id, case.due_at
    reply: Reply = permissions.may_verify(who, case)
    if line is Line.DECIDING:
        reply = permissions.may_decide(who, case)
    elif line is Line.ADVISING:
        asked = case.recommendations.filter(state="asked", agency_id__in=who.agencies(Role.OFFICER))
        advice = asked.first()
        if advice is None:
            raise Refused(_("Rekomendasi ini diminta dari instansi lain."))
        agency, due_at, reply = advice.agency_id, advice.due_at, permissions.may_recommend(who, advice, case)
    permissions.require(reply)
    if held_by(who, case) not in ("", order.DUTY_IN[line]):
        raise Refused(
            _("Petugas ini sudah menangani permohonan ini dalam tugas lain; petugas lain harus melanjutkannya.")
        )
    if case.state not in STATES[line]:
        raise work.conflict()
    return agency, due_at
