"""Times, pages and links, the same everywhere."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final, TypeVar
from urllib.parse import urlencode

from django.db.models import Model
from rest_framework.request import Request
from rest_framework.response import Response

from agencies import clock
from workflows.definition.model import Text
from workflows.paging import Page

M = TypeVar("M", bound=Model)
ROOT: Final = "/api/v1"


def address(*parts: object) -> str:
    """Where something stands below the API; put together by hand, because lists hold many."""
    return "/".join((ROOT, *map(str, parts)))


def moment(at: datetime | None) -> str | None:
    """RFC 3339 with the offset of Banyuwangi."""
    return clock.wib(at).isoformat() if at else None


def text(value: Text) -> dict[str, str]:
    """Indonesian always, English when there is one."""
    return {"id": value.id, "en": value.en} if value.en else {"id": value.id}


def listed(request: Request, page: Page[M], present: Callable[[M], dict[str, Any]]) -> Response:
    """One page: the items and, in the body and as `Link`, where the next one is."""
    following = _next(request, page.next) if page.next else None
    response = Response({"items": [present(one) for one in page.items], "next": following})
    if following:
        response["Link"] = f'<{following}>; rel="next"'
    return response


def _next(request: Request, cursor: str) -> str:
    asked = {name: value for name, value in request.query_params.items() if name != "cursor"}
    return f"{request.path}?{urlencode({**asked, 'cursor': cursor})}"
