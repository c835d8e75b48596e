"""Every address that the resolver knows."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One address: its name, what it takes, and the view behind it."""

    name: str
    params: tuple[str, ...]
    view: Callable[..., Any]
    route: str


@cache
def endpoints() -> dict[str, Endpoint]:
    """All of them by name. Two of one name, or one without, is a fault of its own."""
    found: dict[str, Endpoint] = {}
    for endpoint in _walk(get_resolver().url_patterns):
        assert endpoint.name not in found, f"two addresses are called {endpoint.name}"
        assert not endpoint.name.endswith("?"), f"{endpoint.route} has no name"
        found[endpoint.name] = endpoint
    return found


def _walk(
    patterns: Iterable[URLPattern | URLResolver],
    spaces: tuple[str, ...] = (),
    params: tuple[str, ...] = (),
    at: str = "",
) -> Iterator[Endpoint]:
    for one in patterns:
        asked = (*params, *_params(one))
        route = at + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _walk(one.url_patterns, (*spaces, one.namespace) if one.namespace else spaces, asked, route)
        else:
            yield Endpoint(":".join((*spaces, one.name or "?")), asked, one.callback, route)


def _params(one: URLPattern | URLResolver) -> tuple[str, ...]:
    pattern = one.pattern
    named = tuple(getattr(getattr(pattern, "regex", None), "groupindex", ()))
    return tuple(pattern.converters) or named
