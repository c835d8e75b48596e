"""The simulator's HTTP side: a signed interface for the mall, and pages for people."""

import json
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from agencies import clock
from mall.payments import signing
from mall.payments.simulator import pages
from mall.payments.simulator.calls import Caller, notice
from mall.payments.simulator.journal import Bill, Journal, Mismatch

LARGEST = 16 * 1024
TOO_LITTLE = 1000
MOMENT = 2.0
BACK = "/permohonan/"
"""Where the mall shows a payer her applications."""
CSP = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"


class Gateway(ThreadingHTTPServer):
    """The listening program, on the loopback only."""

    daemon_threads = True

    def __init__(self, port: int, journal: Journal, caller: Caller, *, key: str, mall: str) -> None:
        """`mall` is the address to which payers are sent back."""
        self.journal, self.caller, self.key, self.mall = journal, caller, key, mall
        super().__init__(("127.0.0.1", port), Handler)


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: Gateway
    timeout = 30

    def do_GET(self) -> None:
        """Pages, the style sheet, and the question which payments came for a bill."""
        path = urlsplit(self.path).path
        if path == "/":
            self._page(pages.front(self.server.journal.latest()))
        elif path == "/gaya.css":
            self._send(HTTPStatus.OK, pages.STYLE.encode(), "text/css; charset=utf-8")
        elif path.startswith("/bank/"):
            self._bank_file(path.removeprefix("/bank/").removesuffix(".csv"))
        elif path.startswith("/bayar/"):
            self._with_bill(path, lambda bill: self._page(pages.bill_page(bill, self.server.mall + BACK)))
        elif path.startswith("/api/bills/") and path.endswith("/payments"):
            self._payments(path.split("/")[3])
        else:
            self._nothing()

    def do_POST(self) -> None:
        """A bill that the mall asks for, or a button that a person pressed."""
        path = urlsplit(self.path).path
        length = self.headers.get("Content-Length", "0")
        if not length.isdigit() or int(length) > LARGEST:
            self._json({"error": "too large"}, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return
        body = self.rfile.read(int(length))
        if path == "/api/bills":
            self._make(body)
        elif path.startswith("/bayar/"):
            self._with_bill(path, lambda bill: self._press(bill, body))
        else:
            self._nothing()

    def _make(self, body: bytes) -> None:
        if not self._is_the_mall(body):
            return
        try:
            said = json.loads(body)
            amount = int(said["amount"])
            until = datetime.fromisoformat(said["expires_at"]).isoformat()
            made = self.server.journal.make(str(said["reference"]), amount, until, str(said["description"]))
        except (ValueError, KeyError, TypeError):
            self._json({"error": "malformed"}, HTTPStatus.BAD_REQUEST)
        except Mismatch:
            self._json({"error": "another amount"}, HTTPStatus.CONFLICT)
        else:
            self._json({"bill": made.bill, "pay_code": made.pay_code, "expires_at": made.expires_at})

    def _payments(self, name: str) -> None:
        if not self._is_the_mall(b""):
            return
        bill = self.server.journal.bill(name)
        if bill is None:
            self._json({"error": "unknown"}, HTTPStatus.NOT_FOUND)
            return
        self._json({"payments": [notice(bill, payment) for payment in bill.payments]})

    def _bank_file(self, text: str) -> None:
        """What the treasury's bank reports of one day, in the form that the mall's tie-out reads."""
        try:
            day = date.fromisoformat(text)
        except ValueError:
            self._nothing()
            return
        self._send(HTTPStatus.OK, pages.bank_file(day, self.server.journal.paid_on(day)).encode(), "text/csv")

    def _is_the_mall(self, body: bytes) -> bool:
        """Is the call signed with our common key? Answers it when not."""
        asked = f"{self.command} {self.path}\n".encode() + body
        if signing.holds(self.server.key, {k.title(): v for k, v in self.headers.items()}, asked, clock.now()):
            return True
        self._json({"error": "untrusted"}, HTTPStatus.UNAUTHORIZED)
        return False

    def _press(self, bill: Bill, body: bytes) -> None:
        """Pay as the button says, tell the mall, and show the bill again."""
        pressed = parse_qs(body.decode("utf-8", "replace")).get("cara", [""])[0]
        if pressed not in pages.BUTTONS:
            self._nothing()
            return
        for amount, paid_at in _payments_of(pressed, bill):
            self.server.journal.pay(bill, amount, paid_at.isoformat(), silent=pressed == "silent")
        self.server.caller.ring()
        self._wait_for_the_mall(bill)
        self._send(HTTPStatus.SEE_OTHER, b"", "text/plain", {"Location": f"/bayar/{bill.pay_code}"})

    def _wait_for_the_mall(self, bill: Bill) -> None:
        """Give the mall a moment to answer, so that the page can say how it did."""
        end = time.monotonic() + MOMENT
        while time.monotonic() < end and any(not one.told and not one.silent for one in bill.payments):
            time.sleep(0.05)

    def _with_bill(self, path: str, show: Callable[[Bill], None]) -> None:
        bill = self.server.journal.by_code(path.removeprefix("/bayar/").strip("/"))
        if bill is None:
            self._nothing()
        else:
            show(bill)

    def _nothing(self) -> None:
        told = "<p>Periksa kembali kode bayar Anda.</p>"
        self._page(pages.page("Tagihan tidak ditemukan", told), HTTPStatus.NOT_FOUND)

    def _page(self, html: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self._send(status, html.encode(), "text/html; charset=utf-8", {"Content-Security-Policy": CSP})

    def _json(self, said: dict[str, Any], status: HTTPStatus = HTTPStatus.OK) -> None:
        self._send(status, json.dumps(said).encode(), "application/json")

    def _send(self, status: HTTPStatus, body: bytes, kind: str, more: dict[str, str] | None = None) -> None:
        self.send_response(status)
        fixed = {"Content-Type": kind, "Content-Length": str(len(body)), "X-Content-Type-Options": "nosniff"}
        for name, value in (fixed | (more or {})).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the library's
        """Nothing: a pay code in a log is of no use to anybody honest."""


def _payments_of(pressed: str, bill: Bill) -> list[tuple[int, datetime]]:
    """What the payer sends: sums and moments."""
    now = clock.now()
    if pressed == "twice":
        return [(bill.amount, now), (bill.amount, now)]
    if pressed == "wrong":
        return [(max(bill.amount - TOO_LITTLE, 1), now)]
    if pressed == "late":
        return [(bill.amount, max(now, datetime.fromisoformat(bill.expires_at)) + timedelta(hours=1))]
    return [(bill.amount, now)]
