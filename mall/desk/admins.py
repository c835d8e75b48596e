"""Who may keep the tables of the house: administrators of the mall, or of one agency for its own."""

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from agencies.choices import INSPECTORATE
from agencies.errors import Refused
from agencies.models import Agency, AgencyKind, Role, User
from mall.doors import actor_of
from workflows import permissions
from workflows.actors import Actor
from workflows.permissions import MALL

FAULTY = 422


def user_of(request: HttpRequest) -> User:
    """The account that acts, behind a door that lets in nobody else."""
    assert isinstance(request.user, User)
    return request.user


def administers(request: HttpRequest, agency: str = MALL) -> Actor:
    """The administrator of the mall, or of that agency; `Refused` for anybody else.

    The mall appoints none of those who watch over it.
    """
    actor = actor_of(request)
    permissions.require(permissions.may_administer(actor))
    above = set() if agency == INSPECTORATE else {MALL}
    if not {agency, *above} & actor.agencies(Role.ADMINISTRATOR):
        raise Refused(_("Ini tugas administrator mal."))
    return actor


def governs(request: HttpRequest, user: User, agency: str) -> Actor:
    """An administrator of the mall or of that agency, and never of her own roles and powers."""
    actor = administers(request, agency)
    if actor.is_also(user.pk):
        raise Refused(_("Peran dan wewenang Anda sendiri diatur administrator lain."))
    return actor


def given_by(own: frozenset[str]) -> QuerySet[Agency]:
    """The agencies whose roles and powers an administrator of `own` gives and takes."""
    known = Agency.objects.filter(active=True).order_by("code")
    mine = Q(pk__in=own)
    return known.filter(mine | ~Q(kind=AgencyKind.OVERSIGHT) if MALL in own else mine)
