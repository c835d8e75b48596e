"""The port of a signer: what puts an electronic seal on a permit, here or at a certification provider."""

from dataclasses import dataclass
from functools import cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

LOCAL = "documents.permits.sealing.local.LocalSigner"


class SealRefused(RuntimeError):
    """The signer gave no seal, or one that does not hold. Another attempt may do better."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is true of a sealed file."""

    valid: bool
    """Exactly one seal, by our own certificate, over the whole file, unbroken."""
    why: str = ""
    """If not, which of these fails; for the log."""


class Signer(Protocol):
    """Seals a PDF (PAdES) and checks its own seals. Certified ones (BSrE) stand behind the same port."""

    name: str
    certified: bool
    words: str
    """What is printed beside the seal, in Indonesian."""

    def seal(self, pdf: bytes, *, number: str) -> bytes:
        """The same bytes with a seal appended; `SealRefused` when there is none to be had now."""

    def verify(self, sealed: bytes) -> Verdict:
        """Does the seal on these bytes hold?"""


@cache
def signer() -> Signer:
    """The signer of this installation: `MALL_SIGNER`, or the local key, which is labelled as a trial."""
    made: Signer = import_string(getattr(settings, "MALL_SIGNER", LOCAL))()
    return made


def sealed_and_checked(seal: Signer, unsigned: bytes, *, number: str) -> bytes:
    """These bytes with a seal that holds. Raises `SealRefused` when it does not, or when anything else changed."""
    content = seal.seal(unsigned, number=number)
    verdict = seal.verify(content)
    if not (verdict.valid and content.startswith(unsigned)):
        raise SealRefused(verdict.why or "the signer changed the document")
    return content
