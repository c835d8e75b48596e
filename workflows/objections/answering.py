"""The superior answers, or her silence does; the case opens again where the applicant was right."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from agencies import clock, signing
from agencies.choices import Capacity
from agencies.errors import Conflict, Invalid, Refused
from agencies.models import Role, Signatory
from agencies.queries import signatory_of
from workflows import permissions
from workflows.actors import Actor
from workflows.cases.machine import Instance
from workflows.cases.work import Work
from workflows.deemed import duties, stating
from workflows.deemed.models import Cause
from workflows.duties.lines import Assignment
from workflows.objections import addressees, ledger, remedy
from workflows.objections.locking import opened
from workflows.objections.models import Objection, ObjectionState
from workflows.objections.queries import took_part
from workflows.permits import naming
from workflows.trail.chain import digest

LAW = "UU 30/2014 tentang Administrasi Pemerintahan, pasal 77 dan 78"


@transaction.atomic
def answer_objection(*, objection_id: UUID, by: Actor, upheld: bool, answer: str, legal_basis: str) -> Objection:
    """The head of the answering office answers with reason and law: the refusal stands, or the case opens again.

    Raises:
        Refused: not the head there, her own case, or she took part in what is contested.
        Missing: no such objection. Invalid: no reason or law. Conflict: answered already, or by silence.
    """
    work, objection = opened(objection_id, by)
    part = took_part(by, work.case, objection)
    permissions.require(permissions.may_answer(by, work.case, objection.post, objection.agency_id, part))
    _require_open(objection, work)
    said = {"answer": (answer, _("Tulis alasan jawaban.")), "legal_basis": (legal_basis, _("Sebutkan dasar hukum."))}
    if faults := {name: [sentence] for name, (text, sentence) in said.items() if not text.strip()}:
        raise Invalid(faults)
    objection.answer, objection.legal_basis, objection.answered_by_id = (
        answer.strip(),
        legal_basis.strip(),
        by.signing(),
    )
    held = _power(by, objection)
    objection.signature = signing.Block.of(held).plain() if held else {}
    if upheld:
        _uphold(work, objection)
    else:
        _reject(work, objection)
    work.finish()
    return objection


@transaction.atomic
def deem_upheld(*, objection_id: UUID, by: Actor) -> bool:
    """Nobody answered in time: the law upholds the objection, once; True when this call did.

    The application is deemed granted, is stated so to the applicant, and the office owes the decision.

    Raises:
        Refused: not a part of the mall itself. Missing: no such objection.
    """
    permissions.require(permissions.may_automate(by))
    work, objection = opened(objection_id, by)
    if objection.state != ObjectionState.FILED or objection.due_at >= work.at:
        return False
    objection.deem_upheld()
    _close(work, objection, "objection.deemed_upheld")
    _reopen(work, objection)
    work.move(work.case.grant_by_silence, "case.deemed_granted", {"law": LAW, "cause": str(objection.instance)})
    stating.state_grant(work, cause=Cause(objection.instance), law=LAW, term_end=objection.due_at)
    work.finish()
    return True


def _power(by: Actor, objection: Objection) -> Signatory | None:
    """By which power she signs; a deputy answers by one that was given to her, or not at all."""
    held = signatory_of(by.signing(), objection.agency_id)
    if objection.post == Role.DEPUTY and (held is None or held.capacity == Capacity.OWN):
        raise Refused(_("Wakil menjawab keberatan hanya dengan mandat, delegasi, Plh., atau Plt. yang berlaku."))
    return held


def _require_open(objection: Objection, work: Work) -> None:
    if objection.state != ObjectionState.FILED:
        raise Conflict(_("Keberatan ini sudah dijawab atau ditarik."))
    if objection.due_at < work.at:
        raise Conflict(_("Batas waktu menjawab sudah lewat; keberatan ini dianggap dikabulkan menurut hukum."))


def _close(work: Work, objection: Objection, kind: str) -> None:
    """The objection has ended; its words stay here, the log keeps their digest."""
    objection.closed_at = work.at
    objection.save()
    told = {"objection": str(objection.pk), "instance": str(objection.instance), "agency": objection.agency_id}
    work.record(kind, {**told, "answer": digest(objection.answer)} if objection.answer else told)


def _reject(work: Work, objection: Objection) -> None:
    """The refusal stands; the answer says where the applicant can go from here."""
    case, definition = work.case, work.case.definition
    objection.reject()
    if objection.instance == Instance.OBJECTION:
        objection.appeal_until = addressees.last_day(definition, Instance.APPEAL, clock.wib_date(work.at))
        objection.remedy = remedy.after_objection(definition, case.agency, objection.appeal_until)
    else:
        objection.remedy = remedy.AFTER_APPEAL
    _close(work, objection, "objection.rejected")


def _uphold(work: Work, objection: Objection) -> None:
    """The refusal falls: the office decides anew, as the objection asks, within the days of the definition."""
    objection.uphold()
    _close(work, objection, "objection.upheld")
    _reopen(work, objection)
    work.move(work.case.reopen, "case.reopened", {"instance": str(objection.instance)})
    work.case.due_at = duties.open_duty(work, LAW).due_at
    work.hand_on()


def _reopen(work: Work, objection: Objection) -> None:
    """The closed case goes on: another instance, and the time in between told in the ledger.

    What was found deficient was judged anew, or the right to say so was lost. Whoever had the case in hand
    before it was closed has it no more.
    """
    case = work.case
    naming.require_only_follower(case)
    Assignment.objects.filter(case=case).delete()
    ledger.fill(case, work.at)
    case.instance = Instance(objection.instance)
    case.closed_at = None
    case.deficient = False
