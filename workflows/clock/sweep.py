"""What time itself brings about: silence, unpaid bills, passed terms. Polled, so a late sweep catches up."""

from collections.abc import Callable
from uuid import UUID

import structlog
from django.db import connection, transaction
from django.db.models import Q, QuerySet

from agencies import clock
from agencies.errors import MallError
from workflows.actors import Actor
from workflows.cases import recommending
from workflows.cases.advice import Recommendation, RecommendationState
from workflows.cases.machine import UNDER_TERM, CaseState
from workflows.cases.models import Case
from workflows.cases.work import Work
from workflows.charges import assessment
from workflows.clock.models import Holder, Reason
from workflows.definition.model import DeemedRule, Silence
from workflows.definition.models import ServiceVersion

log = structlog.get_logger(__name__)
SWEEPER = Actor.system("sweeper")
BATCH = 500


def sweep() -> dict[str, int]:
    """Do everything that is due now; how many of each."""
    now = clock.now()
    silent = Case.objects.filter(applicant_due_at__lt=now, closed_at=None)
    passed = Case.objects.filter(due_at__lt=now, term_passed_at=None, closed_at=None, state__in=UNDER_TERM)
    mute = Recommendation.objects.filter(
        _silence_proceeds(),
        state=RecommendationState.ASKED,
        due_at__lt=now,
        case__state=CaseState.AWAITING_RECOMMENDATIONS,
    )
    return {
        "lapsed": _each(silent.order_by("applicant_due_at"), lapse),
        "terms": _each(passed.order_by("due_at"), pass_term),
        "recommendations": _each(mute.order_by("due_at"), _lapse_recommendation),
    }


def _each(rows: "QuerySet[Case] | QuerySet[Recommendation]", do: Callable[[UUID], bool]) -> int:
    """Run `do` on each id, oldest first; one that fails is logged and does not stop the others."""
    done = 0
    for pk in list(rows.values_list("pk", flat=True)[:BATCH]):
        try:
            done += do(pk)
        except MallError as error:
            log.info("sweep.passed_over", id=str(pk), why=type(error).__name__)
        except Exception:
            if connection.needs_rollback:
                raise
            log.exception("sweep.failed", id=str(pk))
    return done


def _silence_proceeds() -> Q:
    """Only those that may lapse: the ones that must be waited for would fill every batch for ever."""
    proceeding = ServiceVersion.objects.filter(body__recommenders__contains=[{"silence": Silence.PROCEED}])
    found = Q(pk=None)
    for pk, recommenders in proceeding.values_list("pk", "body__recommenders"):
        agencies = [one["agency"] for one in recommenders if one.get("silence") == Silence.PROCEED]
        found |= Q(case__service_version_id=pk, agency_id__in=agencies)
    return found


@transaction.atomic
def lapse(case_id: UUID) -> bool:
    """The applicant stayed silent, or did not pay, past the limit: the application lapses."""
    work = Work.on(case_id, SWEEPER)
    case = work.case
    if case.applicant_due_at is None or case.applicant_due_at > work.at:
        return False
    if case.state == CaseState.AWAITING_PAYMENT:
        assessment.cancel(case)
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
    case.term_passed_at = work.at
    term = case.definition.term
    work.record("case.term_passed", {"due": case.due_at.isoformat(), "state": str(case.state)})
    if term.deemed is DeemedRule.GRANTED and not case.deficient:
        case.received_complete_at = case.received_complete_at or case.arrived_at
        work.move(case.deem_granted, "case.deemed_granted", {"law": term.deemed_law})
        mall = case.definition.authority == "mall"
        work.hold(Holder.MALL if mall else Holder.AGENCY, Reason.DECIDING, "" if mall else case.agency_id)
    work.finish()
    return True


def _lapse_recommendation(recommendation_id: UUID) -> bool:
    recommending.lapse_recommendation(recommendation_id=recommendation_id, by=SWEEPER)
    return True
