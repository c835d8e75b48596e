"""Writing the ledger: the one statement that passes a case from one holder to the next, with the pause that ends."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection

from agencies.ids import new_id
from workflows.clock.models import Held

_RESUMED: Final = """
resumed AS (
    UPDATE workflows_pause SET closed_at = greatest(%(resumed)s, effective_at)
    WHERE case_id = %(case)s AND closed_at IS NULL AND %(resumed)s::timestamptz IS NOT NULL
)"""

_NEXT: Final = f"""
WITH {_RESUMED},
closed AS (
    UPDATE workflows_interval SET closed_at = greatest(opened_at, %(at)s)
    WHERE case_id = %(case)s AND closed_at IS NULL
      AND (holder, reason, agency) IS DISTINCT FROM (%(holder)s, %(reason)s, %(agency)s)
    RETURNING closed_at
)
INSERT INTO workflows_interval (id, case_id, holder, reason, agency, opened_at)
SELECT %(id)s, %(case)s, %(holder)s, %(reason)s, %(agency)s, coalesce(at, %(at)s)
FROM (SELECT max(closed_at) AS at FROM closed) AS last
WHERE at IS NOT NULL
   OR NOT EXISTS (SELECT 1 FROM workflows_interval WHERE case_id = %(case)s AND closed_at IS NULL)
"""  # noqa: S608 - made of the constant above
"""Close the open interval and open the next; nothing when the same party goes on for the same reason.

Reading `closed` makes the closing come first.
"""

_END: Final = f"""
WITH {_RESUMED},
overtaken AS (UPDATE workflows_repair SET closed_at = %(at)s WHERE case_id = %(case)s AND closed_at IS NULL)
UPDATE workflows_interval SET closed_at = %(at)s WHERE case_id = %(case)s AND closed_at IS NULL
"""  # noqa: S608 - made of the constant above


def pass_to(case_id: UUID, held: Held, at: datetime, *, resumed: datetime | None = None) -> None:
    """From `at` on this party holds the case, never from before the present one began; a pause ends at `resumed`."""
    holder, reason, agency = held
    party = {"holder": holder, "reason": reason, "agency": agency}
    _run(_NEXT, {"id": new_id(), "case": case_id, "at": at, "resumed": resumed, **party})


def end(case_id: UUID, at: datetime) -> None:
    """Nobody holds the case any more, and nothing is asked: it was closed at that moment."""
    _run(_END, {"case": case_id, "at": at, "resumed": at})


def _run(sql: str, facts: dict[str, UUID | datetime | str | None]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, facts)
