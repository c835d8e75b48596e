"""The order of a line: within one service the case that is due first is handled first (domain rules §15).

Whoever takes another one out of turn says why, from a closed list; it is recorded and counted in public.
Due on the same day is the same turn. The canary neither asks nor counts, and in a same-visit service the
order is that of the tickets.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from agencies import clock
from agencies.errors import Conflict, Invalid
from agencies.models import Lane
from workflows.actors import Actor
from workflows.cases import queries
from workflows.cases.decisions import Decision
from workflows.cases.machine import CaseState
from workflows.cases.models import Duty
from workflows.cases.visits import Inspection, InspectionState
from workflows.cases.work import Work
from workflows.definition.model import Shape
from workflows.duties.lines import Assignment, Line, Overtaking, in_other_hands
from workflows.duties.queries import of_human

DUTY_IN: Final[Mapping[Line, Duty.Kind]] = {
    Line.CHECKING: Duty.Kind.VERIFIER,
    Line.ADVISING: Duty.Kind.RECOMMENDER,
    Line.DECIDING: Duty.Kind.APPROVER,
}
"""The duty of whoever works in a line."""


@dataclass(frozen=True, slots=True)
class Jump:
    """Why somebody goes out of turn: a code of `Overtaking.Code`, and a sentence where the code is "other"."""

    code: str = ""
    note: str = ""


class OutOfTurn(Conflict):
    """Cases that are due earlier wait in the same line (409). `codes` are the reasons that are accepted."""

    def __init__(self, passed: int) -> None:
        self.passed = passed
        self.codes: tuple[str, ...] = tuple(Overtaking.Code.values)
        sentence = _(
            "Masih ada %(count)d permohonan layanan ini yang batas waktunya lebih dahulu dan belum dipegang siapa pun. "
            "Sebutkan alasan mendahulukan permohonan ini."
        )
        super().__init__(sentence % {"count": passed}, possible=self.codes)


def take_turn(work: Work, line: Line, *, agency: str, due_at: datetime | None, jump: Jump | None = None) -> None:
    """Take the duty of the line when it is this case's turn, or when `jump` says why it is not. One statement.

    Raises `Refused` for who has another duty, `Conflict` while a colleague has it in hand, `OutOfTurn`, or `Invalid`
    for a reason that says nothing.
    """
    rows, hands = earlier(work, line, agency=agency, due_at=due_at), other_hands(work, line, agency=agency)
    _answer_for(work, line, agency, work.take_duty(DUTY_IN[line], counting=rows, hands=hands), jump)


def keep_turn(
    work: Work,
    line: Line,
    *,
    agency: str,
    due_at: datetime | None,
    jump: Jump | None = None,
    who: Actor | None = None,
) -> None:
    """The same for who takes a case in hand, or gives it into the hands of `who`, and has no duty in it yet.

    Two statements. Whoever gives it out anew takes it out of the hands that it was given into before.
    """
    held = other_hands(work, line, agency=agency).first() if who is None else None
    if held is not None:
        raise Conflict(in_other_hands(held.user_id))
    rows = earlier(work, line, agency=agency, due_at=due_at, who=who)
    _answer_for(work, line, agency, rows.count() if rows is not None else 0, jump)


def other_hands(work: Work, line: Line, *, agency: str) -> QuerySet[Assignment]:
    """Colleagues who have this case in hand: it is theirs until they give it back or hand it over.

    Papers that were handed in anew are nobody's; who has signed one level of the decision has done her part in it.
    """
    if work.case.state == CaseState.SUBMITTED:
        return Assignment.objects.none()
    signed = Decision.objects.filter(case=OuterRef("case"), by=OuterRef("user"), instance=work.case.instance)
    rows = Assignment.objects.filter(case=work.case, line=line, agency_id=agency).exclude(Exists(signed))
    return rows.exclude(user_id__in=_accounts(work.by))


def _answer_for(work: Work, line: Line, agency: str, passed: int, jump: Jump | None) -> None:
    if not passed:
        return
    if jump is None or not jump.code:
        raise OutOfTurn(passed)
    if jump.code not in Overtaking.Code.values:
        raise Invalid({"overtaking": [_("Pilih alasan dari daftar.")]})
    if jump.code == Overtaking.Code.OTHER and not jump.note.strip():
        raise Invalid({"overtaking_note": [_("Tulis alasan mendahulukan permohonan ini.")]})
    Overtaking.objects.create(
        case=work.case,
        line=line,
        agency_id=agency,
        code=jump.code,
        note=jump.note.strip(),
        passed=passed,
        by_id=work.by.signing(),
        at=work.at,
    )
    facts = {"line": line.value, "agency": agency, "service": work.case.service_id}
    work.record("case.overtaken", {**facts, "code": jump.code, "passed": passed})


def earlier(
    work: Work, line: Line, *, agency: str, due_at: datetime | None, who: Actor | None = None
) -> QuerySet[Any] | None:
    """What waits before this case: same service, same agency, due on an earlier day, for this actor to handle.

    None where nobody asks. Nothing waits before a case that is assigned to her: it was her turn when she took it.
    """
    case, by = work.case, who or work.by
    if by.user_id is None or case.lane != Lane.REAL or case.definition.same_visit or due_at is None:
        return None
    mine = Assignment.objects.filter(case=case, line=line, agency_id=agency, user_id__in=_accounts(by))
    rows = waiting(by, line).filter(agency_id=agency, due_at__lt=_day(due_at)).exclude(Exists(mine))
    return rows.filter(case__service=case.service_id) if line is Line.ADVISING else rows.filter(service=case.service_id)


def waiting(by: Actor, line: Line) -> QuerySet[Any]:
    """What this actor could handle in a line and nobody has in hand: cases, or recommendations where she advises."""
    if line is Line.CHECKING:
        return _to_check(by)
    return _to_advise(by) if line is Line.ADVISING else _to_decide(by)


def _to_check(by: Actor) -> QuerySet[Any]:
    held = Assignment.objects.filter(case=OuterRef("pk"), line=Line.CHECKING)
    rows = queries.verifying(by).exclude(service__shape=Shape.A0).exclude(Exists(_other_duty(by, Line.CHECKING, "pk")))
    return rows.filter(Q(state=CaseState.SUBMITTED) | ~Exists(held))


def _to_advise(by: Actor) -> QuerySet[Any]:
    """Who must visit first is not waited for."""
    held = Assignment.objects.filter(case=OuterRef("case"), line=Line.ADVISING, agency=OuterRef("agency"))
    visited = Inspection.objects.filter(case=OuterRef("case"), agency=OuterRef("agency"), state=InspectionState.HELD)
    rows = queries.advising(by).exclude(Exists(held)).exclude(Exists(_other_duty(by, Line.ADVISING, "case")))
    return rows.filter(Q(inspects=False) | Exists(visited))


def _to_decide(by: Actor) -> QuerySet[Any]:
    """Who has signed one level no longer holds the next; a case whose visit is not reported is not waited for."""
    signed = Decision.objects.filter(case=OuterRef("case"), by=OuterRef("user"))
    held = Assignment.objects.filter(case=OuterRef("pk"), line=Line.DECIDING).exclude(Exists(signed))
    mine = Decision.objects.filter(case=OuterRef("pk"), by_id__in=_accounts(by))
    unvisited = Inspection.objects.filter(case=OuterRef("pk"), agency=OuterRef("agency"))
    rows = queries.deciding(by).exclude(Exists(_other_duty(by, Line.DECIDING, "pk")))
    rows = rows.exclude(service__shape=Shape.A0).exclude(Exists(held)).exclude(Exists(mine))
    return rows.exclude(
        Exists(unvisited.exclude(state=InspectionState.HELD)), deficient=False, state=CaseState.AWAITING_DECISION
    )


def _other_duty(by: Actor, line: Line, case: str) -> QuerySet[Duty]:
    """Where the actor plays another part already, it is not hers to take."""
    return Duty.objects.filter(of_human(by), case=OuterRef(case)).exclude(duty=DUTY_IN[line])


def _accounts(by: Actor) -> list[Any]:
    """The accounts of who acts."""
    return [by.user_id, *by.bonds.accounts]


def _day(moment: datetime) -> datetime:
    """The beginning of that day in Banyuwangi."""
    return clock.wib(moment).replace(hour=0, minute=0, second=0, microsecond=0)
