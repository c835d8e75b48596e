"""Looks at a person's data are events too: who, what, why. The person can read them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from agencies.models import Person
from workflows.actors import Actor
from workflows.cases.models import Case
from workflows.permissions import is_own
from workflows.trail import services as trail
from workflows.trail.models import Event

KIND = "person.looked_at"
MOST = 200


@dataclass(frozen=True, slots=True)
class Seen:
    """One look, as the person reads it: a code of a purpose or its words, and the agencies of who looked."""

    at: datetime
    purpose: str
    agencies: tuple[str, ...] = ()
    reason: str = ""


Source = Callable[[Person], list[Seen]]
_sources: list[Source] = []


def look(*, by: Actor, case: Case, purpose: str) -> None:
    """Note that a member of staff opened this case; one's own case needs no note.

    `purpose` is a short code such as `verification`, `recommendation`, `decision` or `counter`.
    """
    if is_own(by, case):
        return
    trail.record(
        subject_kind="person",
        subject_id=case.applicant_id,
        kind=KIND,
        by=by,
        lane=case.lane,
        data={"purpose": purpose, "case": str(case.pk), "agencies": sorted({a for _r, a in by.memberships})},
    )


def look_at_person(*, by: Actor, person: Person, purpose: str) -> None:
    """Note that a member of staff looked a person up, outside of any case."""
    if person.pk == by.person_id:
        return
    agencies = sorted({agency for _role, agency in by.memberships})
    trail.record(
        subject_kind="person",
        subject_id=person.pk,
        kind=KIND,
        by=by,
        lane=person.lane,
        data={"purpose": purpose, "agencies": agencies},
    )


def also(source: Source) -> None:
    """Looks that are kept elsewhere, under rules of their own; the source decides what this person may read."""
    if source not in _sources:
        _sources.append(source)


def seen(person: Person) -> list[Seen]:
    """Everybody who looked at her, latest first. One query, and those of the other sources."""
    found = [
        Seen(one.at, str(one.data.get("purpose", "")), tuple(one.data.get("agencies", ())))
        for one in looks_at(person.pk)
    ]
    for source in _sources:
        found += source(person)
    return sorted(found, key=lambda one: one.at, reverse=True)[:MOST]


def looks_at(person_id: UUID) -> list[Event]:
    """Who looked at this person's data, latest first."""
    rows = Event.objects.filter(subject_kind="person", subject_id=person_id, kind=KIND)
    return list(rows.order_by("-seq")[:MOST])
