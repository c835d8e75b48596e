"""Finding the release of a month: which data it stands on, and the copy kept until those data change."""

import functools
import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.core.cache import cache
from django.db import connection, transaction
from django.db.utils import OperationalError
from redis.exceptions import RedisError

from agencies import clock
from agencies.errors import Missing, Unavailable
from agencies.models import Agency
from mall.transparency import period, release
from mall.transparency.period import Month
from mall.transparency.release import Release
from workflows.definition.models import ServiceType

KINDS = ("case.submitted", "case.resubmitted", "case.approved", "case.approved_unpaid", "case.refused")
"""The events that figures are made of."""
KEPT = timedelta(days=1)
TIME_LIMIT = 5_000
"""Milliseconds for one statement; then the page says so instead of holding the database."""
_BASIS = """
SELECT
  (SELECT id FROM workflows_event WHERE kind = ANY(%s) AND lane = 'real' AND at < %s ORDER BY id DESC LIMIT 1),
  (SELECT min(at) FROM workflows_event WHERE kind = 'case.submitted' AND lane = 'real'),
  (SELECT string_agg(date::text, ',' ORDER BY date, kind) FROM agencies_holiday),
  (SELECT string_agg(concat_ws(' ', site_id, weekday, opens, closes), ',' ORDER BY id) FROM agencies_openinghours),
  (SELECT string_agg(concat_ws(' ', site_id, date, opens, closes), ',' ORDER BY id) FROM agencies_openingexception),
  (SELECT md5(string_agg(concat_ws(' ', code, name_id), ',' ORDER BY code)) FROM agencies_agency),
  (SELECT md5(string_agg(concat_ws(' ', code, name_id), ',' ORDER BY code)) FROM workflows_servicetype)
"""


@dataclass(frozen=True, slots=True)
class Basis:
    """What the figures stand on: the last counted day, the last counted event, the calendar, the names."""

    until: datetime
    first: Month
    digest: str

    def version(self, month: Month) -> str:
        """Names the content of a month's release: equal versions have equal content."""
        return hashlib.sha256(f"{_program()} {month.code} {self.digest}".encode()).hexdigest()[:32]


@functools.cache
def _program() -> str:
    """Digest of this package, so that no copy made by an older one is shown after an upgrade."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def basis() -> Basis:
    """What the figures stand on now. One query."""
    until = period.counted_until()
    with connection.cursor() as cursor:
        cursor.execute(_BASIS, [list(KINDS), until])
        row = cursor.fetchone()
    first = Month.of(clock.wib_date(row[1])) if row[1] else period.latest()
    digest = hashlib.sha256(json.dumps([until, *row], default=str).encode()).hexdigest()
    return Basis(until, min(first, period.latest()), digest)


def published(month: Month, on: Basis) -> Release:
    """The release of a month: the kept copy, or computed now.

    Raises:
        Missing: no such month: before the first application, or in the future.
        Unavailable: the database took too long.
    """
    if not on.first <= month <= period.latest():
        raise Missing
    key = f"transparency.{on.version(month)}"
    kept = None
    with suppress(RedisError):
        kept = cache.get(key)
    if isinstance(kept, Release):
        return kept
    made = _computed(month, on.until)
    with suppress(RedisError):
        cache.set(key, made, KEPT.total_seconds())
    return made


def _computed(month: Month, until: datetime) -> Release:
    """The release from the log, within the time limit or not at all."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL statement_timeout = {TIME_LIMIT}")
            return release.build(month, until)
    except OperationalError as error:
        raise Unavailable from error


def names() -> dict[str, str]:
    """The official names of agencies and services by their codes. Two queries."""
    agencies = Agency.objects.values_list("code", "name_id")
    services = ServiceType.objects.values_list("code", "name_id")
    return dict([*agencies, *services])
