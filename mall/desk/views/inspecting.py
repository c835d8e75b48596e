"""Visits at the desk: the lot, the day, the report, and why the lot does not stand."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from agencies.errors import Missing
from mall import doors
from mall.design.fields import DatePartsField
from mall.desk.facts import STAFF, Facts
from mall.desk.posts import Step, carry_out, moved_on, show, status_of
from mall.desk.views.advising import facts_of, material
from mall.forms import stash
from workflows import permissions
from workflows.cases import services
from workflows.cases.visits import Inspection
from workflows.duties.conflicts import eligible_officers

SCHEDULED = _("Jadwal pemeriksaan tersimpan; pemohon diberi tahu.")
SCHEDULE = Step("schedule", "desk/schedule.html", SCHEDULED, "inspection")
REPORT = Step("report", "desk/report.html", _("Laporan pemeriksaan tersimpan."), "inspection")
APPOINT = Step("appoint", "desk/appoint.html", _("Petugas pemeriksa diganti; penggantian ini dihitung."), "inspection")


class ScheduleForm(forms.Form):
    """The day of a visit."""

    day = DatePartsField(label=_("Tanggal pemeriksaan"), help_text=_("Misalnya 24 11 2026."))


class ReportForm(forms.Form):
    """What the visit found."""

    held_on = DatePartsField(label=_("Tanggal pemeriksaan dilakukan"))
    result = forms.ChoiceField(
        label=_("Hasil pemeriksaan"), choices=Inspection.Result.choices, widget=forms.RadioSelect
    )
    findings = forms.CharField(
        label=_("Temuan"),
        help_text=_("Apa yang diperiksa dan apa yang ditemukan."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    repairs = forms.CharField(
        label=_("Yang harus diperbaiki"),
        help_text=_("Hanya bila hasilnya “Perlu diperbaiki pemohon”. Satu hal tiap baris; pemohon diberi tahu."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    position = forms.CharField(
        label=_("Titik lokasi"),
        help_text=_("Lintang dan bujur, misalnya -8.2192, 114.3691."),
        required=False,
        max_length=64,
    )


class AppointForm(forms.Form):
    """Who goes instead of the one who was drawn, and why."""

    user_id = forms.TypedChoiceField(label=_("Petugas pengganti"), coerce=UUID, widget=forms.RadioSelect)
    code = forms.ChoiceField(label=_("Alasan"), choices=Inspection.Override.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Penjelasan"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, data: Any, *, choices: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["user_id"].choices = choices  # type: ignore[attr-defined]


@doors.staff(*STAFF)
def draw(request: HttpRequest, inspection_id: UUID) -> HttpResponse:
    """Draw who makes the visit. Opened as a page, it is the case's page."""
    visit, facts = _visit(request, inspection_id)
    if request.method == "POST":
        services.draw_inspector(inspection_id=visit.pk, by=facts.actor)
        messages.success(request, str(_("Petugas pemeriksa sudah diundi.")))
    return redirect("desk:case", facts.case.pk)


@doors.staff(*STAFF)
@doors.keeping(stash.keep)
def appoint(request: HttpRequest, inspection_id: UUID) -> HttpResponse:
    """Set the lot aside, with a coded reason."""
    visit, facts = _visit(request, inspection_id)
    if away := moved_on(request, facts, APPOINT):
        return away
    others = [
        (str(user.pk), str(user))
        for user in eligible_officers(visit.agency_id, facts.case)
        if user.pk not in (facts.actor.user_id, visit.inspector_id)
    ]
    form = AppointForm(stash.typed(request), choices=others)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        done = carry_out(
            request,
            facts,
            APPOINT,
            form,
            lambda: services.appoint_inspector(inspection_id=inspection_id, by=facts.actor, **said),
        )
        if done:
            return done
    return show(request, facts, APPOINT, form, {"visits": [visit]}, status=status_of(request, form))


@doors.staff(*STAFF)
@doors.keeping(stash.keep)
def schedule(request: HttpRequest, inspection_id: UUID) -> HttpResponse:
    """Set the day of a visit, or set it again."""
    visit, facts = _visit(request, inspection_id)
    if away := moved_on(request, facts, SCHEDULE):
        return away
    form = ScheduleForm(stash.typed(request), initial={"day": visit.scheduled_for})
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["day"]
        done = carry_out(
            request,
            facts,
            SCHEDULE,
            form,
            lambda: services.schedule_inspection(inspection_id=inspection_id, by=facts.actor, day=day),
        )
        if done:
            return done
    return show(request, facts, SCHEDULE, form, material(facts), status=status_of(request, form))


@doors.staff(*STAFF)
@doors.keeping(stash.keep)
def report(request: HttpRequest, inspection_id: UUID) -> HttpResponse:
    """Report a visit."""
    _visit_row, facts = _visit(request, inspection_id)
    if away := moved_on(request, facts, REPORT):
        return away
    form = ReportForm(stash.typed(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data | {"repairs": form.cleaned_data["repairs"].splitlines()}
        done = carry_out(
            request,
            facts,
            REPORT,
            form,
            lambda: services.report_inspection(inspection_id=inspection_id, by=facts.actor, **said),
        )
        if done:
            return done
    return show(request, facts, REPORT, form, material(facts), status=status_of(request, form))


def _visit(request: HttpRequest, inspection_id: UUID) -> tuple[Inspection, Facts]:
    visit = Inspection.objects.filter(pk=inspection_id).first()
    if visit is None:
        raise Missing
    facts = facts_of(request, visit.case_id)
    permissions.require(permissions.may_inspect(facts.actor, visit.agency_id, facts.case))
    return visit, facts
