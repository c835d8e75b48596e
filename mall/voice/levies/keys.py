"""How a reporter comes back: a link, or a code with a secret word. None of them is kept.

The link and the word are computed from the report's id under the key of the blind indexes, so that a copy of the
database opens no report. The word is shown for a quarter of an hour after filing and never again. `of` says what
kind of report it is: the link of one kind opens nothing of another.
"""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from agencies.sealing import blind_index

SHOWN: Final = timedelta(minutes=15)
PROOF_BYTES: Final = 16
"""128 bits that nobody guesses."""
CONSONANTS: Final = "bdgjklmnprstwyhc"
VOWELS: Final = "aiueo"
SYLLABLES: Final = 4
LEVY: Final = "levy"


def word_of(report_id: UUID, of: str = LEVY) -> str:
    """The secret word: four syllables that can be read out and remembered, some 25 bits."""
    digits = bytes.fromhex(blind_index(str(report_id), purpose=f"{of}.word"))
    pairs = zip(digits[::2], digits[1::2], strict=True)
    found = [CONSONANTS[one % len(CONSONANTS)] + VOWELS[two % len(VOWELS)] for one, two in pairs]
    return "".join(found[:SYLLABLES])


def link_of(report_id: UUID, of: str = LEVY) -> str:
    """What stands in the address: the id with its proof."""
    return urlsafe_b64encode(report_id.bytes + _proof(report_id, of)).decode().rstrip("=")


def read_link(text: str, of: str = LEVY) -> UUID | None:
    """The report of a link; None when it is not one of ours."""
    try:
        raw = urlsafe_b64decode(text + "=" * (-len(text) % 4))
        report_id, proof = UUID(bytes=raw[:16]), raw[16:]
    except (Error, ValueError):
        return None
    return report_id if hmac.compare_digest(proof, _proof(report_id, of)) else None


def is_word_of(report_id: UUID | None, typed: str, of: str = LEVY) -> bool:
    """Is this the word of the report? The same work when there is no report."""
    known = word_of(report_id or UUID(int=0), of)
    same = hmac.compare_digest(known.encode(), "".join(typed.lower().split()).encode())
    return same and report_id is not None


def is_shown(filed_at: datetime, now: datetime) -> bool:
    """Are code and word still shown?"""
    return now - filed_at < SHOWN


def _proof(report_id: UUID, of: str) -> bytes:
    return bytes.fromhex(blind_index(str(report_id), purpose=f"{of}.link"))[:PROOF_BYTES]
