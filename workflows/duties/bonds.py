"""What binds somebody who works here: who she is, her household, and what she has declared. One query."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Q

from agencies import clock
from agencies.models import User

_BONDS = """
WITH asked AS (
    SELECT unnest(%(users)s::uuid[]) AS who
), me AS (
    SELECT i.user_id AS who, 1 AS rank, p.id, p.user_id, p.nik_index, p.kk_index
    FROM asked JOIN agencies_staffidentity i ON i.user_id = asked.who JOIN agencies_person p ON p.id = i.person_id
    UNION ALL
    SELECT p.user_id, 2, p.id, p.user_id, p.nik_index, p.kk_index
    FROM asked JOIN agencies_person p ON p.user_id = asked.who
), accounts AS (
    SELECT who, who AS id FROM asked
    UNION SELECT who, user_id FROM me WHERE user_id IS NOT NULL
    UNION SELECT me.who, i.user_id FROM me JOIN agencies_staffidentity i ON i.person_id = me.id
), on_me AS (
    SELECT me.who, r.user_id FROM me JOIN workflows_relation r ON r.nik_index = me.nik_index
    WHERE r.nik_index <> '' AND (r.until IS NULL OR r.until >= %(today)s)
), declared AS (
    SELECT a.who, r.nik_index, r.nib FROM accounts a JOIN workflows_relation r ON r.user_id = a.id
    WHERE r.until IS NULL OR r.until >= %(today)s
    UNION
    SELECT on_me.who, p.nik_index, '' FROM on_me JOIN agencies_person p ON p.user_id = on_me.user_id
    UNION
    SELECT on_me.who, p.nik_index, '' FROM on_me
    JOIN agencies_staffidentity i ON i.user_id = on_me.user_id JOIN agencies_person p ON p.id = i.person_id
), kin AS (
    SELECT who, id FROM me
    UNION SELECT me.who, p.id FROM me JOIN agencies_person p ON p.kk_index = me.kk_index
    UNION SELECT d.who, p.id FROM declared d JOIN agencies_person p ON p.nik_index = d.nik_index AND d.nik_index <> ''
)
SELECT who, 'human', id::text FROM (SELECT DISTINCT ON (who) who, id FROM me ORDER BY who, rank) AS first
UNION SELECT who, 'people', id::text FROM me
UNION SELECT who, 'niks', nik_index FROM me WHERE nik_index IS NOT NULL
UNION SELECT who, 'households', kk_index FROM me WHERE kk_index IS NOT NULL
UNION SELECT who, 'accounts', id::text FROM accounts
UNION SELECT who, 'relations', nik_index FROM declared WHERE nik_index <> ''
UNION SELECT kin.who, 'organisations', m.organisation_id::text
    FROM kin JOIN agencies_organisationmember m ON m.person_id = kin.id
UNION SELECT d.who, 'organisations', o.id::text
    FROM declared d JOIN agencies_organisation o ON o.nib = d.nib AND d.nib <> ''
"""
"""Declarations work both ways: who was declared by a colleague is bound by it as well."""


@dataclass(frozen=True, slots=True)
class Bonds:
    """Everything that may stand between an officer and a case. NIK and KK appear as blind indexes only."""

    human: UUID | None = None
    """The person behind the account, where she is known."""
    people: frozenset[UUID] = frozenset()
    niks: frozenset[str] = frozenset()
    households: frozenset[str] = frozenset()
    accounts: frozenset[UUID] = frozenset()
    """All accounts of the same human, this one among them."""
    relations: frozenset[str] = frozenset()
    organisations: frozenset[UUID] = frozenset()
    """Organisations of her own, of her household and of her declared relations."""

    def touching(self, case: str = "") -> Q:
        """The cases that she must not handle, for a query; `case` is the way to the case, such as `case__`."""
        found = Q(pk=None)
        for path, values in (
            ("applicant_id", self.people),
            ("applicant__nik_index", self.niks | self.relations),
            ("applicant__kk_index", self.households),
            ("organisation_id", self.organisations),
        ):
            if values:
                found |= Q(**{f"{case}{path}__in": values})
        return found


NONE = Bonds()
"""Of those who do not work here, and of the mall's own parts."""


def bonds_of(users: Iterable[User]) -> dict[UUID, Bonds]:
    """What binds each of these members of staff today, by user id. One query for all of them."""
    ids = [user.pk for user in users]
    found: dict[UUID, dict[str, set[str]]] = {pk: defaultdict(set) for pk in ids}
    with connection.cursor() as cursor:
        cursor.execute(_BONDS, {"users": ids, "today": clock.today()})
        for who, kind, value in cursor.fetchall():
            found[who][kind].add(value)
    return {pk: _bonds(of_kind) for pk, of_kind in found.items()}


def _bonds(found: Mapping[str, set[str]]) -> Bonds:
    def ids(kind: str) -> frozenset[UUID]:
        return frozenset(UUID(value) for value in found[kind])

    return Bonds(
        human=next(iter(ids("human")), None),
        people=ids("people"),
        niks=frozenset(found["niks"]),
        households=frozenset(found["households"]),
        accounts=ids("accounts"),
        relations=frozenset(found["relations"]),
        organisations=ids("organisations"),
    )
