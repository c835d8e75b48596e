"""From the first question to the hand-in: opening, filling, submitting, answering, withdrawing."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agencies import clock
from agencies.errors import Conflict, Invalid, Missing
from agencies.models import Organisation, Person
from workflows import permissions
from workflows.actors import Actor
from workflows.cases import sealing
from workflows.cases.codes import tracking_code
from workflows.cases.machine import REPAIRED_IN, CaseState
from workflows.cases.mandates import Mandate, Presented
from workflows.cases.models import Attachment, Case, Channel, Duty
from workflows.cases.work import Work
from workflows.charges import assessment
from workflows.clock import pauses, term
from workflows.clock.due import Terms
from workflows.clock.models import Holder, Interval, Reason
from workflows.definition import answers as questions
from workflows.definition import queries as definitions
from workflows.definition import rates
from workflows.definition.models import ServiceVersion
from workflows.permissions import YES
from workflows.permits import naming, numbers
from workflows.trail import services as trail
from workflows.trail.chain import Facts, digest


@transaction.atomic
def open_draft(
    *,
    by: Actor,
    service_code: str,
    applicant_id: UUID,
    organisation_id: UUID | None = None,
    channel: str = Channel.ONLINE,
    site: str = "MPP",
    key: UUID | None = None,
) -> Case:
    """Begin an application under the version of the service that is published now.

    The same `key` gives the same draft. Raises `Missing`, `Refused`, or `Conflict` for a retired service.
    """
    if key and (found := Case.objects.filter(draft_key=key).first()):
        permissions.require_seen(permissions.may_edit(by, found))
        return found
    own = applicant_id == by.person_id
    permissions.require(permissions.may_open(by, own=own))
    version = definitions.version_for_new_case(service_code)
    applicant = Person.objects.filter(pk=applicant_id).first()
    if applicant is None:
        raise Missing
    _require_right_kind(version.definition.applicant, organisation_id, by)
    case = blank(version, applicant, by, organisation_id=organisation_id, channel=channel, site=site)
    case.draft_key = key
    permissions.require(YES if own else permissions.not_own_business(by, case))
    return begun(case, by, {"service": service_code, "version": version.number, "channel": channel})


def blank(
    version: ServiceVersion, applicant: Person, by: Actor, *, organisation_id: UUID | None, channel: str, site: str
) -> Case:
    """A draft with nothing in it, not yet saved."""
    now = clock.now()
    return Case(
        service_id=version.service_id,
        service_version=version,
        agency_id=version.definition.agency,
        site_id=site,
        applicant=applicant,
        organisation_id=organisation_id,
        opened_by_id=by.user_id,
        channel=channel,
        lane=applicant.lane,
        created_at=now,
        touched_at=now,
    )


def begun(case: Case, by: Actor, facts: Facts) -> Case:
    """Save a new draft with its first event and interval; the one that came first when the same key came twice."""
    try:
        with transaction.atomic():
            chain = trail.Chain("case", case.pk, trail.Head(), by, case.lane)
            chain.add("case.opened", case.created_at, facts)
            case.revision, case.chain_hash = chain.head.seq, chain.head.hash
            case.save(force_insert=True)
    except IntegrityError:
        found = Case.objects.get(draft_key=case.draft_key)
        permissions.require_seen(permissions.may_edit(by, found))
        return found
    Interval.objects.create(case=case, holder=Holder.APPLICANT, reason=Reason.DRAFTING, opened_at=case.created_at)
    trail.write(chain.events)
    return case


def _require_right_kind(kind: str, organisation_id: UUID | None, by: Actor) -> None:
    """A service for businesses needs an organisation, one for persons must not name one."""
    if kind == "business" and organisation_id is None:
        raise Invalid({"organisation": [_("Layanan ini untuk badan usaha; pilih badan usaha yang Anda wakili.")]})
    if kind == "individual" and organisation_id is not None:
        raise Invalid({"organisation": [_("Layanan ini untuk perorangan, bukan badan usaha.")]})
    if organisation_id and not Organisation.objects.filter(pk=organisation_id).exists():
        raise Missing
    if organisation_id and by.person_id and not by.is_staff and organisation_id not in by.organisations:
        raise Invalid({"organisation": [_("Anda bukan wakil badan usaha ini.")]})


@transaction.atomic
def save_answers(*, case_id: UUID, by: Actor, raw: Mapping[str, Any]) -> Case:
    """Keep what was typed on one page, unfinished as it may be; faults of these fields raise `Invalid`."""
    case = _editable(case_id, by)
    kept = {**sealing.opened(case.definition, case.answers), **raw}
    clean, faults = questions.check_answers(case.definition, kept, partial=True)
    if wrong := {name: told for name, told in faults.items() if name in raw}:
        raise Invalid(wrong)
    case.answers = sealing.sealed(case.definition, clean)
    case.save(update_fields=["answers"])
    return case


@transaction.atomic
def attach(*, case_id: UUID, by: Actor, requirement: str, file_id: UUID) -> Attachment:
    """Hand in a paper for one requirement; it takes the place of the one before.

    In a draft, in answer to a return, or to a repair that was asked for.
    """
    case = _own(case_id, by)
    if case.state not in (CaseState.DRAFT, CaseState.RETURNED) and not asks_repair(case):
        raise Conflict(_("Permohonan sudah diajukan dan tidak dapat diubah lagi."))
    if requirement not in {r.code for r in case.definition.requirements}:
        raise Missing
    Attachment.objects.filter(case=case, requirement=requirement, current=True).update(current=False)
    return Attachment.objects.create(
        case=case, requirement=requirement, file_id=file_id, round=case.round, added_at=clock.now()
    )


def _editable(case_id: UUID, by: Actor) -> Case:
    """The locked case, if this actor may fill it now."""
    case = _own(case_id, by)
    if case.state not in (CaseState.DRAFT, CaseState.RETURNED):
        raise Conflict(_("Permohonan sudah diajukan dan tidak dapat diubah lagi."))
    return case


def asks_repair(case: Case) -> bool:
    """Is the applicant asked to put something right after the application was found complete?"""
    return case.state in REPAIRED_IN and case.repairs.filter(closed_at=None).exists()


def _own(case_id: UUID, by: Actor) -> Case:
    """The locked case, if this actor may act for its applicant."""
    case = Case.locked(case_id)
    permissions.require_seen(permissions.may_edit(by, case))
    return case


@transaction.atomic
def set_mandate(*, case_id: UUID, by: Actor, kind: str, bearer: str = "", note: str = "") -> Mandate:
    """A clerk notes who came to the counter and on what ground she acts for the applicant."""
    case = _editable(case_id, by)
    permissions.require(permissions.may_open(by, own=False))
    presented = Presented(kind, bearer, note)
    presented.require_whole()
    mandate, _new = Mandate.objects.update_or_create(case=case, defaults=presented.noted(by.signing(), clock.now()))
    return mandate


@transaction.atomic
def submit(*, case_id: UUID, by: Actor, key: UUID) -> Case:
    """Hand in the application, or the answer to a return. The same `key` again changes nothing.

    Raises `Invalid` with every fault by field, `Conflict` when it was already handed in otherwise.
    """
    work = Work.on(case_id, by)
    case = work.case
    permissions.require_seen(permissions.may_edit(by, case))
    if case.submission_key == key and case.state != CaseState.RETURNED:
        return case
    if case.state == CaseState.RETURNED:
        return _resubmit(work, key)
    if case.state != CaseState.DRAFT:
        raise work.conflict()
    _pin_to_current(case)
    _require_rate(case, work.at)
    _require_whole(case)
    naming.name_by_number(case)
    if case.channel == Channel.COUNTER:
        _receive(work)
    case.submission_key = key
    case.reference = numbers.receipt(case.lane, work.at)
    case.tracking_code = tracking_code()
    case.submitted_at = work.at
    case.kecamatan = case.applicant.kecamatan
    work.move(case.submit, "case.submitted", {"channel": case.channel, "reference": case.reference})
    _arrive(work)
    work.hand_on()
    return work.finish()


def _pin_to_current(case: Case) -> None:
    """A draft is handed in under the version of today; its answers are kept and checked against that one.

    Raises:
        Conflict: the service was retired while the form was open; the draft stays.
    """
    service = case.service
    if not service.active or service.current is None:
        raise Conflict(_("Layanan ini sudah tidak dibuka lagi. Konsep Anda tetap tersimpan."))
    if service.current_id != case.service_version_id:
        case.service_version = service.current


def _require_rate(case: Case, at: datetime) -> None:
    """Only a rate in force today is promised; the case keeps it for life. Raises `Invalid` under no field."""
    if told := rates.not_in_force(case.definition.fee, clock.wib_date(at)):
        raise Invalid({"": [told]})


def _resubmit(work: Work, key: UUID) -> Case:
    """The answer to a return: a new round.

    A new arrival, from which the term counts, only where the return paused it: an office that asked again for
    what it could see before, or too late and without a second signature, wins no time by it.
    """
    case = work.case
    _require_whole(case)
    paused = work.unpause(work.at)
    work.move(case.resubmit, "case.resubmitted", {"round": case.round + 1, "key": str(key), "paused": paused})
    case.round += 1
    case.applicant_due_at = None
    if paused:
        _arrive(work)
    work.hand_on()
    return work.finish()


def _arrive(work: Work) -> None:
    """The case reaches the desk, and the provisional term runs from now; not through an outage that lasts."""
    case = work.case
    terms = Terms.at(case.site_id, work.at)
    term.begin(case, terms, work.at)
    pauses.begin_outage(work, terms)


def _require_whole(case: Case) -> None:
    """Every question answered rightly and every required paper there, or `Invalid` naming all faults."""
    definition = case.definition
    clean, faults = questions.check_answers(definition, sealing.opened(definition, case.answers))
    have = set(case.attachments.filter(current=True).values_list("requirement", flat=True))
    for requirement in questions.applicable_requirements(definition, clean):
        if requirement.required and requirement.code not in have:
            faults[f"paper:{requirement.code}"] = [
                _("Unggah berkas: %(name)s.") % {"name": requirement.name.id},
            ]
    if faults:
        raise Invalid(faults)
    questions.fee_of(definition, clean)  # a sum that cannot be told must stop the applicant, not the approver
    case.answers = sealing.sealed(definition, clean)


def _receive(work: Work) -> None:
    """The clerk who opened it has received it, whoever presses the button; in a same-visit service the ticket has."""
    case, by = work.case, work.by
    if not Mandate.objects.filter(case=case).exists():
        raise Invalid({"mandate": [_("Catat dahulu siapa yang hadir dan dasar kuasanya.")]})
    if not permissions.is_own(by, case):
        permissions.require(permissions.not_own_business(by, case))
    if case.opened_by and not case.definition.same_visit:
        clerk = by if by.user_id == case.opened_by_id else Actor.of(case.opened_by)
        work.take_duty(Duty.Kind.INTAKE, clerk)


@transaction.atomic
def withdraw(*, case_id: UUID, by: Actor, reason: str = "") -> Case:
    """The applicant takes the application back; possible until it is approved."""
    work = Work.on(case_id, by)
    permissions.require_seen(permissions.may_edit(by, work.case))
    if work.case.state == CaseState.AWAITING_PAYMENT:
        assessment.cancel(work.case, work.at)
    work.move(work.case.withdraw, "case.withdrawn", {"reason": digest(reason)})
    work.end()
    return work.finish()
