"""One letter of each kind, made of cases that are played and then taken back: nothing of them stays."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.db import transaction

from agencies import clock
from agencies.ids import new_id
from agencies.workdays import Calendar
from documents.letters import composing, rendering
from documents.letters.kinds import LetterKind
from documents.permits.sealing.port import signer
from mall.canary.cast import CanaryCast
from mall.canary.script import Script
from mall.demo.cases import Diary
from workflows.cases.models import Case
from workflows.clock import sweep
from workflows.definition.queries import version_for_new_case
from workflows.objections.services import answer_objection, file_objection

REFUSED, DEEMED, PAID = "DPMPTSP-SIP-DOKTER", "DPMPTSP-TDPIK", "DPMPTSP-REKLAME-INSIDENTIL"
BEGUN = 30
"""Days ago, so that every term that the samples need has passed."""


class SampleScript(Script):
    """A script whose papers are ids only: no file is stored for a case that is taken back."""

    def _paper(self) -> UUID:
        return new_id()


def write(folder: Path) -> list[Path]:
    """Write every sample into the folder, not sealed, each marked as a trial; their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    with transaction.atomic():
        made = [_written(folder, case_id, kind, name) for case_id, kind, name in _told()]
        transaction.set_rollback(True)
    return made


def _told() -> Iterator[tuple[UUID, LetterKind, str]]:
    """Cases with the letter that each of them tells, and the name of its file."""
    refused = _played(REFUSED, "verify", "recommend", "inspect", "refuse")
    yield refused.case_id, LetterKind.COMPLETE, "berkas-lengkap"
    yield refused.case_id, LetterKind.REFUSAL, "penolakan"
    _answer(refused, upheld=False)
    yield refused.case_id, LetterKind.OBJECTION, "keberatan-ditolak"
    _answer(refused, upheld=True)
    yield refused.case_id, LetterKind.APPEAL, "banding-dikabulkan"
    deemed = _played(DEEMED)
    sweep.pass_term(deemed.case_id)
    yield deemed.case_id, LetterKind.DEEMED, "dianggap-dikabulkan"
    yield _played(PAID, "verify", "recommend", "inspect", "decide", "pay").case_id, LetterKind.PAYMENT, "kuitansi"


def _played(code: str, *parts: str) -> Script:
    """One case, handed in so many days ago on a working morning, and played this far."""
    calendar, day = Calendar.load(clock.today()), clock.today() - timedelta(days=BEGUN)
    while not calendar.is_working_day(day):
        day -= timedelta(days=1)
    script = SampleScript(version_for_new_case(code).definition, CanaryCast())
    steps = [getattr(script, part) for part in ("open", "answer", "attach", "submit", *parts)]
    begin = datetime(day.year, day.month, day.day, 8, 20, tzinfo=clock.WIB)
    Diary(begin, calendar).play(steps, script, pause=timedelta(hours=21))
    return script


def _answer(script: Script, *, upheld: bool) -> None:
    """The applicant files what comes next, and whoever it went to answers."""
    filed = file_objection(case_id=script.case_id, by=script.who.actor, reason="Lokasi kami sudah sesuai.")
    answer_objection(
        objection_id=filed.pk,
        by=script.cast.player(filed.post, filed.agency_id),
        upheld=upheld,
        answer="Kami sudah memeriksa lokasi Anda di peta tata ruang.",
        legal_basis="UU 30/2014 tentang Administrasi Pemerintahan, pasal 77",
    )


def _written(folder: Path, case_id: UUID, kind: LetterKind, name: str) -> Path:
    shown = ("service_version", "agency", "applicant", "organisation")
    words = composing.compose(Case.objects.select_related(*shown).get(pk=case_id), kind)
    seal, path = signer(), folder / f"{name}.pdf"
    path.write_bytes(rendering.render(words, seal=seal.words, certified=seal.certified))
    return path
