"""Who may keep the tables of the house: administrators of the mall, or of one agency for its own."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from agencies.choices import INSPECTORATE
from agencies.errors import Refused
from agencies.models import Role, User
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
