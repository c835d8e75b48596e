"""Looks at a person's data are events too: who, what, why. The person can read them."""

from uuid import UUID

from agencies.models import Person
from workflows.actors import Actor
from workflows.cases.models import Case
from workflows.permissions import is_own
from workflows.trail import services as trail
from workflows.trail.models import Event

KIND = "person.looked_at"


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


def looks_at(person_id: UUID) -> list[Event]:
    """Who looked at this person's data, latest first."""
    rows = Event.objects.filter(subject_kind="person", subject_id=person_id, kind=KIND)
    return list(rows.order_by("-seq")[:200])
