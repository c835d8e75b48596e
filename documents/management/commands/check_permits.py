"""`manage.py check_permits`: reads every issued permit again, past the models, and tells what is not right."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from documents import blobs

MOST_SHOWN = 20

WITHOUT_DOCUMENT = """
SELECT p.id::text FROM workflows_permit p JOIN workflows_case c ON c.id = p.case_id
LEFT JOIN documents_permitdocument d ON d.permit_id = p.id AND d.state = 'sealed'
WHERE p.kind = 'rendered' AND (p.issued_at IS NOT NULL OR c.state = 'issued')
GROUP BY p.id HAVING count(d.id) <> 1
"""
REGISTER_DIFFERS = """
SELECT p.id::text FROM workflows_permit p JOIN documents_permitdocument d ON d.permit_id = p.id
WHERE p.issued_at IS NOT NULL AND (p.document_id IS DISTINCT FROM d.id OR p.sha256 <> d.sealed_sha256)
"""
EVENT_DIFFERS = """
SELECT p.id::text FROM workflows_permit p
LEFT JOIN workflows_event e ON e.subject_kind = 'case' AND e.subject_id = p.case_id AND e.kind = 'case.issued'
WHERE p.kind = 'rendered' AND p.issued_at IS NOT NULL
GROUP BY p.id, p.sha256 HAVING count(e.id) <> 1 OR max(e.data->>'sha256') IS DISTINCT FROM p.sha256
"""
ISSUED_APART = """
SELECT p.id::text FROM workflows_permit p JOIN workflows_case c ON c.id = p.case_id
WHERE (p.issued_at IS NOT NULL) <> (c.state = 'issued')
"""
NOT_APPROVED_BEFORE = """
SELECT p.id::text FROM workflows_permit p
WHERE NOT EXISTS (SELECT 1 FROM workflows_decision d WHERE d.case_id = p.case_id AND d.final
                  AND d.outcome = 'approved' AND d.at <= p.granted_at)
   OR NOT EXISTS (SELECT 1 FROM workflows_event e WHERE e.subject_kind = 'case' AND e.subject_id = p.case_id
                  AND e.data->>'to' = 'approved' AND e.at <= p.granted_at)
   OR p.issued_at < p.granted_at
"""
NUMBERS_NOT_GAPLESS = """
SELECT s.series || ' ' || s.unit || ' ' || s.year || ' ' || s.lane FROM workflows_numberseries s
JOIN workflows_permit p ON p.series_id = s.id
GROUP BY s.id HAVING count(p.id) <> s.last OR min(p.seq) <> 1 OR max(p.seq) <> s.last OR count(DISTINCT p.seq) <> s.last
"""
SERIES_WITHOUT_PERMITS = """
SELECT s.series || ' ' || s.unit || ' ' || s.year || ' ' || s.lane FROM workflows_numberseries s
WHERE position('{seq}' IN s.series) > 0 AND s.last > 0
  AND NOT EXISTS (SELECT 1 FROM workflows_permit p WHERE p.series_id = s.id)
"""
NUMBER_SHARED = """
SELECT p.number FROM workflows_permit p WHERE p.kind = 'rendered' AND p.copy_of_id IS NULL
GROUP BY p.number, p.lane HAVING count(*) > 1 ORDER BY p.number
"""
COPY_DIFFERS = """
SELECT p.id::text FROM workflows_permit p JOIN workflows_permit o ON o.id = p.copy_of_id
WHERE p.number <> o.number OR p.valid_until IS DISTINCT FROM o.valid_until OR p.frozen->'answers' <> o.frozen->'answers'
"""
SEALED_FILES = """
SELECT p.id::text, d.sealed_sha256 FROM documents_permitdocument d JOIN workflows_permit p ON p.id = d.permit_id
WHERE d.state = 'sealed' ORDER BY p.id
"""

QUESTIONS = (
    ("issued without exactly one sealed document", WITHOUT_DOCUMENT),
    ("the register and the document disagree", REGISTER_DIFFERS),
    ("the log and the register disagree", EVENT_DIFFERS),
    ("the permit is issued and its case is not, or the other way round", ISSUED_APART),
    ("granted before it was approved, or issued before it was granted", NOT_APPROVED_BEFORE),
    ("numbers of this series are not 1 to its last", NUMBERS_NOT_GAPLESS),
    ("this series counted and no permit has its numbers", SERIES_WITHOUT_PERMITS),
    ("two permits print this number", NUMBER_SHARED),
    ("a duplicate says something else than its original", COPY_DIFFERS),
)


class Command(BaseCommand):
    """Ends with 1 and the first offenders of each kind when an invariant of the register is broken."""

    help = "Check every issued permit: document, hash, number, approval. Ends with 1 when something is wrong."

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask every question and tell the answers."""
        broken = 0
        for words, sql in QUESTIONS:
            broken += self._tell(words, [str(row[0]) for row in _rows(sql)])
        broken += self._tell("the sealed file is lost or changed", list(_lost()))
        if broken:
            raise CommandError(f"{broken} faults in the permit register.")
        self.stdout.write(f"{_count()} issued permits are as they should be.")

    def _tell(self, words: str, found: list[str]) -> int:
        for one in found[:MOST_SHOWN]:
            self.stderr.write(f"{one}: {words}")
        if len(found) > MOST_SHOWN:
            self.stderr.write(f"… and {len(found) - MOST_SHOWN} more: {words}")
        return len(found)


def _rows(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def _lost() -> Iterator[str]:
    """Permits whose file is not there, or does not hash to what the row says."""
    for permit, sha256 in _rows(SEALED_FILES):
        try:
            blobs.read(sha256)
        except blobs.LostFile:
            yield str(permit)


def _count() -> int:
    return int(_rows("SELECT count(*) FROM workflows_permit WHERE kind = 'rendered' AND issued_at IS NOT NULL")[0][0])
