"""What every view of the API has: its door, its caller, its limits, and one way to refuse."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Final

from django.utils.translation import gettext as _
from rest_framework.authentication import SessionAuthentication, TokenAuthentication
from rest_framework.exceptions import NotAuthenticated, Throttled
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.errors import Refused
from agencies.models import User
from documents.limits import within
from mall.api import problems
from mall.api.parsing import Json
from mall.doors import NOBODY, Door
from workflows.actors import Actor

MINUTE: Final = 60
READS: Final = 600
"""Requests a minute from one address."""
WRITES: Final = 120
"""Of these, how many may change something."""


class Bearer(TokenAuthentication):
    """`Authorization: Bearer <token>`: a program that acts for one user."""

    keyword = "Bearer"


class ApiView(APIView):
    """Closed unless a door opens it. Asks the door itself, because it knows callers that a session does not."""

    asks_its_door = True
    door: ClassVar[Door] = Door()
    authentication_classes = (Bearer, SessionAuthentication)
    permission_classes = ()
    parser_classes: Sequence[type[BaseParser]] = (Json,)
    renderer_classes: Sequence[type[BaseRenderer]] = (JSONRenderer,)
    http_method_names = ("get", "post", "put", "patch", "delete", "head")

    def get_exception_handler(self) -> Callable[..., Response | None]:
        """One handler for everything."""
        return problems.answer

    def check_permissions(self, request: Request) -> None:
        """Ask the door."""
        self.actor = actor_of(request)
        if self.door.lets_in(self.actor):
            return
        if self.actor.user_id:
            raise Refused
        raise NotAuthenticated(_("Masuk dahulu, atau sertakan token Anda."))

    def check_throttles(self, request: Request) -> None:
        """So many requests a minute from one address, fewer that change something."""
        reads = request.method in ("GET", "HEAD")
        self.limit(request, "api.read" if reads else "api.write", READS if reads else WRITES, MINUTE)

    def limit(self, request: Request, purpose: str, most: int, seconds: int) -> None:
        """Raise `Throttled` from the `most`-th request of this address on."""
        if not within(request._request, purpose=purpose, most=most, seconds=seconds):  # noqa: SLF001 - DRF hides it
            raise Throttled(wait=seconds)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Response:
        """Nobody between us and the caller keeps what is hers."""
        found = super().finalize_response(request, response, *args, **kwargs)
        if not self.door.public:
            found.setdefault("Cache-Control", "private, no-store")
        return found


def actor_of(request: Request) -> Actor:
    """Who is calling, with the rights of this moment."""
    return Actor.of(request.user) if isinstance(request.user, User) else NOBODY
