"""What the simulator remembers: bills, payments and how the mall answered, one JSON line each."""

import json
import os
import secrets
import threading
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from agencies import clock

PREFIX = "88035"
"""Begins each pay code, as a bank's number begins a virtual account."""


@dataclass
class Payment:
    """Money that a payer has sent. `told` is the mall's last answer: 0 while it has not heard."""

    payment: str
    amount: int
    paid_at: str
    told: int = 0
    tries: int = 0
    silent: bool = False


@dataclass
class Bill:
    """A bill that the mall has asked for."""

    bill: str
    pay_code: str
    reference: str
    amount: int
    expires_at: str
    description: str
    payments: list[Payment] = field(default_factory=list)


class Mismatch(Exception):
    """A reference that stands for another amount already."""


class Journal:
    """All bills, in memory and in a file that only grows; safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        """Read what is there; a last line cut short by a crash is passed over."""
        self._lock = threading.RLock()
        self._path = path
        self._bills: dict[str, Bill] = {}
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
        kept = path.read_text(encoding="utf-8")
        for line in kept.splitlines():
            try:
                self._apply(json.loads(line))
            except (ValueError, KeyError, TypeError):
                continue
        if kept and not kept.endswith("\n"):
            with path.open("a", encoding="utf-8") as file:
                file.write("\n")

    def make(self, reference: str, amount: int, expires_at: str, description: str) -> Bill:
        """The bill for that reference, made when there is none. Raises `Mismatch` for another amount."""
        with self._lock:
            found = next((one for one in self._bills.values() if one.reference == reference), None)
            if found and found.amount != amount:
                raise Mismatch
            if found:
                return found
            code = PREFIX + "".join(secrets.choice("0123456789") for _digit in range(11))
            made = Bill(f"SIM-{secrets.token_hex(12)}", code, reference, amount, expires_at, description)
            entry = asdict(made)
            del entry["payments"]
            self._write({"new": entry})
            return self._bills[made.bill]

    def pay(self, bill: Bill, amount: int, paid_at: str, *, silent: bool = False) -> Payment:
        """Note money for a bill; nobody has told the mall yet."""
        with self._lock:
            made = Payment(f"PAY-{secrets.token_hex(12)}", amount, paid_at, silent=silent)
            self._write({"paid": bill.bill, "payment": asdict(made)})
            return bill.payments[-1]

    def told(self, bill: Bill, payment: Payment, status: int) -> None:
        """Note how the mall answered; 0 when it did not."""
        with self._lock:
            self._write({"told": bill.bill, "payment": payment.payment, "status": status})

    def bill(self, name: str) -> Bill | None:
        """The bill of that name."""
        return self._bills.get(name)

    def by_code(self, code: str) -> Bill | None:
        """The bill with that pay code."""
        with self._lock:
            return next((one for one in self._bills.values() if one.pay_code == code), None)

    def latest(self, most: int = 20) -> list[Bill]:
        """The newest bills, newest first."""
        with self._lock:
            return list(self._bills.values())[: -most - 1 : -1]

    def paid_on(self, day: date) -> list[tuple[Bill, Payment]]:
        """What came on that day (WIB), in the order of coming: what a bank would report."""
        with self._lock:
            every = [(b, p) for b in self._bills.values() for p in b.payments]
        that_day = [pair for pair in every if clock.wib_date(datetime.fromisoformat(pair[1].paid_at)) == day]
        return sorted(that_day, key=lambda pair: pair[1].paid_at)

    def untold(self) -> list[tuple[Bill, Payment]]:
        """Payments of which the mall has not heard, but should."""
        with self._lock:
            return [(b, p) for b in self._bills.values() for p in b.payments if not p.told and not p.silent]

    def _write(self, entry: dict[str, Any]) -> None:
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")
            file.flush()
            os.fsync(file.fileno())
        self._apply(entry)

    def _apply(self, entry: dict[str, Any]) -> None:
        if "new" in entry:
            made = Bill(**entry["new"])
            self._bills[made.bill] = made
        elif "paid" in entry:
            self._bills[entry["paid"]].payments.append(Payment(**entry["payment"]))
        elif "told" in entry:
            for payment in self._bills[entry["told"]].payments:
                if payment.payment == entry["payment"]:
                    payment.told, payment.tries = entry["status"], payment.tries + 1
