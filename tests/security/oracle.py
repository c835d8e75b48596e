# ruff: noqa: S608 - constants of its own, no input
"""What everybody may see, said once more in plain SQL: the lists are held against this."""

from dataclasses import dataclass
from typing import Any

from django.db import connection

from agencies import clock
from agencies.models import Person
from tests.security.visitors import Visitor


def held(agency: str, *roles: str) -> str:
    """Does the visitor hold one of the roles at the agency of that column today?"""
    wanted = ", ".join(f"'{role}'" for role in roles)
    return (
        f"EXISTS (SELECT FROM agencies_membership m JOIN agencies_agency a ON a.code = m.agency_id"
        f" WHERE m.user_id = %(user)s AND m.active AND a.active AND m.agency_id = {agency} AND m.role IN ({wanted})"
        f" AND m.since <= %(today)s AND (m.until IS NULL OR m.until >= %(today)s))"
    )


WORKS = "EXISTS (SELECT FROM agencies_membership w WHERE w.user_id = %(user)s AND w.active AND w.role IN ({}))"
AT_COUNTER = WORKS.format("'clerk', 'officer'")
CLERK = WORKS.format("'clerk'")
OF_FIRM = "SELECT o.organisation_id FROM agencies_organisationmember o WHERE o.person_id = %(person)s"
OWN = f"(c.applicant_id = %(person)s OR c.organisation_id IN ({OF_FIRM}))"
MANDATE = f"(c.opened_by_id = %(user)s AND c.channel = 'counter' AND {AT_COUNTER})"
DECIDING = f"(c.state <> 'draft' AND {held('c.agency_id', 'verifier', 'approver', 'officer')})"
ASKED = f"""EXISTS (SELECT FROM workflows_recommendation r WHERE r.case_id = c.id AND r.state <> 'planned'
    AND {held("r.agency_id", "officer")})"""
OWNER_IN = """(c.applicant_id = f.owner_id OR EXISTS (SELECT FROM agencies_organisationmember o
    WHERE o.organisation_id = c.organisation_id AND o.person_id = f.owner_id))"""
OPEN = "c.lane = 'real' AND c.closed_at IS NULL"
CASE = "SELECT c.id FROM workflows_case c JOIN workflows_servicetype s ON s.code = c.service_id WHERE "
CHECK = f"""(s.authority = 'mall' AND {held("c.agency_id", "verifier")}
    OR s.authority = 'agency' AND {held("c.agency_id", "officer")})"""
DECIDE = f"""({held("c.agency_id", "approver")} OR s.authority = 'agency' AND {held("c.agency_id", "officer")})"""

STRANGER = f"NOT coalesce({OWN}, false)"
"""Nobody is given to work on what touches herself."""

SQL: dict[str, str] = {
    "visible": f"{CASE} {OWN} OR {MANDATE} OR {DECIDING} OR {ASKED}",
    "own": f"{CASE} {OWN}",
    "check": f"{CASE} {OPEN} AND c.state IN ('submitted', 'in_verification') AND {CHECK} AND {STRANGER}",
    "advise": f"""SELECT c.id FROM workflows_case c JOIN workflows_recommendation r ON r.case_id = c.id
        WHERE c.lane = 'real' AND c.state = 'awaiting_recommendations' AND r.state = 'asked'
        AND {held("r.agency_id", "officer")} AND {STRANGER}""",
    "visit": f"""SELECT c.id FROM workflows_case c JOIN workflows_inspection i ON i.case_id = c.id
        WHERE c.lane = 'real' AND c.state IN ('awaiting_recommendations', 'awaiting_decision') AND i.state <> 'held'
        AND {held("i.agency_id", "officer")} AND {STRANGER}""",
    "decide": f"{CASE} {OPEN} AND c.state IN ('awaiting_decision', 'deemed_granted') AND {DECIDE} AND {STRANGER}",
    "owed": f"""SELECT c.id FROM workflows_case c JOIN workflows_servicetype s ON s.code = c.service_id
        JOIN workflows_dutytask d ON d.case_id = c.id WHERE c.lane = 'real' AND d.done_at IS NULL
        AND ({held("d.agency_id", "approver")} OR s.authority = 'agency' AND {held("d.agency_id", "officer")})""",
    "hand": f"""SELECT c.id FROM workflows_case c JOIN workflows_permit p ON p.case_id = c.id
        WHERE {OPEN} AND c.state = 'approved' AND p.kind = 'recorded'
        AND {held("c.agency_id", "officer", "approver", "verifier")} AND {STRANGER}""",
    "opened": f"""SELECT c.id FROM workflows_case c
        WHERE c.lane = 'real' AND c.channel = 'counter' AND c.opened_by_id = %(user)s AND {CLERK}""",
    "calls": f"""SELECT DISTINCT ON (m.case_id) t.id FROM notifications_calltask t
        JOIN notifications_message m ON m.id = t.message_id WHERE t.done_at IS NULL AND {CLERK}
        ORDER BY m.case_id, t.opened_at DESC, t.id DESC""",
    "inbox": "SELECT id FROM notifications_message WHERE person_id = %(person)s",
    "refunds": f"""SELECT t.id FROM workflows_refundtask t
        WHERE t.done_at IS NULL AND {held("'DPMPTSP'", "manager", "administrator")}""",
    "failed": f"""SELECT id FROM workflows_outboxrow WHERE state = 'failed'
        AND {held("'DPMPTSP'", "administrator")}""",
    "roles": f"""SELECT h.id FROM agencies_membership h WHERE h.active AND h.user_id <> %(user)s
        AND (h.agency_id <> 'INSPEKTORAT' AND {held("'DPMPTSP'", "administrator")}
            OR {held("h.agency_id", "administrator")})""",
    "files": f"""SELECT f.id FROM documents_storedfile f WHERE f.owner_id = %(person)s
        OR EXISTS (SELECT FROM workflows_attachment x JOIN workflows_case c ON c.id = x.case_id
            WHERE x.file_id = f.id AND {OWNER_IN} AND ({OWN} OR {MANDATE} OR {DECIDING} OR {ASKED}))""",
}
COUNTS: dict[str, str] = {
    "open work": f"""SELECT count(*) FROM workflows_case c WHERE c.lane = 'real' AND c.closed_at IS NULL
        AND c.state <> 'draft' AND ({held("'DPMPTSP'", "manager")} OR {held("c.agency_id", "manager")})""",
    "looks": """SELECT count(*) FROM workflows_event WHERE subject_kind = 'person' AND kind = 'person.looked_at'
        AND subject_id = %(person)s""",
}


@dataclass(frozen=True, slots=True)
class Oracle:
    """The answers for one visitor."""

    visitor: Visitor

    def ids(self, what: str) -> set[str]:
        """The ids that a list may show, each once."""
        return {str(row[0]) for row in self._rows(SQL[what])}

    def count(self, what: str) -> int:
        """A figure."""
        return int(self._rows(COUNTS[what])[0][0])

    def _rows(self, sql: str) -> list[tuple[Any, ...]]:
        user = self.visitor.user if self.visitor.user and self.visitor.user.is_active else None
        person = Person.objects.filter(user=user).first() if user else None
        said = {"user": user and user.pk, "person": person and person.pk, "today": clock.today()}
        with connection.cursor() as cursor:
            cursor.execute(sql, said)
            return list(cursor.fetchall())
