"""Reading a payment notice: a closed set of fields, exact types, no surprises."""

import json
import re
from datetime import datetime
from typing import Any, NoReturn

from mall.payments.gateway import Malformed, PaymentNotice

FIELDS = frozenset({"bill", "payment", "reference", "currency", "amount", "paid_at"})
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,63}")
MOST = 10**13
"""Ten trillion rupiah; no fee of a regency comes near."""


def read(body: bytes) -> PaymentNotice:
    """The notice in a body. Raises `Malformed` for anything that is not exactly one."""
    try:
        said = json.loads(body, object_pairs_hook=_once, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise Malformed from error
    return notice(said)


def notice(said: Any) -> PaymentNotice:
    """The notice in parsed JSON. Raises `Malformed`."""
    if not isinstance(said, dict) or said.keys() != FIELDS or said["currency"] != "IDR":
        raise Malformed
    bill, payment, reference = said["bill"], said["payment"], said["reference"]
    if not all(isinstance(name, str) and NAME.fullmatch(name) for name in (bill, payment, reference)):
        raise Malformed
    amount = said["amount"]
    if type(amount) is not int or not 0 < amount < MOST:
        raise Malformed
    return PaymentNotice(bill, payment, reference, amount, moment(said["paid_at"]))


def moment(text: Any) -> datetime:
    """A moment with its offset. Raises `Malformed`."""
    try:
        found = datetime.fromisoformat(text)
    except (TypeError, ValueError) as error:
        raise Malformed from error
    if found.tzinfo is None:
        raise Malformed
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object in which no name stands twice: two readers could each take another one."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def _refuse(_constant: str) -> NoReturn:
    raise ValueError
