"""Who answers an objection: the superior of the PPID, and where that post is vacant the next one upward.

As with objections to decisions (`workflows.objections.posts`): the head of the agency, her deputy where she has a
power to sign today, then the same in the regent's secretariat for an office under the regent. Nobody who handled the
request, or who asked for it, answers. Where nobody is left it stays where the law sends it, and that is noted.
"""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from agencies.choices import Role
from agencies.models import Agency, Membership
from agencies.queries import held_today
from mall.voice.information.models import InformationRequest
from mall.voice.information.objections import InformationObjection
from workflows.objections.addressees import REGENT, UNDER_THE_REGENT
from workflows.objections.posts import ANSWERING, Post, powers


def first(request: InformationRequest) -> Post:
    """Whom the law names."""
    return Post(Role.HEAD, request.agency_id)


def find(request: InformationRequest) -> Post | None:
    """The post that answers today; None where nobody holds one of the chain. Two queries."""
    kind = Agency.objects.filter(pk=request.agency_id).values_list("kind", flat=True).first()
    offices = dict.fromkeys((request.agency_id, *([REGENT] if kind in UNDER_THE_REGENT else [])))
    chain = [Post(role, code) for code in offices for role in ANSWERING]
    apart = [one for one in (request.taken_by_id, request.answered_by_id) if one]
    rows = _able().filter(agency_id__in=offices).exclude(user_id__in=apart)
    if request.person_id:
        rows = rows.exclude(user__person=request.person_id)
    held = set(rows.values_list("role", "agency_id"))
    return next((post for post in chain if post in held), None)


def _able() -> QuerySet[Membership]:
    """Heads, and deputies who may sign for their office today."""
    return held_today().filter(Q(role=Role.HEAD) | Q(Exists(powers()), role=Role.DEPUTY), user__is_active=True)


def adrift() -> QuerySet[InformationObjection]:
    """Open objections whose post nobody holds any more, or that had none before."""
    here: Any = {"role": OuterRef("post"), "agency_id": OuterRef("agency_id")}
    open_ones = InformationObjection.objects.filter(answered_at=None, request__disputed_on=None)
    return open_ones.filter(~Exists(_able().filter(**here)) | Q(vacant_since__isnull=False))
