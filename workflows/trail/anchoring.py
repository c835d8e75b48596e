"""Seals each day that is over, and proves all sealed days against the log."""

from datetime import date, datetime, time, timedelta
from itertools import groupby
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Min

from agencies import clock
from workflows.trail.chain import GENESIS, seal
from workflows.trail.models import Event
from workflows.trail.roots import DayRoot, link, merkle

Subject = tuple[str, UUID]
SETTLING = timedelta(hours=1)
"""A day is sealed only when no transaction begun in it can still be running."""
_HEADS = """
SELECT DISTINCT ON (subject_kind, subject_id) hash FROM workflows_event
WHERE at >= %s AND at < %s ORDER BY subject_kind, subject_id, seq DESC
"""


def seal_days() -> int:
    """Seal every day that is over and has no root yet, in order; how many. One transaction a day."""
    count = 0
    while (day := _next()) is not None:
        _seal(day)
        count += 1
    return count


def _next() -> date | None:
    """The first day without a root that is over."""
    last = DayRoot.objects.order_by("-day").values_list("day", flat=True).first()
    if last is None:
        begun = Event.objects.aggregate(at=Min("at"))["at"]
        if begun is None:
            return None
        day = clock.wib_date(begun)
    else:
        day = last + timedelta(days=1)
    return day if day < clock.wib_date(clock.now() - SETTLING) else None


@transaction.atomic
def _seal(day: date) -> None:
    """Write one root; whoever comes second finds it there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('trail.seal', 0))")
    if DayRoot.objects.filter(day=day).exists():
        return
    before = DayRoot.objects.filter(day__lt=day).order_by("-day").values_list("link", flat=True).first() or GENESIS
    root = merkle(_heads(day))
    DayRoot.objects.create(
        day=day, root=root, previous=before, link=link(before, day.isoformat(), root), sealed_at=clock.now()
    )


def _heads(day: date) -> list[str]:
    begin = datetime.combine(day, time(), tzinfo=clock.WIB)
    with connection.cursor() as cursor:
        cursor.execute(_HEADS, [begin, begin + timedelta(days=1)])
        return [row[0] for row in cursor.fetchall()]


def first_bad_day() -> date | None:
    """The first sealed day that the log does not bear out any more; None when all is whole. Reads the whole log."""
    heads: dict[Subject, tuple[int, str]] = {}
    events = _Days()
    before: DayRoot | None = None
    for sealed in DayRoot.objects.order_by("day").iterator():
        of_day = events.take(sealed.day)
        if of_day is None or not _follow(of_day, heads):
            return sealed.day
        touched = {_subject(event) for event in of_day}
        if not _holds(sealed, before, [heads[one][1] for one in touched]):
            return sealed.day
        before = sealed
    return None


class _Days:
    """The log, a day at a time."""

    def __init__(self) -> None:
        rows = Event.objects.order_by("at", "subject_kind", "subject_id", "seq").iterator(chunk_size=5_000)
        self.days = ((day, list(found)) for day, found in groupby(rows, key=lambda event: clock.wib_date(event.at)))
        self.next = next(self.days, None)

    def take(self, day: date) -> list[Event] | None:
        """The events of a day; None when there are some of a day before that nobody sealed."""
        if self.next is None or self.next[0] > day:
            return []
        found_day, found = self.next
        if found_day < day:
            return None
        self.next = next(self.days, None)
        return found


def _subject(event: Event) -> Subject:
    return event.subject_kind, event.subject_id


def _follow(events: list[Event], heads: dict[Subject, tuple[int, str]]) -> bool:
    """Does each event follow the one before it in its chain? Moves the heads on."""
    for event in sorted(events, key=lambda one: one.seq):
        seq, previous = heads.get(_subject(event), (0, GENESIS))
        if (event.seq, event.previous) != (seq + 1, previous) or event.hash != seal(event):
            return False
        heads[_subject(event)] = (event.seq, event.hash)
    return True


def _holds(sealed: DayRoot, before: DayRoot | None, heads: list[str]) -> bool:
    """Is the root that of these heads, and its link that of the day before?"""
    previous = before.link if before else GENESIS
    follows = before is None or sealed.day == before.day + timedelta(days=1)
    linked = sealed.link == link(previous, sealed.day.isoformat(), sealed.root)
    return follows and sealed.previous == previous and linked and sealed.root == merkle(heads)
