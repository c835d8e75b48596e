"""Signatures between the mall and the gateway: HMAC-SHA256 over the time of sending and the raw body."""

import hashlib
import hmac
from base64 import b64decode
from collections.abc import Mapping
from datetime import datetime, timedelta

TIMESTAMP = "X-Timestamp"
SIGNATURE = "X-Signature"
FRESH = timedelta(minutes=5)
DIGITS = 12
"""More than any time in seconds has for the next thirty thousand years."""


def signature(key: str, timestamp: str, body: bytes) -> str:
    """The signature in hex; `key` is base64."""
    return hmac.new(b64decode(key), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def signed(key: str, body: bytes, now: datetime) -> dict[str, str]:
    """The two headers that go with a body sent now."""
    timestamp = str(int(now.timestamp()))
    return {TIMESTAMP: timestamp, SIGNATURE: signature(key, timestamp, body)}


def holds(key: str, headers: Mapping[str, str], body: bytes, now: datetime) -> bool:
    """Is the body signed with this key, at most five minutes before or after `now`?"""
    timestamp, given = headers.get(TIMESTAMP, ""), headers.get(SIGNATURE, "")
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= DIGITS and given.isascii()):
        return False
    if abs(now.timestamp() - int(timestamp)) > FRESH.total_seconds():
        return False
    return hmac.compare_digest(signature(key, timestamp, body), given)
