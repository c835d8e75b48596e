"""Very many open cases: copies in SQL of one that came in through the services, each with its open interval."""

from datetime import datetime
from uuid import UUID

from django.db import connection

COPIES = """
INSERT INTO workflows_case
SELECT copy.* FROM workflows_case c, generate_series(1, %(open)s) n,
LATERAL jsonb_populate_record(NULL::workflows_case, to_jsonb(c) || jsonb_build_object(
    'id', gen_random_uuid(), 'reference', 'B-' || n, 'tracking_code', lpad(to_hex(n), 8, '0'),
    'submission_key', gen_random_uuid(), 'draft_key', NULL,
    'due_at', CASE WHEN n <= %(due)s THEN %(now)s - n * interval '4 minutes' ELSE %(now)s + n * interval '1 minute' END,
    'escalated', CASE WHEN n <= %(due)s THEN 80 ELSE 0 END,
    'escalate_at', CASE WHEN n <= %(due)s THEN NULL ELSE %(now)s + n * interval '30 seconds' END
)) copy
WHERE c.id = %(template)s
"""
INTERVALS = """
INSERT INTO workflows_interval
SELECT copy.* FROM workflows_interval i, workflows_case c,
LATERAL jsonb_populate_record(NULL::workflows_interval,
    to_jsonb(i) || jsonb_build_object('id', gen_random_uuid(), 'case_id', c.id)) copy
WHERE i.case_id = %(template)s AND i.closed_at IS NULL AND c.id <> %(template)s
"""


def crowd(template: UUID, *, many: int, due: int, now: datetime) -> None:
    """So many copies; `due` of them came due one after the other before `now`, four minutes apart."""
    said = {"open": many, "due": due, "now": now, "template": template}
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # as a restore does: the rows were checked before
        cursor.execute(COPIES, said)
        cursor.execute(INTERVALS, said)
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("ANALYZE workflows_case, workflows_interval")
