"""How soon the figures hold what was done: acts at any moment of the folder's round, watched from outside the mall."""

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from tests.faults.storm.faults import open_forms
from tests.faults.storm.office import RENDERED
from tests.faults.storm.storm import Storm

SENT, DECIDED = 8, 6
"""Applications handed in over HTTP, and cases driven to approval by services: those are counted sent and decided."""
PAUSE = 0.6
LOOKS_EVERY = 0.1
PATIENCE = 60.0
"""Seconds after the last act."""
_TOLD = """
SELECT e.id, e.at, clock_timestamp(), o.state = 'done', (
  SELECT coalesce(sum(count), 0) FROM rollups_cell
  WHERE service = %(service)s AND measure IN ('received', 'decided'))
FROM workflows_event e
JOIN workflows_case c ON c.id = e.subject_id
JOIN workflows_outboxrow o ON o.event_id = e.id AND o.consumer = 'transparency.rollup'
WHERE e.subject_kind = 'case' AND c.service_id = %(service)s
  AND e.kind IN ('case.submitted', 'case.approved', 'case.approved_unpaid')
"""


def acts_until_counted(storm: Storm, dice: random.Random) -> list[float]:
    """Seconds from each act to the look that found it in the cells, the shortest first.

    An act is taken to begin at the moment of its event, which is before its commit.
    """
    forms, done = open_forms(storm, SENT), threading.Event()
    with ThreadPoolExecutor(1) as pool:
        watched = pool.submit(_watch, storm, storm.now(), done)
        try:
            for path, fields in forms:
                assert storm.visitor.ask("POST", path, fields).status == 302
                time.sleep(dice.uniform(0, PAUSE))
            for _case in range(DECIDED):
                storm.office("approved")
        finally:
            done.set()
        return sorted(watched.result().values())


def _watch(storm: Storm, since: datetime, done: threading.Event) -> dict[str, float]:
    """Look until everything that was done since then is counted. Each look is one snapshot."""
    found: dict[str, float] = {}
    end = None
    while True:
        over, rows = done.is_set(), storm.rows(_TOLD, service=RENDERED)
        end = end or (time.monotonic() + PATIENCE if over else None)
        assert not rows or rows[0][4] == sum(held for _id, _at, _now, held, _cells in rows)
        for event, at, now, held, _cells in rows:
            if held and at >= since:
                found.setdefault(str(event), (now - at).total_seconds())
        if over and len(found) == sum(row[1] >= since for row in rows):
            return found
        assert not end or time.monotonic() < end, f"never counted: {rows}"
        time.sleep(LOOKS_EVERY)
