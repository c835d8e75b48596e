"""Closes what no door opens, and turns the mall's own errors into pages, each in one place."""

import uuid
from collections.abc import Callable
from typing import Any

import structlog
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.utils.translation import gettext as _

from agencies.errors import Conflict, Invalid, MallError, Missing, Refused, Unavailable
from mall.doors import actor_of, asks_itself, door_of

log = structlog.get_logger(__name__)
OK = 200
Answer = Callable[[HttpRequest], HttpResponseBase]


class Doors:
    """Lets a request in only through a door that its view has (deny unless a rule allows)."""

    methods = ("GET", "HEAD", "POST")
    """All that a page knows. Django's forms would take a PUT for a POST."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponseBase | None:
        """Ask the door before the view runs."""
        if request.method not in self.methods and not asks_itself(view):
            return HttpResponseNotAllowed(self.methods)
        door = door_of(view)
        if door is not None and (door.public or asks_itself(view)):
            return None
        if door is not None and door.lets_in(actor_of(request)):
            return None
        if door is not None and not request.user.is_authenticated:
            if request.method == "POST" and (keep := getattr(view, "before_login", None)):
                keep(request)
            return redirect_to_login(request.get_full_path())
        return problem(request, Refused(), new_incident())


class Packed:
    """Compresses public pages and files: a month of figures is 300 kB of tables, and 30 kB packed.

    Nobody's secret goes through it: not where somebody is logged in, nor where a form was sent.
    """

    types = ("text/", "application/json", "application/ld+json")

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.packing = GZipMiddleware(lambda _request: HttpResponse())

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not isinstance(response, HttpResponse) or not self._may_be_packed(request, response):
            return response
        return self.packing.process_response(request, response)

    def _may_be_packed(self, request: HttpRequest, response: HttpResponse) -> bool:
        door = door_of(request.resolver_match.func) if request.resolver_match else None
        if door is None or not door.public or request.method != "GET" or request.user.is_authenticated:
            return False
        return response.status_code == OK and response.headers.get("Content-Type", "").startswith(self.types)


class IndonesianFirst:
    """Indonesian until somebody switches: what a phone was sold with says little about its owner's language."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.META.pop("HTTP_ACCEPT_LANGUAGE", None)
        return self.get_response(request)


class Problems:
    """One page for each kind of refusal: a clear sentence, a number to quote, and a way on."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Turn a `MallError` into its page; anything else is Django's to answer."""
        if not isinstance(error, MallError):
            return None
        incident = new_incident()
        log.info("request.refused", kind=type(error).__name__, incident=incident)
        return problem(request, error, incident)


def new_incident() -> str:
    """A short number that a person can quote and an engineer can find in the log."""
    return uuid.uuid4().hex[:8]


TITLES: dict[type[MallError], Any] = {
    Refused: lambda: _("Anda tidak berwenang"),
    Missing: lambda: _("Tidak ditemukan"),
    Conflict: lambda: _("Keadaan sudah berubah"),
    Invalid: lambda: _("Isian belum benar"),
    Unavailable: lambda: _("Sementara tidak tersedia"),
}


def problem(request: HttpRequest, error: MallError, incident: str) -> HttpResponse:
    """The page that tells a person what went wrong and where to go on."""
    title = TITLES.get(type(error), lambda: _("Terjadi kesalahan"))()
    context = {
        "title": title,
        "sentence": error.sentence,
        "faults": getattr(error, "fields", {}),
        "incident": incident,
        "next_url": request.path if request.method == "POST" else "/",
        "next_label": _("Lihat keadaan sekarang") if request.method == "POST" else _("Ke halaman depan"),
    }
    return render(request, "design/problem.html", context, status=error.status)
