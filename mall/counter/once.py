"""A form that is sent twice makes one thing: what its key made is remembered for the session."""

from uuid import UUID

from django.http import HttpRequest

_KEPT = 20
_NAME = "counter:made"


def made_by(request: HttpRequest, key: UUID) -> str:
    """The id of what this key has made already, or nothing."""
    return str(request.session.get(_NAME, {}).get(str(key), ""))


def remember(request: HttpRequest, key: UUID, made: UUID) -> None:
    """Note what the key made; only the latest are kept."""
    known = dict(list(request.session.get(_NAME, {}).items())[-_KEPT + 1 :])
    request.session[_NAME] = {**known, str(key): str(made)}
