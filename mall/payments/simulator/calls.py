"""Tells the mall of payments, and goes on telling until it has answered for good."""

import http.client
import json
import threading
import time
from urllib.parse import urlsplit

from agencies import clock
from mall.payments import signing
from mall.payments.simulator.journal import Bill, Journal, Payment

PATIENCE = 10.0
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0
ASK_AGAIN = frozenset({0, 401, 408, 429})
"""No answer, a clock that runs wrong, too busy: worth another try, as is every 5xx."""


class Caller:
    """A thread that delivers notices, each with growing pauses between its attempts."""

    def __init__(self, journal: Journal, webhook: str, key: str) -> None:
        """Calls `webhook`, an address, signing with `key`."""
        self._journal, self._webhook, self._key = journal, urlsplit(webhook), key
        self._bell = threading.Event()
        self._not_before: dict[str, float] = {}

    def start(self) -> None:
        """Begin, with what an earlier run left untold."""
        threading.Thread(target=self._run, daemon=True).start()

    def ring(self) -> None:
        """There is something new to tell."""
        self._bell.set()

    def call(self, bill: Bill, payment: Payment) -> int:
        """Tell the mall once; its status, or 0 when it did not answer."""
        body = json.dumps(notice(bill, payment)).encode()
        headers = {"Content-Type": "application/json"} | signing.signed(self._key, body, clock.now())
        secure = self._webhook.scheme == "https"
        kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        link = kind(self._webhook.hostname or "", self._webhook.port, timeout=PATIENCE)
        try:
            link.request("POST", self._webhook.path, body, headers)
            return link.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            link.close()

    def _run(self) -> None:
        while True:
            self._bell.wait(FIRST_WAIT)
            self._bell.clear()
            for bill, payment in self._journal.untold():
                if time.monotonic() >= self._not_before.get(payment.payment, 0.0):
                    self._tell(bill, payment)

    def _tell(self, bill: Bill, payment: Payment) -> None:
        status = self.call(bill, payment)
        again = status in ASK_AGAIN or status >= http.client.INTERNAL_SERVER_ERROR
        self._journal.told(bill, payment, 0 if again else status)
        wait = min(FIRST_WAIT * 2 ** min(payment.tries, 10), LONGEST_WAIT)
        self._not_before[payment.payment] = time.monotonic() + wait


def notice(bill: Bill, payment: Payment) -> dict[str, object]:
    """What the mall is told."""
    return {
        "bill": bill.bill,
        "payment": payment.payment,
        "reference": bill.reference,
        "currency": "IDR",
        "amount": payment.amount,
        "paid_at": payment.paid_at,
    }
