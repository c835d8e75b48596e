"""Visits: when an officer goes to look, and what she found. Without the report nobody recommends or decides."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from agencies import clock
from agencies.errors import Invalid, Missing
from workflows import permissions
from workflows.actors import Actor
from workflows.cases.machine import CaseState
from workflows.cases.visits import Inspection, InspectionState
from workflows.cases.work import Work
from workflows.trail.chain import digest


@transaction.atomic
def schedule_inspection(*, inspection_id: UUID, by: Actor, day: date) -> Inspection:
    """Set the day of a visit; the applicant is told."""
    work, visit = _visit(inspection_id, by)
    if day < clock.today():
        raise Invalid({"day": [_("Tanggal pemeriksaan sudah lewat.")]})
    visit.schedule()
    visit.scheduled_for, visit.inspector_id = day, by.user_id
    visit.save()
    work.record("inspection.scheduled", {"agency": visit.agency_id, "day": day.isoformat()})
    work.finish()
    return visit


@transaction.atomic
def report_inspection(
    *, inspection_id: UUID, by: Actor, held_on: date, result: str, findings: str, position: str = ""
) -> Inspection:
    """Report a visit; without the report the agency cannot recommend or decide."""
    work, visit = _visit(inspection_id, by)
    faults: dict[str, list[str]] = {}
    if held_on > clock.today():
        faults["held_on"] = [_("Tanggal pemeriksaan belum tiba.")]
    if result not in Inspection.Result.values:
        faults["result"] = [_("Pilih hasil pemeriksaan.")]
    if not findings.strip():
        faults["findings"] = [_("Tulis temuan pemeriksaan.")]
    if faults:
        raise Invalid(faults)
    visit.report()
    visit.held_on, visit.result, visit.findings, visit.position = held_on, result, findings.strip(), position
    visit.inspector_id = by.user_id
    visit.save()
    work.record("inspection.held", {"agency": visit.agency_id, "result": result, "findings": digest(findings)})
    work.finish()
    return visit


def _visit(inspection_id: UUID, by: Actor) -> tuple[Work, Inspection]:
    """The locked case and visit, if this actor may work on it now."""
    case_id = Inspection.objects.filter(pk=inspection_id).values_list("case_id", flat=True).first()
    if case_id is None:
        raise Missing(_("Pemeriksaan lapangan tidak ditemukan."))
    work = Work.on(case_id, by)
    visit = Inspection.objects.select_for_update().get(pk=inspection_id)
    permissions.require(permissions.may_inspect(by, visit.agency_id, work.case))
    running = (CaseState.AWAITING_RECOMMENDATIONS, CaseState.AWAITING_DECISION)
    if visit.state == InspectionState.HELD or work.case.state not in running:
        raise work.conflict()
    return work, visit
