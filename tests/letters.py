"""Letters for the tests: their cases driven through the engine, the letters made by the real worker code."""

import subprocess
from datetime import timedelta
from pathlib import Path

from agencies import clock
from documents.letters import queries
from documents.letters.kinds import LetterKind
from documents.letters.models import Letter
from tests.clockwork import Counter
from tests.engine import ADVISED, CHECKED, DECIDED, EngineScript, TestCast, played
from workflows.objections.services import answer_objection, file_objection
from workflows.trail import relay
from workflows.trail.models import OutboxRow

DOCTOR, BILLBOARD = "DPMPTSP-SIP-DOKTER", "DPMPTSP-REKLAME-INSIDENTIL"


def refused(cast: TestCast | None = None) -> EngineScript:
    """A refused case; its letters are still to be made."""
    return played(DOCTOR, *ADVISED, "refuse", cast=cast)


def complete() -> EngineScript:
    """A case whose papers are complete."""
    return played(DOCTOR, *CHECKED)


def paid() -> EngineScript:
    """A case whose fee is paid."""
    return played(BILLBOARD, *DECIDED, "pay")


def answered(*, upheld: bool = False, appeal: bool = False) -> EngineScript:
    """A refused case whose objection, or whose appeal after it, is answered."""
    script = refused()
    answers = [False, upheld] if appeal else [upheld]
    for days, said in enumerate(answers, 1):
        with clock.pretend(clock.now() + timedelta(days=days)):
            filed = file_objection(case_id=script.case_id, by=script.who.actor, reason="Lokasi sudah sesuai.")
            answer_objection(
                objection_id=filed.pk,
                by=script.cast.player(filed.post, filed.agency_id),
                upheld=said,
                answer="Kami sudah memeriksa lokasi Anda.",
                legal_basis="UU 30/2014, pasal 77",
            )
    return script


def deemed() -> Counter:
    """A case that the law has granted."""
    counter = Counter(days=5, deemed=True).submit("2026-10-05 09:00")
    counter.sweep("2026-10-20 09:00")
    return counter


def letter_of(case_id: object, kind: LetterKind) -> Letter:
    """The letter, once everything is made that was promised, also what a test played in days to come."""
    OutboxRow.objects.filter(consumer="documents.letter", state="pending").update(next_attempt_at=clock.now())
    relay.drain("letters")
    return Letter.objects.get(case_id=case_id, kind=kind)


def printed(letter: Letter, folder: Path) -> str:
    """What a reader finds in its PDF, with runs of blanks made one."""
    (folder / "l.pdf").write_bytes(queries.content_of(letter))
    argv = ["pdftotext", "-raw", "-nopgbrk", str(folder / "l.pdf"), "-"]
    return " ".join(subprocess.run(argv, capture_output=True, check=True, text=True).stdout.split())
