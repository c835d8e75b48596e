"""Objection to an answer or to silence, the superior's answer, and the note that a dispute was filed."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from agencies import clock
from agencies.errors import Conflict, Invalid
from mall.voice.information import superiors
from mall.voice.information.machine import OPEN, InformationState
from mall.voice.information.models import InformationRequest
from mall.voice.information.objections import InformationObjection, Reason, Verdict
from mall.voice.information.permissions import may_answer_objection, may_lead, may_read_objection
from mall.voice.information.queries import objection_for
from mall.voice.information.services.filing import LONGEST, SUBJECT, VOICE, number
from mall.voice.information.services.working import Work
from mall.voice.information.terms import last_day, objection_due
from workflows.actors import Actor
from workflows.permissions import require, require_seen
from workflows.trail import services as trail
from workflows.trail.chain import digest


@transaction.atomic
def withdraw(*, request_id: UUID) -> InformationRequest:
    """The requester takes it back. Whoever calls has read her link. `Conflict` once it is answered."""
    work = Work.of_requester(request_id, VOICE)
    work.move(work.request.withdraw)
    work.request.withdrawn_at = work.at
    return work.finish("information.withdrawn", ["withdrawn_at"])


@transaction.atomic
def file_objection(*, request_id: UUID, reason: str, text: str) -> InformationObjection:
    """The requester objects, once. Whoever calls has read her link.

    Raises `Conflict` before the term has passed or after 30 working days (UU 14/2008 art. 36(1)), `Invalid` without
    a reason of art. 35(1).
    """
    work = Work.of_requester(request_id, VOICE)
    request = work.request
    work.note_silence()
    if hasattr(request, "objection"):
        raise Conflict(_("Keberatan atas permintaan ini sudah diajukan."))
    if request.state in OPEN and request.silent_at is None:
        raise Conflict(_("Jangka waktu jawaban belum lewat. Keberatan dapat diajukan sesudahnya."))
    if request.object_until is not None and clock.wib_date(work.at) > request.object_until:
        raise Conflict(_("Batas waktu mengajukan keberatan sudah lewat."))
    _require_words(reason, text)
    work.move(request.object_to_silence if request.state in OPEN else request.object)
    objection = _objection(work, reason, text)
    due = objection.due_at
    facts = {
        "number": objection.number,
        "reason": reason,
        "agency": objection.agency_id,
        "post": str(objection.post),
        "vacant": objection.vacant_since is not None,
        "due": due.isoformat() if due else "",
        "text": digest(text),
    }
    work.finish("information.objected", ["silent_at", "object_until"], facts)
    return objection


def _require_words(reason: str, text: str) -> None:
    faults: dict[str, list[str]] = {}
    if reason not in Reason.values:
        faults["reason"] = [_("Pilih alasan keberatan.")]
    if not text.strip() or len(text) > LONGEST:
        faults["text"] = [_("Tulis apa yang menurut Anda keliru.")]
    if faults:
        raise Invalid(faults)


def _objection(work: Work, reason: str, text: str) -> InformationObjection:
    """The row, addressed to the post that answers today."""
    found = superiors.find(work.request)
    post = found or superiors.first(work.request)
    return InformationObjection.objects.create(
        number=number("information_objection", "KIP", work.at),
        request=work.request,
        reason=reason,
        text=text,
        filed_at=work.at,
        due_at=objection_due(work.at),
        agency_id=post.agency,
        post=post.role,
        vacant_since=None if found else work.at,
    )


@transaction.atomic
def read_objection(*, objection_id: UUID, by: Actor) -> InformationObjection:
    """Open an objection; that the superior looked is an event, as it shows a person."""
    objection = objection_for(by, objection_id)
    trail.record(subject_kind=SUBJECT, subject_id=objection.request_id, kind="information.objection_read", by=by)
    return objection


@transaction.atomic
def answer_objection(*, objection_id: UUID, by: Actor, verdict: str, text: str) -> InformationObjection:
    """The superior answers in writing (UU 14/2008 art. 36(2)).

    Raises `Refused` for who handled the request, `Missing` for any other post, `Conflict` once it is answered.
    """
    require(may_lead(by))
    objection = InformationObjection.locked(objection_id)
    require_seen(may_read_objection(by, objection))
    require(may_answer_objection(by, objection))
    work = Work(objection.request, by)
    if verdict not in Verdict.values:
        raise Invalid({"verdict": [_("Pilih putusan atas keberatan.")]})
    if not text.strip():
        raise Invalid({"text": [_("Tulis tanggapan untuk pemohon.")]})
    work.move(work.request.answer_objection)
    objection.verdict, objection.answer = verdict, text.strip()
    objection.answered_at, objection.answered_by_id = work.at, by.signing()
    objection.dispute_until = last_day("dispute", work.at)
    objection.save(update_fields=["verdict", "answer", "answered_at", "answered_by", "dispute_until"])
    late = objection.due_at is not None and work.at > objection.due_at
    work.finish("information.objection_answered", [], {"verdict": verdict, "in_time": not late, "text": digest(text)})
    return objection


@transaction.atomic
def respond(*, request_id: UUID, text: str) -> InformationObjection:
    """What the requester says to the superior's decision, once: the register has a field for it."""
    work = Work.of_requester(request_id, VOICE)
    objection: InformationObjection | None = getattr(work.request, "objection", None)
    if objection is None or objection.answered_at is None or objection.responded_at is not None:
        raise Conflict(_("Tanggapan tidak dapat ditulis sekarang."))
    if not text.strip() or len(text) > LONGEST:
        raise Invalid({"text": [_("Tulis tanggapan Anda.")]})
    objection.response, objection.responded_at = text.strip(), work.at
    objection.save(update_fields=["response", "responded_at"])
    work.record("information.responded", {"text": digest(text)})
    return objection


@transaction.atomic
def record_dispute(*, request_id: UUID, by: Actor, number: str, on: date) -> InformationRequest:
    """Note that the Information Commission registered a dispute, with its number (UU 14/2008 art. 37(2)).

    It decides there. Raises `Invalid` for a day outside the 14 working days after the superior's answer, or after
    her term has passed in silence.
    """
    work = Work.on(request_id, by, hers=False)
    request = work.request
    objection: InformationObjection | None = getattr(request, "objection", None)
    if objection is None:
        raise Conflict(_("Sengketa mengikuti keberatan; belum ada keberatan atas permintaan ini."))
    work.note_superior_silence(objection)
    if not number.strip():
        raise Invalid({"number": [_("Tulis nomor register Komisi Informasi.")]})
    begins = objection.answered_at or objection.due_at
    first = clock.wib_date(begins) if begins else clock.wib_date(objection.filed_at)
    last = objection.dispute_until
    if on > clock.wib_date(work.at) or on < first or (last is not None and on > last):
        raise Invalid({"on": [_("Sengketa diajukan paling lambat 14 hari kerja setelah tanggapan atasan PPID.")]})
    silent = request.state == InformationState.OBJECTION
    work.move(request.dispute_silence if silent else request.dispute)
    request.dispute_number, request.disputed_on = number.strip()[:60], on
    facts = {"number": request.dispute_number, "on": on.isoformat()}
    return work.finish("information.disputed", ["dispute_number", "disputed_on"], facts)
