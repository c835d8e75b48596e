"""What anybody may ask with a code in hand: where a case stands, and whether a permit is real."""

import hmac
from typing import Any, Final

from rest_framework.request import Request
from rest_framework.response import Response

from agencies.errors import Missing
from agencies.sealing import blind_index
from documents.permits.queries import public_permit
from mall.api import docs, inputs
from mall.api.parsing import body_of
from mall.api.shapes.cases import tracked
from mall.api.view import ApiView
from mall.doors import Door
from workflows.cases import queries

HOUR: Final = 3600
TRIES: Final = 10
"""Attempts an hour at one code from one address."""
TRIES_ANY: Final = 60
"""Attempts an hour at any code from one address."""
VERIFIED: Final = 120
"""Permits a minute from one address."""
NOBODY: Final = "\0\0\0\0"


class Tracking(ApiView):
    """Where a case stands, for whoever has the receipt and knows the applicant."""

    door = Door(public=True)

    @docs.tracking
    def post(self, request: Request) -> Response:
        """The status. Code and digits are in the body, because addresses are written down everywhere."""
        given = body_of(request, inputs.TrackingQuery)
        code = "".join(letter for letter in given["code"].upper() if letter.isalnum())
        self.limit(request, "api.track", TRIES_ANY, HOUR)
        self.limit(request, f"api.track.{blind_index(code, purpose='track')[:16]}", TRIES, HOUR)
        case = queries.by_tracking_code(code)
        known = case.applicant.nik[-4:] if case and case.applicant.nik else NOBODY
        if not hmac.compare_digest(known.encode(), given["digits"].encode()) or case is None:
            raise Missing
        return Response(tracked(case), headers={"Cache-Control": "private, no-store"})


class Permits(ApiView):
    """A permit, by the code that is printed on it."""

    door = Door(public=True)

    @docs.permit
    def get(self, request: Request, code: str) -> Response:
        """What it is worth today. One query."""
        self.limit(request, "api.permit", VERIFIED, 60)
        found = public_permit(code)
        return Response(_shown(found), headers={"Cache-Control": "no-store"})


def _shown(found: Any) -> dict[str, Any]:
    return {
        "standing": str(found.standing),
        "standing_label": found.words,
        "number": found.number,
        "product": found.product,
        "service": found.service,
        "agency": found.agency,
        "holder": found.holder,
        "issued_on": found.issued_on.isoformat(),
        "valid_until": found.valid_until.isoformat() if found.valid_until else None,
        "sha256": found.sha256,
        "certified": found.certified,
        "recorded_in": found.recorded_in,
        "trial": found.trial,
    }
