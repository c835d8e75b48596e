"""Every refusal of the API as a problem of RFC 9457: one shape, a stable type, a sentence for people."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import structlog
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions, status
from rest_framework.request import Request
from rest_framework.response import Response

from agencies.errors import Conflict, Invalid, MallError
from mall.api.errors import BadQuery
from workflows.duties.order import OutOfTurn

log = structlog.get_logger(__name__)
MEDIA_TYPE: Final = "application/problem+json"
TYPES: Final = "/api/v1/problems/"

TITLES: Final[dict[int, tuple[str, Promise]]] = {
    400: ("bad-request", gettext_lazy("Permintaan tidak dapat dibaca")),
    401: ("not-signed-in", gettext_lazy("Anda belum masuk")),
    403: ("refused", gettext_lazy("Anda tidak berwenang")),
    404: ("missing", gettext_lazy("Tidak ditemukan")),
    405: ("no-such-method", gettext_lazy("Metode tidak dikenal di alamat ini")),
    406: ("not-acceptable", gettext_lazy("Bentuk jawaban yang diminta tidak tersedia")),
    409: ("conflict", gettext_lazy("Keadaan sudah berubah")),
    412: ("stale", gettext_lazy("Versi yang Anda baca sudah lama")),
    413: ("too-large", gettext_lazy("Terlalu besar")),
    415: ("unsupported-media-type", gettext_lazy("Bentuk isi tidak didukung")),
    422: ("invalid", gettext_lazy("Isian belum benar")),
    428: ("no-precondition", gettext_lazy("Header If-Match wajib disertakan")),
    429: ("too-many-requests", gettext_lazy("Terlalu banyak permintaan")),
    500: ("failure", gettext_lazy("Terjadi kesalahan")),
    503: ("unavailable", gettext_lazy("Sementara tidak tersedia")),
}
"""Slug and title of each kind of problem, by status. Slugs never change."""


def answer(error: Exception, context: Mapping[str, Any]) -> Response:
    """The response to any exception that a view of the API raises."""
    code = _status_of(error)
    if code == 500:
        log.error("api.failed", exc_info=error)
    slug, title = TITLES.get(code, TITLES[500])
    request = context.get("request")
    body: dict[str, Any] = {
        "type": f"{TYPES}{slug}",
        "title": str(title),
        "status": code,
        "detail": _sentence(error),
        "instance": request.path if isinstance(request, Request) else "",
        "trace_id": structlog.contextvars.get_contextvars().get("request_id", ""),
    }
    if errors := list(_errors(error)):
        body["errors"] = errors
    if isinstance(error, Conflict):
        body["possible"] = _possible(error, context.get("view"))
    if isinstance(error, OutOfTurn):
        body["reasons"] = list(error.codes)
    return Response(body, status=code, headers=_headers(error), content_type=MEDIA_TYPE)


def _status_of(error: Exception) -> int:
    if isinstance(error, MallError):
        return error.status
    if isinstance(error, exceptions.ValidationError):
        return status.HTTP_422_UNPROCESSABLE_ENTITY
    if isinstance(error, exceptions.APIException):
        return error.status_code
    if isinstance(error, Http404):
        return status.HTTP_404_NOT_FOUND
    if isinstance(error, PermissionDenied):
        return status.HTTP_403_FORBIDDEN
    return status.HTTP_400_BAD_REQUEST if isinstance(error, SuspiciousOperation) else 500


def _sentence(error: Exception) -> str:
    if isinstance(error, MallError):
        return error.sentence
    if isinstance(error, exceptions.ValidationError):
        return _("Ada isian yang perlu diperbaiki.")
    if isinstance(error, exceptions.Throttled):
        return _("Terlalu banyak permintaan dari alamat ini. Tunggu sebentar, lalu coba lagi.")
    if isinstance(error, exceptions.APIException) and isinstance(error.detail, str):
        return str(error.detail)
    if isinstance(error, Http404):
        return _("Data yang Anda cari tidak ditemukan.")
    if isinstance(error, PermissionDenied | SuspiciousOperation):
        return _("Permintaan ini tidak dapat diterima.")
    return _("Terjadi kesalahan pada sistem. Sebutkan trace_id ini kepada kami.")


def _errors(error: Exception) -> Iterator[dict[str, str]]:
    """Each fault with the place it is about: a JSON Pointer, or the name of a parameter."""
    if isinstance(error, Invalid):
        for name, sentences in error.fields.items():
            place = {"parameter": name} if isinstance(error, BadQuery) else {"pointer": pointer(name)}
            yield from ({"detail": sentence, **place} for sentence in sentences)
    elif isinstance(error, exceptions.ValidationError):
        yield from _nested(error.detail, "")


def _nested(detail: Any, path: str) -> Iterator[dict[str, str]]:
    """DRF's faults, which mirror the body, as a flat list."""
    if isinstance(detail, Mapping):
        for key, value in detail.items():
            yield from _nested(value, path if key == "non_field_errors" else f"{path}/{_escaped(str(key))}")
    elif isinstance(detail, list):
        for at, value in enumerate(detail):
            inner = isinstance(value, Mapping | list)
            yield from _nested(value, f"{path}/{at}" if inner else path)
    else:
        yield {"detail": str(detail), "pointer": path}


PLACES: Final = {"paper": "/attachments", "mark": "/marks"}
"""Where those faults of the engine stand whose names begin with a word and a colon."""


def pointer(name: str) -> str:
    """A field of the engine as JSON Pointer; empty for the whole."""
    if not name:
        return ""
    kind, colon, code = name.partition(":")
    return f"{PLACES[kind]}/{_escaped(code)}" if colon and kind in PLACES else f"/{_escaped(name)}"


def _escaped(part: str) -> str:
    return part.replace("~", "~0").replace("/", "~1")


def _possible(error: Conflict, view: Any) -> list[str]:
    """What this caller may still do with the case, so that she need not guess."""
    tell = getattr(view, "possible_now", None)
    return list(tell()) if tell else sorted(error.possible)


def _headers(error: Exception) -> dict[str, str]:
    found: dict[str, str] = {}
    if auth := getattr(error, "auth_header", ""):
        found["WWW-Authenticate"] = auth
    if (wait := getattr(error, "wait", None)) is not None:
        found["Retry-After"] = str(max(1, int(wait)))
    return found
