"""The time between a refusal and the reopening, told in the ledger of intervals without a gap.

Until the objection was filed it was the applicant's; from then on the answering office's. The same again for an appeal.
"""

from datetime import datetime

from workflows.cases.holding import desk_of
from workflows.cases.models import Case
from workflows.clock.models import Held, Holder, Interval, Reason
from workflows.objections.models import Objection
from workflows.permissions import MALL


def fill(case: Case, until: datetime) -> None:
    """Tile the time from the closing of the case to `until`, and open the next interval there. Two statements."""
    assert case.closed_at
    begin, rows = case.closed_at, []
    for one in case.objections.order_by("filed_at"):
        end = one.closed_at or until
        rows.append(_stretch(case, Held(Holder.APPLICANT, Reason.OBJECTING), begin, one.filed_at))
        rows.append(_stretch(case, _answering(one), one.filed_at, end))
        begin = end
    holder, agency = desk_of(case)
    rows.append(_stretch(case, Held(holder, Reason.DECIDING, agency), begin, None))
    Interval.objects.bulk_create(rows)


def _answering(objection: Objection) -> Held:
    """The mall is a party of its own in the ledger; every other office is named."""
    if objection.agency_id == MALL:
        return Held(Holder.MALL, Reason.ANSWERING)
    return Held(Holder.AGENCY, Reason.ANSWERING, objection.agency_id)


def _stretch(case: Case, held: Held, begin: datetime, end: datetime | None) -> Interval:
    holder, reason, agency = held
    return Interval(case=case, holder=holder, reason=reason, agency=agency, opened_at=begin, closed_at=end)
