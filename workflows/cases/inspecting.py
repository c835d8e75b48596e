"""Visits: who goes (drawn by lot), when, and what she found. Without the report nobody recommends or decides."""

from collections.abc import Sequence
from datetime import date
from secrets import SystemRandom
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from agencies import clock
from agencies.errors import Conflict, Invalid, Missing, Refused
from agencies.models import Lane
from workflows import permissions
from workflows.actors import Actor
from workflows.cases.machine import CaseState
from workflows.cases.visit_report import Report
from workflows.cases.visits import Inspection, InspectionState, Photo
from workflows.cases.work import Work
from workflows.clock import pauses
from workflows.duties.conflicts import eligible_officers
from workflows.trail.chain import digest

LOT: Final = SystemRandom()
"""The operating system's randomness: nobody can foresee or repeat a draw."""


@transaction.atomic
def draw_inspector(*, inspection_id: UUID, by: Actor) -> Inspection:
    """Draw who makes the visit, by lot among the officers of the agency without conflict or other duty in the case.

    Raises `Missing`, `Refused`, `Conflict` (drawn already, or nobody is eligible).
    """
    work, visit = _visit(inspection_id, by)
    if visit.inspector_id:
        raise Conflict(_("Petugas pemeriksa sudah diundi."))
    _draw(work, visit)
    visit.save()
    work.finish()
    return visit


def _draw(work: Work, visit: Inspection) -> None:
    eligible = _eligible(work, visit)
    if not eligible:
        raise Conflict(_("Tidak ada petugas instansi ini yang boleh memeriksa permohonan ini."))
    visit.inspector_id, visit.drawn_from = LOT.choice(eligible), len(eligible)
    told = {"agency": visit.agency_id, "number": visit.number}
    work.record("inspection.drawn", {**told, "eligible": len(eligible), "drawn": str(visit.inspector_id)})


def _eligible(work: Work, visit: Inspection) -> list[UUID]:
    """Whose names are in the urn. The canary's people hold no role that outlasts its walk, so she draws herself."""
    if work.case.lane == Lane.CANARY:
        return [work.by.signing()]
    return [user.pk for user in eligible_officers(visit.agency_id, work.case)]


@transaction.atomic
def appoint_inspector(*, inspection_id: UUID, by: Actor, user_id: UUID, code: str, reason: str) -> Inspection:
    """Set the lot aside and name another eligible officer: with a coded reason, never oneself, and counted.

    Raises `Missing`, `Refused` (or drawn oneself), `Conflict` (nothing drawn yet), `Invalid` (no code or reason, not
    eligible).
    """
    work, visit = _visit(inspection_id, by, appoints=True)
    if visit.inspector_id is None:
        raise Conflict(_("Undi dahulu petugas pemeriksanya."))
    if by.is_also(visit.inspector_id):
        raise Refused(_("Petugas terundi tidak dapat mengganti dirinya sendiri; mintalah pimpinan Anda."))
    faults: dict[str, list[str]] = {}
    if code not in Inspection.Override.values:
        faults["code"] = [_("Pilih alasan mengganti petugas terundi.")]
    if not reason.strip():
        faults["reason"] = [_("Jelaskan alasannya.")]
    if by.is_also(user_id) or user_id == visit.inspector_id or user_id not in _eligible(work, visit):
        faults["user_id"] = [_("Pilih petugas lain yang boleh memeriksa permohonan ini, bukan diri Anda.")]
    if faults:
        raise Invalid(faults)
    told = {"agency": visit.agency_id, "number": visit.number, "code": code, "reason": digest(reason)}
    work.record("inspection.override", {**told, "drawn": str(visit.inspector_id), "named": str(user_id)})
    visit.inspector_id, visit.override, visit.override_reason = user_id, code, reason.strip()
    visit.save()
    work.finish()
    return visit


@transaction.atomic
def schedule_inspection(*, inspection_id: UUID, by: Actor, day: date) -> Inspection:
    """Set the day of a visit, and draw who makes it if nobody is drawn yet; the applicant is told."""
    work, visit = _visit(inspection_id, by)
    if day < clock.today():
        raise Invalid({"day": [_("Tanggal pemeriksaan sudah lewat.")]})
    if visit.inspector_id is None:
        _draw(work, visit)
    visit.schedule()
    visit.scheduled_for = day
    visit.save()
    work.record("inspection.scheduled", {"agency": visit.agency_id, "day": day.isoformat()})
    work.finish()
    return visit


@transaction.atomic
def report_inspection(
    *,
    inspection_id: UUID,
    by: Actor,
    held_on: date,
    result: str,
    findings: str,
    position: str = "",
    repairs: Sequence[str] = (),
    until: date | None = None,
    photos: Sequence[Photo] = (),
) -> Inspection:
    """Whoever was drawn reports the visit; without the report the agency cannot recommend or decide.

    With the result `repair` the applicant is asked for `repairs`, due on the day `until` or after the days of the
    definition, the term waits for her, and another visit is owed. `photos` are kept files.
    Raises `Refused` (another officer was drawn), `Conflict` (nobody drawn; repairs asked too often), `Invalid`.
    """
    work, visit = _visit(inspection_id, by)
    if visit.inspector_id is None:
        raise Conflict(_("Undi dahulu petugas pemeriksanya."))
    if not by.is_also(visit.inspector_id):
        raise Refused(_("Pemeriksaan ini dilaporkan oleh petugas yang terundi."))
    said = Report(held_on, result, findings.strip(), position.strip(), repairs, until, photos)
    said.require_whole()
    visit.report()
    visit.held_on, visit.result, visit.findings, visit.position = held_on, result, said.findings, said.place()
    visit.save()
    said.attach(visit)
    told = {"agency": visit.agency_id, "result": result, "findings": digest(findings)}
    work.record("inspection.held", told | ({"photos": len(photos)} if photos else {}))
    if result == Inspection.Result.REPAIR:
        pauses.ask_repair(work, what=repairs, by_agency=visit.agency_id, until=until)
        Inspection.objects.create(case=work.case, agency_id=visit.agency_id, number=visit.number + 1)
    work.finish()
    return visit


def _visit(inspection_id: UUID, by: Actor, *, appoints: bool = False) -> tuple[Work, Inspection]:
    """The locked case and visit, if this actor may work on it now."""
    case_id = Inspection.objects.filter(pk=inspection_id).values_list("case_id", flat=True).first()
    if case_id is None:
        raise Missing(_("Pemeriksaan lapangan tidak ditemukan."))
    work = Work.on(case_id, by)
    visit = Inspection.objects.select_for_update().get(pk=inspection_id)
    asked = permissions.may_appoint if appoints else permissions.may_inspect
    permissions.require(asked(by, visit.agency_id, work.case))
    running = (CaseState.AWAITING_RECOMMENDATIONS, CaseState.AWAITING_DECISION)
    if visit.state == InspectionState.HELD or work.case.state not in running:
        raise work.conflict()
    return work, visit
