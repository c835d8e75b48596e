"""Who may come in at all: every view says so, and a view that says nothing is closed.

This is the outer door only. What one may do to a thing is asked again, of the thing itself, by the
service function (`workflows.permissions`). The permission matrix of the tests is generated from here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.http import HttpRequest

from workflows.actors import Actor, ActorKind

View = TypeVar("View", bound=Callable[..., Any])
NOBODY = Actor(ActorKind.USER)
"""An anonymous visitor: no person, no membership."""


@dataclass(frozen=True, slots=True)
class Door:
    """Who may pass: anybody, anybody who is logged in, or holders of one of the roles."""

    public: bool = False
    roles: frozenset[str] = frozenset()

    def lets_in(self, actor: Actor) -> bool:
        """May this actor come in?"""
        if self.public:
            return True
        if actor.user_id is None:
            return False
        return not self.roles or any(role in self.roles for role, _agency in actor.memberships)


def public(view: View) -> View:
    """Anybody may come in."""
    view.door = Door(public=True)  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Anybody who is logged in may come in."""
    view.door = Door()  # type: ignore[attr-defined]
    return view


def staff(*roles: str) -> Callable[[View], View]:
    """Only holders of one of these roles may come in."""

    def mark(view: View) -> View:
        view.door = Door(roles=frozenset(roles))  # type: ignore[attr-defined]
        return view

    return mark


def keeping(keep: Callable[[HttpRequest], None]) -> Callable[[View], View]:
    """When a form of this view is posted after the session has ended, `keep(request)` runs before the log-in."""

    def mark(view: View) -> View:
        view.before_login = keep  # type: ignore[attr-defined]
        return view

    return mark


OPEN_MODULES = ("allauth.", "django.views.i18n", "django.contrib.staticfiles", "mall.runtime.health")
"""Views of libraries that carry their own door: log-in pages, the language switch, health."""


def door_of(view: Callable[..., Any]) -> Door | None:
    """The door of a view, or None when it has none and is closed."""
    module = getattr(view, "__module__", "")
    shown = getattr(view, "view_class", getattr(view, "cls", view))
    module = getattr(shown, "__module__", module)
    if module.startswith(OPEN_MODULES):
        return Door(public=True)
    found = getattr(view, "door", None) or getattr(shown, "door", None)
    return found if isinstance(found, Door) else None


def asks_itself(view: Callable[..., Any]) -> bool:
    """Does the view ask its own door, because it knows callers that a session does not (the API)?"""
    return bool(getattr(getattr(view, "cls", None), "asks_its_door", False))


def actor_of(request: HttpRequest) -> Actor:
    """Who is acting in this request; rights are read once a request, never from the session."""
    found = getattr(request, "actor", None)
    if found is None:
        user = request.user
        found = Actor.of(user) if user.is_authenticated else NOBODY
        request.actor = found  # type: ignore[attr-defined]
    return found
