"""The hash chain of one subject's events."""

import hashlib
import json
import secrets
from typing import Any

from workflows.trail.models import Event

GENESIS = ""


def seal(event: Event) -> str:
    """SHA-256 (hex) over the previous hash and every fact of the event."""
    facts = [
        event.previous,
        str(event.id),
        event.subject_kind,
        str(event.subject_id),
        event.seq,
        event.kind,
        event.at.isoformat(),
        event.lane,
        event.actor_kind,
        str(event.actor_id or ""),
        event.actor_name,
        event.data,
    ]
    text = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def digest(text: str) -> dict[str, str]:
    """A salted digest of a text that must not itself stand in the log."""
    salt = secrets.token_hex(8)
    return {"salt": salt, "sha256": hashlib.sha256((salt + text).encode()).hexdigest()}


def first_break(events: list[Event]) -> Event | None:
    """The first event of a subject's chain, in order of seq, that does not follow; None when whole."""
    previous = GENESIS
    for position, event in enumerate(events, start=1):
        if event.seq != position or event.previous != previous or event.hash != seal(event):
            return event
        previous = event.hash
    return None


Facts = dict[str, Any]
