"""Identity of rows: UUIDv7, so that ids sort by birth and never collide between machines."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A fresh UUIDv7."""
    return uuid7()
