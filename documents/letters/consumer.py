"""The promise behind everything that an applicant is told in writing: its letter will be made."""

from typing import Final

from documents.letters import services
from documents.letters.kinds import LetterKind
from workflows.trail.registry import Consumer, Delivered

NAME = "documents.letter"
QUEUE = "letters"
"""A queue of its own, so that no permit waits behind letters."""

KINDS: Final[dict[str, LetterKind]] = {
    "case.accepted": LetterKind.COMPLETE,
    "case.served": LetterKind.COMPLETE,
    "case.settled": LetterKind.PAYMENT,
    "case.refused": LetterKind.REFUSAL,
    "deemed.stated": LetterKind.DEEMED,
}
ANSWERED: Final = frozenset({"objection.upheld", "objection.rejected"})
BY_INSTANCE: Final = {"objection": LetterKind.OBJECTION, "appeal": LetterKind.APPEAL}


def handle(delivered: Delivered) -> None:
    """Make the letter that tells what has happened to the case."""
    event = delivered.event
    kind = BY_INSTANCE[event.data["instance"]] if event.kind in ANSWERED else KINDS[event.kind]
    services.produce(event.subject_id, kind)


CONSUMER = Consumer(NAME, ANSWERED | KINDS.keys(), handle, queue=QUEUE)
