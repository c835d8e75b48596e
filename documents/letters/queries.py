"""Reading letters: for the pages that show them, and for those who may download them."""

from uuid import UUID

from django.utils.translation import gettext as _

from agencies.errors import Conflict, Missing
from documents import blobs
from documents.letters import composing
from documents.letters.kinds import LetterKind
from documents.letters.models import Letter, LetterState
from documents.letters.words import Words
from workflows.actors import Actor
from workflows.cases.models import Case
from workflows.cases.queries import visible_to


def letters_of(case: Case) -> list[Letter]:
    """The letters of a case that can be downloaded, oldest first, without their words. One query."""
    rows = Letter.objects.filter(case=case, state=LetterState.SEALED).defer("words")
    return list(rows.order_by("composed_at", "id"))


def shown(case: Case, kind: LetterKind) -> tuple[Words, bool]:
    """What the letter says, and whether its PDF is there. One query, at most nine while it is being made.

    Raises:
        Missing: nothing has happened that such a letter tells.
    """
    found = Letter.objects.filter(case=case, kind=kind).values_list("words", "state").first()
    if found is None:
        return composing.compose(case, kind), False
    return Words.kept(found[0]), found[1] == LetterState.SEALED


def letter_for(actor: Actor, case_id: UUID, kind: str) -> tuple[Letter, Case]:
    """The sealed letter of a case, for whoever may see the case: its applicant, her clerk, the staff who handle it.

    Raises `Missing` for everybody else and where there is no such letter, `Conflict` while it is being made.
    At most three queries.
    """
    case = visible_to(actor).filter(pk=case_id).first()
    found = Letter.objects.filter(case=case, kind=kind).defer("words").first() if case else None
    if case is None or found is None:
        raise Missing
    if found.state != LetterState.SEALED:
        raise Conflict(_("Dokumen sedang disiapkan. Coba lagi beberapa saat lagi."))
    return found, case


def content_of(letter: Letter) -> bytes:
    """The sealed bytes. Raises `blobs.LostFile` when they are gone or changed."""
    return blobs.read(letter.sealed_sha256)
