"""What inspectors do with a signal: open it, open one of its cases, and write down what they made of it."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from agencies import clock
from agencies.errors import Invalid
from mall.voice.levies.models import LevyReport
from mall.voice.levies.queries import readable as readable_reports
from mall.voice.signals import queries
from mall.voice.signals.models import Signal, SignalNote
from workflows import looks
from workflows.actors import Actor
from workflows.cases.models import Case
from workflows.trail import services as trail
from workflows.trail.chain import digest

SUBJECT = "signal"
PURPOSE = "oversight"
LONGEST = 4000


@transaction.atomic
def read_signal(*, signal_id: UUID, by: Actor) -> Signal:
    """Open a signal; that she looked is an event.

    Raises `Missing` for what is about herself, `Refused` outside the inspectorate.
    """
    signal = queries.signal_for(by, signal_id)
    trail.record(subject_kind=SUBJECT, subject_id=signal.pk, kind="signal.read", by=by)
    return signal


@transaction.atomic
def look_at_case(*, signal_id: UUID, case_id: UUID, by: Actor) -> Case:
    """Open one of its cases, as a look that the applicant can read; `Missing` for any other case."""
    case = queries.case_for(by, queries.signal_for(by, signal_id), case_id)
    looks.look(by=by, case=case, purpose=PURPOSE)
    return case


@transaction.atomic
def note(*, signal_id: UUID, by: Actor, verdict: str, text: str, report: str = "") -> SignalNote:
    """Write down what she made of it; nothing follows from it by itself.

    Raises `Invalid` for no words, or where a follow-up names no report of a levy that she may read.
    """
    signal = queries.signal_for(by, signal_id)
    faults: dict[str, list[str]] = {}
    if verdict not in SignalNote.Verdict.values:
        faults["verdict"] = [_("Pilih hasil pemeriksaan.")]
    if not text.strip() or len(text) > LONGEST:
        faults["text"] = [_("Tulis apa yang Anda periksa dan temukan, paling banyak 4.000 huruf.")]
    followed = _report(by, report) if verdict == SignalNote.Verdict.FOLLOWED else None
    if verdict == SignalNote.Verdict.FOLLOWED and followed is None:
        faults["report"] = [_("Tulis kode laporan pungutan yang menindaklanjutinya.")]
    if faults:
        raise Invalid(faults)
    said = SignalNote.objects.create(
        signal=signal, verdict=verdict, text=text.strip(), report=followed, by_id=by.signing(), at=clock.now()
    )
    facts = {"verdict": verdict, "text": digest(text), "report": str(followed.pk) if followed else ""}
    trail.record(subject_kind=SUBJECT, subject_id=signal.pk, kind="signal.noted", by=by, data=facts)
    return said


def _report(by: Actor, code: str) -> LevyReport | None:
    typed = "".join(letter for letter in code.upper() if letter.isalnum())
    return readable_reports(by).filter(code=typed).first()
