"""One log line a request, with an id that the answer carries too."""

import re
import time
import uuid
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

log = structlog.get_logger("mall.request")
_GIVEN = re.compile(r"[0-9A-Za-z-]{8,64}")
_QUIET = {"healthz", "readyz"}


class RequestLog:
    """Middleware: binds `request_id` for every log line of the request and logs its end.

    The address is logged as its route pattern, never as typed: tracking codes are for their owner.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, name the request, log it."""
        given = request.headers.get("X-Request-ID", "")
        request_id = given if _GIVEN.fullmatch(given) else uuid.uuid4().hex
        started = time.perf_counter()
        with structlog.contextvars.bound_contextvars(request_id=request_id):
            response = self.get_response(request)
            match = request.resolver_match
            if match is None or match.url_name not in _QUIET:
                log.info(
                    "request",
                    method=request.method,
                    route=match.route if match else None,
                    status=response.status_code,
                    ms=round((time.perf_counter() - started) * 1000, 1),
                )
        response["X-Request-ID"] = request_id
        return response
