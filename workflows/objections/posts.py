"""Who answers: the first post, from the office upward, that somebody holds who had no part in what is contested.

The head of the office; her deputy, where she has a power to sign for it today (UU 30/2014 art. 13-14: mandate,
delegation, Plh., Plt.); then the same in the office above (`addressees.offices`). The inspectorate is told where
nobody is left, but does not answer: it watches over those who do.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from agencies import clock
from agencies.choices import Capacity
from agencies.models import Membership, Role, Signatory
from agencies.queries import held_today
from workflows.cases.decisions import Decision
from workflows.cases.machine import Instance
from workflows.cases.models import Case, Duty
from workflows.objections import addressees
from workflows.objections.models import Objection, ObjectionState


class Post(NamedTuple):
    """A role at an office."""

    role: str
    agency: str


ANSWERING = (Role.HEAD, Role.DEPUTY)
"""In this order within one office."""


def first(case: Case, instance: Instance) -> Post:
    """Whom the law names: the head of the office that answers this instance."""
    return Post(Role.HEAD, addressees.offices(case.definition, case.agency, instance)[0])


def find(case: Case, instance: Instance) -> Post | None:
    """The post that answers today; None where nobody holds one of the chain. One query."""
    offices = addressees.offices(case.definition, case.agency, instance)
    chain = [Post(role, code) for code in offices for role in ANSWERING]
    held = set(_able(case.pk, chain).values_list("role", "agency_id"))
    return next((post for post in chain if post in held), None)


def _able(case: UUID, posts: Iterable[Post]) -> QuerySet[Membership]:
    wanted = Q(pk=None)
    for role, agency in posts:
        wanted |= Q(role=role, agency_id=agency)
    return _answerers(case).filter(wanted)


def _answerers(case: Any) -> QuerySet[Membership]:
    """Those who could answer for their office on this case: heads, deputies with a power, nobody who took part.

    `case` is an id, or the reference to one in the query around it.
    """
    mine = OuterRef("user_id")
    involved = (
        Exists(Duty.objects.filter(case_id=case, user_id=mine))
        | Exists(Decision.objects.filter(case_id=case, by_id=mine))
        | Exists(Objection.objects.filter(case_id=case, answered_by_id=mine))
    )
    return (
        held_today()
        .filter(Q(role=Role.HEAD) | Q(Exists(powers()), role=Role.DEPUTY), user__is_active=True)
        .exclude(involved)
    )


def powers() -> QuerySet[Signatory]:
    """What was given to somebody to sign for her office, today."""
    today = clock.today()
    rows = Signatory.objects.filter(user_id=OuterRef("user_id"), agency_id=OuterRef("agency_id"), since__lte=today)
    return rows.filter(Q(until__isnull=True) | Q(until__gte=today)).exclude(capacity=Capacity.OWN)


def adrift() -> QuerySet[Objection]:
    """Open objections whose post nobody holds any more who could answer, or that had none before."""
    there = _answerers(OuterRef(OuterRef("case_id"))).filter(role=OuterRef("post"), agency_id=OuterRef("agency_id"))
    return Objection.objects.filter(~Exists(there) | Q(vacant_since__isnull=False), state=ObjectionState.FILED)
