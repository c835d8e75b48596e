"""Speaks to the pretended gateway of the demo, a program of its own (`mall.payments.simulator`)."""

import http.client
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from agencies import clock
from agencies.errors import Unavailable
from mall.payments import notices, signing
from mall.payments.gateway import BillRef, Malformed, PaymentNotice, Untrusted

PATIENCE = 5.0
"""Seconds until the gateway counts as silent."""
LARGEST = 256 * 1024


class Simulator:
    """The pretended gateway."""

    name = "simulator"

    def create_bill(self, reference: str, amount: int, expires_at: datetime, description: str) -> BillRef:
        """Ask for a bill; the same reference gives the same bill."""
        wanted = {
            "reference": reference,
            "amount": amount,
            "expires_at": expires_at.isoformat(),
            "description": description,
        }
        said = self._ask("POST", "/api/bills", json.dumps(wanted).encode())
        try:
            return BillRef(
                gateway_ref=str(said["bill"]),
                pay_code=str(said["pay_code"]),
                pay_url=f"{settings.MALL_GATEWAY_URL}/bayar/{quote(str(said['pay_code']), safe='')}",
                expires_at=notices.moment(said["expires_at"]),
            )
        except (KeyError, Malformed) as error:
            raise _unavailable() from error

    def verify_webhook(self, headers: Mapping[str, str], body: bytes) -> PaymentNotice:
        """The notice, once the signature holds."""
        if not signing.holds(settings.MALL_GATEWAY_KEY, headers, body, clock.now()):
            raise Untrusted
        return notices.read(body)

    def payments_of(self, gateway_ref: str) -> Sequence[PaymentNotice]:
        """Every payment for that bill."""
        said = self._ask("GET", f"/api/bills/{quote(gateway_ref, safe='')}/payments")
        try:
            return [notices.notice(one) for one in said["payments"]]
        except (KeyError, TypeError, Malformed) as error:
            raise _unavailable() from error

    def _ask(self, method: str, path: str, body: bytes = b"") -> dict[str, Any]:
        """One signed call; anything but a JSON object with 200 is `Unavailable`."""
        where = urlsplit(settings.MALL_GATEWAY_URL)
        secure = where.scheme == "https"
        kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        headers = {"Content-Type": "application/json"}
        # The path is signed with the body, or a question could be passed off as another one.
        headers |= signing.signed(settings.MALL_GATEWAY_KEY, f"{method} {path}\n".encode() + body, clock.now())
        link = kind(where.hostname or "", where.port, timeout=PATIENCE)
        try:
            link.request(method, path, body, headers)
            answer = link.getresponse()
            text = answer.read(LARGEST)
            said = json.loads(text) if answer.status == http.client.OK else None
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise _unavailable() from error
        finally:
            link.close()
        if not isinstance(said, dict):
            raise _unavailable()
        return said


def _unavailable() -> Unavailable:
    return Unavailable(_("Gerbang pembayaran sedang tidak dapat dihubungi. Tagihan dibuat begitu gerbang pulih."))
