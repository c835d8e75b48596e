"""Where the faces hang up their links, so that no face needs to know another.

A face calls `add(...)` in `AppConfig.ready()`; the base templates show the links
whose address exists and which the visitor may see.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from django.http import HttpRequest
from django.urls import NoReverseMatch, get_urlconf, reverse
from django.utils.functional import Promise

Area = Literal["public", "account", "staff", "footer"]


@dataclass(frozen=True)
class Link:
    """One entry: `url_name` is reversed with `args`; smaller `order` comes first."""

    area: Area
    label: str | Promise
    url_name: str
    order: int = 50
    icon: str = ""
    visible: Callable[[HttpRequest], bool] | None = None
    count: Callable[[HttpRequest], int | None] | None = None
    args: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shown:
    """A link as the template shows it; `count` is None when there is nothing to count."""

    label: str | Promise
    url: str
    current: bool
    icon: str = ""
    count: int | None = None


_links: dict[tuple[str, str, tuple[str, ...]], Link] = {}


def add(link: Link) -> None:
    """Hang up a link; the same area and address again replaces it."""
    _links[link.area, link.url_name, link.args] = link


def shown(area: Area, request: HttpRequest | None) -> list[Shown]:
    """Return the links of an area that this visitor may see, in order."""
    if request is None:
        return []
    found = [
        (link, url)
        for link in sorted(_links.values(), key=lambda one: one.order)
        if link.area == area
        and (url := _address(link.url_name, link.args, str(get_urlconf())))
        and _may_see(link, request)
    ]
    here = _nearest([url for _, url in found], request.path)
    return [
        Shown(link.label, url, url == here, link.icon, link.count(request) if link.count else None)
        for link, url in found
    ]


@cache
def _address(url_name: str, args: tuple[str, ...], _root: str) -> str:
    """Some thirty links stand on every page; where they lead changes with the root of the addresses only."""
    try:
        return reverse(url_name, args=args)
    except NoReverseMatch:
        return ""


def _may_see(link: Link, request: HttpRequest) -> bool:
    return link.visible is None or link.visible(request)


def _nearest(urls: list[str], path: str) -> str:
    """Return the longest address that holds this page; a bare `/` holds only itself."""
    holding = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
    return max(holding, key=len, default="")
