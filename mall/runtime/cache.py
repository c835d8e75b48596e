"""The cache, which forgets while its server is away instead of failing the page that asked.

Nothing lies only in the cache, so a page without it is slower and not wrong. What counts attempts in it (the limit
on log-ins) does not count while it is away: people must still be able to log in.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, Final

import structlog
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError

from agencies.fuse import Fuse

log = structlog.get_logger(__name__)

PATIENCE: Final = {"socket_timeout": 0.5, "socket_connect_timeout": 0.5}
"""Seconds that the server has for an answer."""
REST: Final = 5.0
_fuses: defaultdict[str, Fuse] = defaultdict(lambda: Fuse(REST))
"""One for each server, shared by the threads of this process."""
ABSENT: Final[dict[str, Callable[..., Any]]] = {
    "add": lambda *_: True,  # who takes a lock by adding must get on
    "get": lambda _key, default: default,
    "set": lambda *_: None,
    "touch": lambda *_: False,
    "delete": lambda *_: False,
    "get_many": lambda *_: {},
    "has_key": lambda *_: False,
    "incr": lambda _key, delta: delta,
    "set_many": lambda *_: None,
    "delete_many": lambda *_: None,
    "clear": lambda *_: False,
}
"""What each command answers while there is no server."""


class Forgiving:
    """Django's client, with an answer for the time in which there is none."""

    def __init__(self, servers: list[str], **options: Any) -> None:
        self._client = RedisCacheClient(servers, **(PATIENCE | options))
        self._fuse = _fuses[" ".join(servers)]

    def __getattr__(self, command: str) -> Callable[..., Any]:
        """The command of that name."""
        return lambda *words: self._ask(command, words)

    def _ask(self, command: str, words: tuple[Any, ...]) -> Any:
        if not self._fuse.blown:
            try:
                return getattr(self._client, command)(*words)
            except RedisError as fault:
                self._fuse.blow()
                log.warning("cache.away", error=type(fault).__name__)
        return ABSENT[command](*words)


class ForgivingCache(RedisCache):
    """Django's Redis cache with that client."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = Forgiving
