"""How often one address may ask: counted in the cache, by a keyed hash that cannot be read back."""

import structlog
from allauth.core.internal.httpkit import get_client_ip
from django.core.cache import cache
from django.http import HttpRequest

from agencies import clock
from agencies.sealing import blind_index

log = structlog.get_logger(__name__)


def within(request: HttpRequest, *, purpose: str, most: int, seconds: int) -> bool:
    """Is this at most the `most`-th request of this address in the running window?

    Without a cache everybody may: a page that proves permits must not fall with it.
    """
    return _within(get_client_ip(request) or "", purpose, most, seconds)


def within_for(word: str, *, purpose: str, most: int, seconds: int) -> bool:
    """The same for a word that is guessed at, whatever the address."""
    return _within(word, purpose, most, seconds)


def _within(counted: str, purpose: str, most: int, seconds: int) -> bool:
    window = int(clock.now().timestamp()) // seconds
    who = blind_index(counted, purpose=f"limit.{purpose}")[:24]
    key = f"limit:{purpose}:{who}:{window}"
    try:
        cache.add(key, 0, timeout=2 * seconds)
        return cache.incr(key) <= most
    except Exception as error:  # noqa: BLE001 - whatever the cache's trouble is
        log.warning("limit.uncounted", error=type(error).__name__)
        return True
