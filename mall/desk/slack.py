"""How much of its term a piece of work has left, in working days, in words and shape."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from agencies import clock
from agencies.errors import Unavailable
from agencies.workdays import Calendar
from mall.design import states

Span = tuple[datetime | None, datetime | None]
"""When the term began and when it ends."""

NO_TERM = states.Look(_("Tanpa batas waktu berjalan"), "ended")
LATE = states.Look(_("Terlambat"), "bad")
"""Past its closing time, yet not by a whole working day."""
LONG_AGO = states.Look(_("Terlambat lebih dari setahun"), "bad")


@dataclass(frozen=True, slots=True)
class Slack:
    """Working days left (negative: late; None: too long ago to count) and the share of the term used."""

    days: int | None
    used: float
    late: bool = False

    @property
    def look(self) -> states.Look:
        """Words, tone and shape."""
        if self.days is None:
            return LONG_AGO
        return LATE if self.late and not self.days else states.of_slack(self.days, self.used)


def of(spans: Sequence[Span]) -> list[Slack | None]:
    """The slack of each span, None where no term runs. One query for all of them."""
    if not any(end for _begin, end in spans):
        return [None] * len(spans)
    today = clock.today()
    calendar = Calendar.load(today)
    return [_slack(begin, end, today, calendar) if end else None for begin, end in spans]


def _slack(begin: datetime | None, end: datetime, today: date, calendar: Calendar) -> Slack:
    last = clock.wib_date(end)
    try:
        if end < clock.now():
            return Slack(-calendar.working_days_between(last, today), 1.0, late=True)
        left = calendar.working_days_between(today, last)
        whole = calendar.working_days_between(clock.wib_date(begin), last) if begin else left
    except Unavailable:
        return Slack(None, 1.0, late=True)
    return Slack(left, (whole - left) / whole if whole else 1.0)


def tag(slack: Slack | None) -> SafeString:
    """The slack as a tag: words, shape and colour."""
    return render_to_string("design/parts/tag.html", {"look": slack.look if slack else NO_TERM})


def state_tag(state: str) -> SafeString:
    """The state of a case as a tag."""
    return render_to_string("design/parts/tag.html", {"look": states.of_case(state)})
