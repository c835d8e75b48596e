"""What time itself brings about: silence, unpaid bills, passed terms, rungs of the ladder.

Polled, so a late sweep catches up (`workflows.chores`), and takes first what came first.
"""

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from workflows.actors import Actor
from workflows.cases import recommending, repairs
from workflows.cases.advice import Recommendation, RecommendationState
from workflows.cases.machine import REPAIRED_IN, UNDER_TERM, CaseState
from workflows.cases.models import Case
from workflows.cases.work import Work
from workflows.charges import assessment
from workflows.chores import BUDGET, Chore, run
from workflows.clock import ladder, outages
from workflows.deemed import duties, stating
from workflows.deemed.models import Cause
from workflows.definition.model import DeemedRule
from workflows.objections import answering, passing, posts
from workflows.objections import queries as objections

SWEEPER = Actor.system("sweeper")


def sweep(*, seconds: float = BUDGET) -> dict[str, int]:
    """Do everything that is due now, for so long at most; how many of each."""
    return run(CHORES, seconds=seconds)


@transaction.atomic
def lapse(case_id: UUID) -> bool:
    """The applicant stayed silent, or did not pay, past the limit: the application lapses.

    Not one that is complete and only asked for a repair: the office goes on with what it has.
    """
    work = Work.on(case_id, SWEEPER)
    case = work.case
    if case.applicant_due_at is None or case.applicant_due_at > work.at:
        return False
    if case.state in UNDER_TERM and case.due_at and case.due_at <= case.applicant_due_at and not case.term_passed_at:
        return False  # a sweeper that was away long takes first what came first: the end of the term
    if case.state in REPAIRED_IN:
        return repairs.give_up(work)
    if case.state == CaseState.AWAITING_PAYMENT:
        assessment.cancel(case, work.at)
    work.move(case.lapse, "case.lapsed")
    work.end()
    work.finish()
    return True


@transaction.atomic
def pass_term(case_id: UUID) -> bool:
    """The term has passed: noted once; where the law says so, the application is deemed granted.

    Never issues a permit: the approver still owes the decision (UU 30/2014 art. 53). What stayed deficient to
    the last round was never complete, and so is not granted.
    """
    work = Work.on(case_id, SWEEPER)
    case = work.case
    if case.term_passed_at or case.due_at is None or case.due_at > work.at or case.state not in UNDER_TERM:
        return False
    ladder.top_out(work)
    case.term_passed_at = work.at
    term = case.definition.term
    work.record("case.term_passed", {"due": case.due_at.isoformat(), "state": str(case.state)})
    if term.deemed is DeemedRule.GRANTED and not case.deficient:
        case.received_complete_at = case.received_complete_at or case.arrived_at
        work.move(case.deem_granted, "case.deemed_granted", {"law": term.deemed_law, "cause": str(Cause.TERM)})
        case.applicant_due_at = None
        work.unpause(work.at)
        stating.state_grant(work, cause=Cause.TERM, law=term.deemed_law, term_end=case.due_at)
    work.finish()
    return True


def pass_silence(recommendation_id: UUID) -> bool:
    """An agency let its own term pass: its superiors are told, and in the end the case goes on without it."""
    recommending.note_silence(recommendation_id=recommendation_id, by=SWEEPER)
    return True


def _owed() -> QuerySet[Recommendation]:
    """What agencies were asked and have not answered."""
    return Recommendation.objects.filter(
        state=RecommendationState.ASKED, case__state=CaseState.AWAITING_RECOMMENDATIONS
    )


def _uphold_by_silence(objection_id: UUID) -> bool:
    return answering.deem_upheld(objection_id=objection_id, by=SWEEPER)


def _pass_on(objection_id: UUID) -> bool:
    return passing.pass_on(objection_id=objection_id, by=SWEEPER)


def _report_duty(task_id: UUID) -> bool:
    return duties.report_overdue(task_id=task_id, by=SWEEPER)


CHORES: tuple[Chore, ...] = (
    Chore("outages", "begins_at", lambda _now: outages.unsettled(), outages.attribute),
    Chore(
        "lapsed",
        "applicant_due_at",
        lambda now: Case.objects.filter(applicant_due_at__lt=now, closed_at=None),
        lapse,
    ),
    Chore(
        "terms",
        "due_at",
        lambda now: Case.objects.filter(due_at__lt=now, term_passed_at=None, closed_at=None, state__in=UNDER_TERM),
        pass_term,
    ),
    Chore(
        "recommendations",
        "due_at",
        lambda now: _owed().filter(due_at__lte=now, escalated_at=None),
        pass_silence,
    ),
    Chore("lapses", "lapses_at", lambda now: _owed().filter(lapses_at__lte=now), pass_silence),
    Chore(
        "escalations",
        "escalate_at",
        lambda now: Case.objects.filter(escalate_at__lte=now, closed_at=None),
        ladder.climb,
    ),
    Chore("objections", "due_at", objections.unanswered, _uphold_by_silence),
    Chore("addressees", "due_at", lambda _now: posts.adrift(), _pass_on),
    Chore("duties", "due_at", duties.overdue, _report_duty),
)
"""In this order: an outage suspends a term before it can pass, and the law comes before what only wakes people."""
