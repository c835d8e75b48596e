"""Checking the papers: take, tick every requirement, then return with all deficiencies or accept."""

from collections.abc import Mapping
from types import MappingProxyType
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.errors import Conflict, Invalid
from workflows import permissions
from workflows.actors import Actor
from workflows.cases import recommending, rounds, sealing
from workflows.cases.machine import CaseState
from workflows.cases.models import Case, Duty, RequirementCheck
from workflows.cases.work import Work
from workflows.clock import pauses
from workflows.clock.due import Terms
from workflows.clock.models import Reason
from workflows.definition import answers as questions
from workflows.duties import order
from workflows.duties.lines import Assignment, Line
from workflows.duties.order import Jump
from workflows.permits import numbers
from workflows.trail.chain import Facts

Mark = tuple[str, str]
"""A tick: verdict (`ok` or `deficient`) and, when deficient, what is wrong."""


@transaction.atomic
def take(*, case_id: UUID, by: Actor, jump: Jump | None = None) -> Case:
    """Begin to check; who takes it has the verifier's duty, and cannot have received it at the counter.

    Raises `OutOfTurn` while another case of the service is due earlier and `jump` does not say why this one first.
    """
    work = Work.on(case_id, by)
    case = work.case
    permissions.require(permissions.may_verify(by, case))
    if case.definition.same_visit:
        raise Conflict(_("Layanan ini diselesaikan langsung di loket dalam satu kunjungan."))
    order.take_turn(work, Line.CHECKING, agency=case.agency_id, due_at=case.due_at, jump=jump)
    Assignment.put(work.case.pk, Line.CHECKING, case.agency_id, by.signing(), work.at)
    work.move(case.take, "case.taken")
    work.hand_on()
    return work.finish()


@transaction.atomic
def accept(*, case_id: UUID, by: Actor, marks: Mapping[str, Mark]) -> Case:
    """Find the application complete: it counts as complete from its arrival, and goes on its way.

    `marks` must tick every applicable requirement, and the form (`_answers`), as ok.
    """
    work = _checking(case_id, by)
    rows = _ticks(work, marks)
    if any(row.verdict == RequirementCheck.Verdict.DEFICIENT for row in rows):
        raise Invalid({"": [_("Masih ada berkas yang ditandai kurang; kembalikan permohonan ini.")]})
    case = work.case
    _keep(rows, {RequirementCheck.ANSWERS: rounds.digest_of(case)})
    find_complete(work)
    advice = recommending.plan(work)
    asked = [one.agency_id for one in advice if one.asked_at]
    go = case.ask_agencies if advice else case.go_to_decision
    work.move(go, "case.accepted", {"asked": asked, "receipt": case.complete_number})
    work.hand_on(advice)
    return work.finish()


def find_complete(work: Work) -> None:
    """The application is complete from its arrival on; its numbered receipt says so (M06)."""
    case = work.case
    case.received_complete_at = case.arrived_at
    case.complete_number = numbers.complete(case.lane, work.at)


@transaction.atomic
def return_to_applicant(*, case_id: UUID, by: Actor, marks: Mapping[str, Mark]) -> Case:
    """Ask the applicant, once, to put right every deficiency; the term waits for her if one of them is new.

    Where all of them were visible at an earlier check the return is *repeated*: it is counted, she is asked all
    the same, and the term runs on with the office. So it does in the last fifth of the term until a second
    person signs.

    Raises:
        Invalid: a requirement is not ticked, or none is deficient.
        Conflict: the definition allows no further round; `pass_on_deficient` is what is left.
    """
    work = _checking(case_id, by)
    case = work.case
    rows, wrong = _deficient(work, marks)
    if case.round > case.definition.term.rounds:
        raise Conflict(
            _("Batas pengembalian berkas sudah tercapai; teruskan permohonan ini dengan catatan kekurangannya.")
        )
    now, in_order = rounds.looked_at(case)
    _keep(rows, now)
    again = rounds.repeated(wrong, now, in_order)
    _send_back(work, {"deficient": wrong, "repeated": again, "round": case.round}, pausing=len(again) < len(wrong))
    return work.finish()


def _send_back(work: Work, facts: Facts, *, pausing: bool) -> None:
    """The return itself: the answer date, the pause if there is one, the holder."""
    case = work.case
    terms = Terms.at(case.site_id, work.at)
    pause = pauses.ask(work, Reason.CORRECTING, terms) if pausing else None
    case.repeated_returns += not pausing
    paused = pause is not None and pause.effective_at is not None
    facts |= {"paused": paused, "late": pause is not None and pause.late}
    work.move(case.return_to_applicant, "case.returned", facts)
    case.applicant_due_at = terms.resume(work.at, case.definition.term.answer_days)
    work.hand_on()


@transaction.atomic
def pass_on_deficient(*, case_id: UUID, by: Actor, marks: Mapping[str, Mark]) -> Case:
    """After the last allowed round: send what is still deficient to the decision, which can only be a refusal.

    Raises `Conflict` while the applicant may still put it right, `Invalid` when nothing is deficient.
    """
    work = _checking(case_id, by)
    case = work.case
    rows, wrong = _deficient(work, marks)
    if case.round <= case.definition.term.rounds:
        raise Conflict(_("Pemohon masih boleh memperbaiki; kembalikan permohonan ini."))
    _keep(rows)
    case.received_complete_at = case.arrived_at
    case.deficient = True
    work.move(case.go_to_decision, "case.passed_on", {"deficient": wrong, "round": case.round})
    work.hand_on()
    return work.finish()


def _checking(case_id: UUID, by: Actor) -> Work:
    """The locked case in verification, if this actor may check it."""
    work = Work.on(case_id, by)
    permissions.require(permissions.may_verify(by, work.case))
    if work.case.state != CaseState.IN_VERIFICATION:
        raise work.conflict()
    hands = order.other_hands(work, Line.CHECKING, agency=work.case.agency_id)
    work.take_duty(Duty.Kind.VERIFIER, hands=hands)
    return work


def to_check(case: Case) -> tuple[str, ...]:
    """Codes of what a verifier must tick: the form, then each requirement that applies."""
    answers = sealing.opened(case.definition, case.answers)
    papers = questions.applicable_requirements(case.definition, answers)
    return (RequirementCheck.ANSWERS, *(paper.code for paper in papers))


def _deficient(work: Work, marks: Mapping[str, Mark]) -> tuple[list[RequirementCheck], list[str]]:
    """The ticks, and the codes of what is deficient; `Invalid` when nothing is."""
    rows = _ticks(work, marks)
    wrong = [row.requirement for row in rows if row.verdict == RequirementCheck.Verdict.DEFICIENT]
    if not wrong:
        raise Invalid({"": [_("Tandai dahulu apa yang kurang.")]})
    return rows, wrong


def _ticks(work: Work, marks: Mapping[str, Mark]) -> list[RequirementCheck]:
    """One row a requirement, or `Invalid` naming what is not ticked or not explained."""
    case, faults, rows = work.case, dict[str, list[str]](), []
    for code in to_check(case):
        verdict, note = marks.get(code, ("", ""))
        if verdict not in RequirementCheck.Verdict.values:
            faults[code] = [_("Tandai sesuai atau kurang.")]
        elif verdict == RequirementCheck.Verdict.DEFICIENT and not note.strip():
            faults[code] = [_("Tulis apa yang kurang, agar pemohon tahu apa yang harus diperbaiki.")]
        rows.append(
            RequirementCheck(
                case=case,
                requirement=code,
                round=case.round,
                verdict=verdict,
                note=note.strip(),
                by_id=work.by.user_id,
                at=work.at,
            )
        )
    if faults:
        raise Invalid(faults)
    return rows


def _keep(rows: list[RequirementCheck], seen: Mapping[str, str] = MappingProxyType({})) -> None:
    """Write the ticks, with what was looked at where a later check may ask."""
    for row in rows:
        row.seen = seen.get(row.requirement, "")
    RequirementCheck.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["case", "requirement", "round"],
        update_fields=["verdict", "note", "seen", "by", "at"],
    )
