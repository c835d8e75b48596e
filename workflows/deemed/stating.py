"""What follows, in the same transaction, when the law grants: statement, duty, and who holds the case from now on."""

from datetime import datetime

from workflows.cases.work import Work
from workflows.deemed import duties
from workflows.deemed.models import Cause, DeemedGrant
from workflows.permits import numbers
from workflows.permits.granting import verification_code


def state_grant(work: Work, *, cause: Cause, law: str, term_end: datetime) -> DeemedGrant:
    """Write the dated statement and open the approver's duty. The caller has run the transition.

    It takes no permit number and signs nothing: the approver still owes the decision (UU 30/2014 art. 53).
    """
    case = work.case
    series, seq = numbers.take(series="deemed", unit="", lane=case.lane, at=work.at)
    grant = DeemedGrant.objects.create(
        case=case,
        cause=cause,
        law=law,
        term_end=term_end,
        at=work.at,
        series_id=series,
        seq=seq,
        number=numbers.statement(seq, case.lane, work.at),
        code=verification_code(),
    )
    work.record("deemed.stated", {"grant": str(grant.pk), "number": grant.number, "cause": str(cause)})
    duties.open_duty(work, law)
    work.hand_on()
    return grant
