"""Making a letter: composed once, rendered once, sealed as a step that may be repeated.

Each step looks at the row before it begins and writes its file before the row. So it may be killed anywhere and
called again, by two workers at once if need be: there is one letter in the end, with the words it had first.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import F

from agencies import clock
from agencies.errors import Missing
from documents import blobs
from documents.letters import composing, rendering
from documents.letters.kinds import LetterKind
from documents.letters.models import Letter, LetterState
from documents.letters.words import Words
from documents.permits.sealing.port import sealed_and_checked, signer
from workflows.cases.models import Case

log = structlog.get_logger(__name__)


def produce(case_id: UUID, kind: LetterKind) -> Letter:
    """Compose, render and seal this letter of a case; what is done already is not done again.

    Raises:
        Missing: nothing has happened that such a letter tells.
        Exception: whatever stopped it, noted on the row, so that the outbox tries again.
    """
    letter = _composed(case_id, kind)
    with _failures_noted(letter):
        return _sealed(_rendered(letter))


def _composed(case_id: UUID, kind: LetterKind) -> Letter:
    """The row with its words. A worker that comes second takes those of the first."""
    if found := Letter.objects.filter(case_id=case_id, kind=kind).first():
        return found
    shown = ("service_version", "agency", "applicant", "organisation")
    case = Case.objects.select_related(*shown).filter(pk=case_id).first()
    if case is None:
        raise Missing
    words = composing.compose(case, kind)
    facts = {"words": words.plain(), "number": words.number, "composed_at": clock.now()}
    layout = {"template_version": rendering.VERSION}
    return Letter.objects.get_or_create(case=case, kind=kind, defaults={**facts, **layout})[0]


def _rendered(letter: Letter) -> Letter:
    """The row with its rendered file."""
    if letter.unsigned_sha256:
        return letter
    seal = signer()
    words = Words.kept(letter.words)
    content = rendering.render(words, seal=seal.words, certified=seal.certified, version=letter.template_version)
    with transaction.atomic():
        blobs.hold()
        facts = {"unsigned_sha256": blobs.write(content), "rendered_at": clock.now()}
        first = Letter.objects.filter(pk=letter.pk, unsigned_sha256="")
        first.update(state=LetterState.RENDERED, **facts)
    letter.refresh_from_db()
    return letter


def _sealed(letter: Letter) -> Letter:
    """The row with its sealed file; the seal is checked before the file counts."""
    if letter.state == LetterState.SEALED:
        return letter
    seal = signer()
    content = sealed_and_checked(seal, blobs.read(letter.unsigned_sha256), number=letter.number)
    with transaction.atomic():
        blobs.hold()
        facts = {"sealed_sha256": blobs.write(content), "size": len(content), "sealed_at": clock.now()}
        Letter.objects.filter(pk=letter.pk).exclude(state=LetterState.SEALED).update(
            state=LetterState.SEALED, signer=seal.name, certified=seal.certified, last_error="", **facts
        )
    letter.refresh_from_db()
    return letter


@contextmanager
def _failures_noted(letter: Letter) -> Iterator[None]:
    """Leave the class of a failure on the row, where an administrator sees it, and let it go on."""
    try:
        yield
    except Exception as error:
        name = f"{type(error).__module__}.{type(error).__qualname__}"
        log.warning("letter.failed", letter=str(letter.pk), error=name)
        Letter.objects.filter(pk=letter.pk).exclude(state=LetterState.SEALED).update(
            state=LetterState.FAILED, failures=F("failures") + 1, last_error=name[:200]
        )
        raise
