"""The secret link by which a requester comes back. It is computed from the request's id and kept nowhere."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from agencies.sealing import blind_index

SHOWN: Final = timedelta(minutes=15)
"""So long the page says that the request has just arrived."""
PROOF_BYTES: Final = 16


def link_of(request_id: UUID) -> str:
    """What stands in the address: the id with its proof."""
    return urlsafe_b64encode(request_id.bytes + _proof(request_id)).decode().rstrip("=")


def read_link(text: str) -> UUID | None:
    """The request of a link; None when it is not one of ours."""
    try:
        raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
        request_id, proof = UUID(bytes=raw[:16]), raw[16:]
    except (Error, ValueError):
        return None
    return request_id if hmac.compare_digest(proof, _proof(request_id)) else None


def is_new(registered_at: datetime, now: datetime) -> bool:
    """Has it just arrived?"""
    return now - registered_at < SHOWN


def _proof(request_id: UUID) -> bytes:
    return bytes.fromhex(blind_index(str(request_id), purpose="information.link"))[:PROOF_BYTES]
