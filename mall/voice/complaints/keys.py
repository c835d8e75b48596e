"""How a reporter comes back to her complaint; see `mall.voice.levies.keys`."""

from typing import Final
from uuid import UUID

from mall.voice.levies import keys

COMPLAINT: Final = "complaint"


def word_of(complaint_id: UUID) -> str:
    """The secret word."""
    return keys.word_of(complaint_id, COMPLAINT)


def link_of(complaint_id: UUID) -> str:
    """What stands in the address of the reporter's page."""
    return keys.link_of(complaint_id, COMPLAINT)


def read_link(text: str) -> UUID | None:
    """The complaint of a link; None when it is not one of ours."""
    return keys.read_link(text, COMPLAINT)


def is_word_of(complaint_id: UUID | None, typed: str) -> bool:
    """Is this its word? The same work when there is no complaint."""
    return keys.is_word_of(complaint_id, typed, COMPLAINT)
