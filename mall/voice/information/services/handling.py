"""What the PPID does with a request: take, extend once, answer, hand over, and tell the public what it was about."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from agencies import clock
from agencies.errors import Conflict, Invalid
from documents.vault.services import Checked, keep_evidence
from mall.voice.information.exemptions import ExemptionTest, Withheld
from mall.voice.information.machine import ANSWERED, OPEN, WITHHOLDING, Extension, InformationState
from mall.voice.information.models import FormHeld, InformationFile, InformationRequest, Receive
from mall.voice.information.queries import request_for
from mall.voice.information.services.filing import SUBJECT
from mall.voice.information.services.working import Work
from mall.voice.information.terms import answer_due, last_day
from workflows.actors import Actor
from workflows.trail import services as trail
from workflows.trail.chain import digest

MOST_FILES = 10
S = InformationState


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered. `withheld` names each part that stays closed, with the test that says why."""

    decision: str
    text: str
    under_control: bool = True
    documented: bool = True
    form_held: str = FormHeld.SOFT
    withheld: Sequence[tuple[str, UUID]] = ()
    cost: int = 0
    payment: str = ""


@transaction.atomic
def read_request(*, request_id: UUID, by: Actor) -> InformationRequest:
    """Open a request; that the PPID looked is an event, as it shows a person."""
    request = request_for(by, request_id)
    trail.record(subject_kind=SUBJECT, subject_id=request.pk, kind="information.read", by=by)
    return request


@transaction.atomic
def take(*, request_id: UUID, by: Actor) -> InformationRequest:
    """Begin, or take over from a colleague. Raises `Conflict` once it is answered or withdrawn."""
    work = Work.on(request_id, by, hers=False)
    if work.request.state not in OPEN:
        raise Conflict(_("Permintaan ini tidak menunggu jawaban lagi."))
    work.request.taken_by_id, work.request.taken_at = by.signing(), work.at
    if work.request.state == S.REGISTERED:
        work.move(work.request.take)
    return work.finish("information.taken", ["taken_by", "taken_at"])


@transaction.atomic
def extend(*, request_id: UUID, by: Actor, reason: str) -> InformationRequest:
    """Take 7 working days more, once, for one of the two lawful reasons, before the first term has passed.

    Raises `Conflict` for a second time or too late, `Invalid` for any other reason (UU 14/2008 art. 22(8)).
    """
    work = Work.on(request_id, by)
    request = work.request
    if reason not in Extension.values:
        raise Invalid({"reason": [_("Pilih salah satu dari dua alasan yang diperbolehkan undang-undang.")]})
    if request.extended_at is not None:
        raise Conflict(_("Jangka waktu sudah pernah diperpanjang dan hanya boleh sekali."))
    if request.due_at is not None and request.due_at < work.at:
        raise Conflict(_("Jangka waktu sudah lewat dan tidak dapat diperpanjang lagi."))
    request.extension_reason, request.extended_at = reason, work.at
    work.move(request.extend)
    due = answer_due(request.registered_at, extended=True)
    request.due_at = max(one for one in (due, request.due_at) if one) if due or request.due_at else None
    facts = {"reason": reason, "due": request.due_at.isoformat() if request.due_at else ""}
    return work.finish("information.extended", ["extension_reason", "extended_at", "due_at"], facts)


@transaction.atomic
def answer(*, request_id: UUID, by: Actor, told: Answer, files: Collection[Checked] = ()) -> InformationRequest:
    """Answer in writing: grant, grant partly, refuse, or say who has it instead.

    Raises `Invalid` by field; withholding anything without a standing test under `withheld`.
    """
    work = Work.on(request_id, by)
    request = work.request
    work.note_silence()
    tests = _require_sound(told, request, files, work)
    Withheld.objects.bulk_create(
        Withheld(request=request, part=part.strip(), test=tests[test], at=work.at) for part, test in told.withheld
    )
    _set(request, told, work, given=bool(files))
    work.move(_MOVES[told.decision](request))
    if files:
        kept = keep_evidence(files)
        InformationFile.objects.bulk_create(InformationFile(request=request, file=file) for file in kept)
    facts = {
        "withheld": [tests[test].number for _part, test in told.withheld],
        "files": len(files),
        "in_time": request.due_at is None or work.at <= request.due_at,
        "text": digest(told.text),
    }
    return work.finish(f"information.{told.decision}", _WRITTEN, facts)


_MOVES: Mapping[str, Callable[[InformationRequest], Callable[[], None]]] = {
    S.GRANTED: lambda request: request.grant,
    S.PARTIAL: lambda request: request.grant_partly,
    S.REFUSED: lambda request: request.refuse,
    S.NOT_HELD: lambda request: request.tell_not_held,
}
_WRITTEN = (
    "decision", "answer", "answered_at", "answered_by", "under_control", "documented", "form_held", "cost", "payment",
    "given_on", "object_until", "silent_at",
)  # fmt: skip


def _set(request: InformationRequest, told: Answer, work: Work, *, given: bool) -> None:
    request.decision, request.answer = told.decision, told.text.strip()
    request.answered_at, request.answered_by_id = work.at, work.by.signing()
    request.under_control, request.documented = told.under_control, told.documented
    request.form_held = told.form_held if told.under_control and told.documented else ""
    request.cost, request.payment = told.cost, told.payment.strip()
    giving = told.decision in (S.GRANTED, S.PARTIAL) and given
    request.given_on = clock.wib_date(work.at) if giving and request.receive == Receive.ELECTRONIC else None
    request.object_until = last_day("object", work.at)


def _require_sound(
    told: Answer, request: InformationRequest, files: Collection[Checked], work: Work
) -> Mapping[UUID, ExemptionTest]:
    """The tests that are cited. One query when any is."""
    tests = _tests(told, request)
    faults = {name: [sentence] for name, sentence in _faulty(told, request, len(files))}
    if sentence := _unlawful(told, tests, clock.wib_date(work.at)):
        faults["withheld"] = [sentence]
    if faults:
        raise Invalid(faults)
    return tests


def _faulty(told: Answer, request: InformationRequest, files: int) -> Iterator[tuple[str, str]]:
    """What is missing, or does not go together."""
    if told.decision not in ANSWERED:
        yield "decision", _("Pilih jawaban.")
    if not told.text.strip():
        yield "text", _("Tulis jawaban untuk pemohon.")
    if told.decision == S.NOT_HELD and told.under_control:
        yield "under_control", _("Jawaban “tidak dikuasai” tidak cocok dengan informasi yang dikuasai.")
    if files > MOST_FILES:
        yield "files", _("Paling banyak %(most)s berkas.") % {"most": MOST_FILES}
    yield from _faulty_cost(told, request)


def _faulty_cost(told: Answer, request: InformationRequest) -> Iterator[tuple[str, str]]:
    if told.cost and request.receive != Receive.PAPER:
        yield "cost", _("Hanya salinan kertas yang dikenai biaya. Salinan elektronik gratis.")
    if told.cost and not told.payment.strip():
        yield "payment", _("Tulis cara membayar biaya itu.")


def _tests(told: Answer, request: InformationRequest) -> dict[UUID, ExemptionTest]:
    wanted = [test for _part, test in told.withheld]
    return ExemptionTest.objects.filter(agency_id=request.agency_id).in_bulk(wanted) if wanted else {}


def _unlawful(told: Answer, tests: Mapping[UUID, ExemptionTest], day: date) -> str:
    """Why these parts cannot be withheld like this; empty when they can."""
    if told.decision in WITHHOLDING and not told.withheld:
        return _("Sebutkan setiap bagian yang tidak diberikan beserta uji konsekuensinya.")
    if told.decision not in WITHHOLDING and told.withheld:
        return _("Bagian yang ditutup hanya cocok dengan jawaban “sebagian” atau “ditolak”.")
    for part, test in told.withheld:
        if not part.strip() or test not in tests:
            return _("Setiap bagian yang tidak diberikan perlu uraian dan uji konsekuensi yang tercatat.")
        if not tests[test].is_valid(day):
            return _("Uji konsekuensi %(number)s sudah berakhir dan tidak dapat dipakai lagi.") % {
                "number": tests[test].number
            }
    return ""


@transaction.atomic
def hand_over(*, request_id: UUID, by: Actor, on: date) -> InformationRequest:
    """Note the day on which the information was shown or the copy handed over."""
    work = Work.on(request_id, by)
    request = work.request
    if request.decision not in (S.GRANTED, S.PARTIAL) or request.answered_at is None:
        raise Conflict(_("Belum ada informasi yang diberikan pada permintaan ini."))
    if request.given_on is not None:
        raise Conflict(_("Penyerahan sudah dicatat."))
    if not clock.wib_date(request.answered_at) <= on <= clock.wib_date(work.at):
        raise Invalid({"on": [_("Tanggal ini sebelum jawaban, atau belum tiba.")]})
    request.given_on = on
    return work.finish("information.given", ["given_on"], {"on": on.isoformat()})


@transaction.atomic
def release_summary(*, request_id: UUID, by: Actor, summary: str) -> InformationRequest:
    """Say in neutral words, for the public register, what was asked; an empty text takes them back."""
    work = Work.on(request_id, by)
    words = summary.strip()
    if len(words) > 300:
        raise Invalid({"summary": [_("Ringkasan paling panjang 300 huruf.")]})
    work.request.summary = words
    return work.finish("information.summarised", ["summary"], {"empty": not words})
