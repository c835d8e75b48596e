"""What a file may ask of us, and the codes of the faults that the child reports."""

from enum import StrEnum

MEMORY = 1536 * 1024 * 1024
SECONDS = 10
MOST_OBJECTS = 100_000
DEEPEST = 64
MOST_WRITTEN = 20 * 1024 * 1024


class Fault(StrEnum):
    UNREADABLE = "unreadable"
    ENCRYPTED = "encrypted"
    EMPTY = "empty"
    PAGES = "pages"
    PIXELS = "pixels"
    COMPLEX = "complex"


class Unfit(Exception):
    """The file cannot be taken; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(fault.value)
