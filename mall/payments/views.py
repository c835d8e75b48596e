"""The one door for gateways. It answers in a closed set of words and tells nothing else."""

from http import HTTPStatus

import structlog
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from agencies.errors import MallError
from mall import doors
from mall.payments import drivers, services
from mall.payments.gateway import Malformed, Untrusted

log = structlog.get_logger(__name__)

LARGEST = 16 * 1024
WORDS = {
    HTTPStatus.OK: "ok",
    HTTPStatus.BAD_REQUEST: "malformed",
    HTTPStatus.UNAUTHORIZED: "untrusted",
    HTTPStatus.NOT_FOUND: "unknown",
    HTTPStatus.METHOD_NOT_ALLOWED: "post only",
    HTTPStatus.CONFLICT: "mismatch",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "too large",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "json only",
    HTTPStatus.SERVICE_UNAVAILABLE: "later",
}


@csrf_exempt
@doors.public
def webhook(request: HttpRequest, gateway: str) -> HttpResponse:
    """Take a signed notice of payment; the same notice again answers the same and changes nothing."""
    status = _shape_of(request) or _taken(request, gateway)
    if status is not HTTPStatus.OK:
        log.warning("payments.notice_refused", status=status.value)
    answer = JsonResponse({"status": WORDS[status]}, status=status)
    if status is HTTPStatus.METHOD_NOT_ALLOWED:
        answer["Allow"] = "POST"
    answer["Cache-Control"] = "no-store"
    return answer


def _shape_of(request: HttpRequest) -> HTTPStatus | None:
    """What is wrong with the request before its body is read, if anything."""
    if request.method != "POST":
        return HTTPStatus.METHOD_NOT_ALLOWED
    if request.content_type != "application/json":
        return HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > LARGEST:
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    return None


def _taken(request: HttpRequest, name: str) -> HTTPStatus:
    """Check the signature, read the notice, take the payment."""
    try:
        gateway = drivers.find(name)
        services.accept(gateway, gateway.verify_webhook(request.headers, request.body))
    except Untrusted:
        return HTTPStatus.UNAUTHORIZED
    except Malformed:
        return HTTPStatus.BAD_REQUEST
    except MallError as error:
        known = HTTPStatus(error.status)
        return known if known in WORDS else HTTPStatus.CONFLICT
    return HTTPStatus.OK
