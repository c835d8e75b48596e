"""Visits at the desk: the lot, the day, the report, and why the lot does not stand."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from agencies.errors import Missing
from agencies.models import Role
from documents.vault.queries import photo_of
from documents.vault.services import checked_photo, report_visit
from mall import doors
from mall.design.fields import DatePartsField
from mall.desk import page, queues
from mall.desk.facts import DESK, STAFF, Facts, open_case
from mall.desk.posts import Step, carry_out, moved_on, show, status_of
from mall.desk.views.advising import facts_of, material
from mall.doors import actor_of
from mall.forms import stash
from mall.forms.files import download
from mall.forms.uploads import FilesField, checked_files
from workflows import looks, permissions
from workflows.actors import Actor
from workflows.cases import services
from workflows.cases.models import Case
from workflows.cases.queries import SHOWN
from workflows.cases.visits import MOST_PHOTOS, Inspection, InspectionPhoto
from workflows.duties.conflicts import eligible_officers
from workflows.objections import queries as objections

if TYPE_CHECKING:
    from mall.forms.uploads import Upload

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
    photos = FilesField(
        accept="image/jpeg,image/png",
        label=_("Foto"),
        help_text=_(
            "Paling banyak %(most)s foto JPG atau PNG, masing-masing paling besar 10 MB. Data perangkat di dalam foto "
            "dihapus; titik lokasinya disimpan bila ada."
        )
        % {"most": MOST_PHOTOS},
    )
    repairs = forms.CharField(
        label=_("Yang harus diperbaiki"),
        help_text=_("Hanya bila hasilnya “Perlu diperbaiki pemohon”. Satu hal tiap baris; pemohon diberi tahu."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    until = DatePartsField(label=_("Diperbaiki paling lambat"), required=False)
    position = forms.CharField(
        label=_("Titik lokasi"),
        help_text=_("Lintang dan bujur, misalnya -8.2192, 114.3691."),
        required=False,
        max_length=64,
    )

    field_order = ("held_on", "result", "findings", "photos", "position", "repairs", "until")

    def __init__(self, data: Any, files: "MultiValueDict[str, Upload] | None" = None, *, days: int) -> None:
        super().__init__(data, files)
        self.fields["until"].help_text = _("Kosongkan untuk %(days)s hari kerja; boleh lebih cepat, tidak lebih.") % {
            "days": days
        }

    def clean_repairs(self) -> list[str]:
        """One thing a line."""
        typed: str = self.cleaned_data["repairs"]
        return typed.splitlines()

    def clean(self) -> None:
        """The photos as the vault will keep them."""
        self.cleaned_data["photos"] = checked_files(self, "photos", checked_photo)


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


@doors.staff(*DESK)
@doors.keeping(stash.keep)
def appoint(request: HttpRequest, inspection_id: UUID) -> HttpResponse:
    """Set the lot aside, with a coded reason. Head and deputy may, who see that the case waits, not its papers."""
    visit = _found(inspection_id)
    if _leads(actor_of(request), visit):
        step, facts = replace(APPOINT, back=reverse("desk:queue", args=[queues.DRAWN])), _unread(request, visit)
        extra = {"identity": page.identity(facts.case, named=False)}
    else:
        step, (visit, facts), extra = APPOINT, _visit(request, inspection_id), {}
    if away := moved_on(request, facts, step):
        return away
    others = [
        (str(user.pk), str(user))
        for user in eligible_officers(visit.agency_id, facts.case)
        if not facts.actor.is_also(user.pk) and user.pk != visit.inspector_id
    ]
    form = AppointForm(stash.typed(request), choices=others)

    def do() -> object:
        return services.appoint_inspector(inspection_id=inspection_id, by=facts.actor, **form.cleaned_data)

    return _done_or_shown(request, facts, step, form, do, extra)


@doors.staff(*STAFF)
@doors.keeping(stash.keep)
def schedule(request: HttpRequest, inspection_id: UUID) -> HttpResponse:
    """Set the day of a visit, or set it again."""
    visit, facts = _visit(request, inspection_id)
    if away := moved_on(request, facts, SCHEDULE):
        return away
    form = ScheduleForm(stash.typed(request), initial={"day": visit.scheduled_for})

    def do() -> object:
        return services.schedule_inspection(inspection_id=inspection_id, by=facts.actor, **form.cleaned_data)

    return _done_or_shown(request, facts, SCHEDULE, form, do, material(facts))


@doors.staff(*STAFF)
@doors.keeping(stash.keep)
def report(request: HttpRequest, inspection_id: UUID) -> HttpResponse:
    """Report a visit, with photos. On a fault what was typed is kept; photos must be chosen again, and it says so."""
    _visit_row, facts = _visit(request, inspection_id)
    if away := moved_on(request, facts, REPORT):
        return away
    days = facts.case.definition.term.answer_days
    form = ReportForm(stash.typed(request), request.FILES or None, days=days)

    def do() -> object:
        return report_visit(inspection_id=inspection_id, by=facts.actor, **form.cleaned_data)

    return _done_or_shown(request, facts, REPORT, form, do, {**material(facts), "again": bool(request.FILES)})


@doors.staff(*DESK)
@require_safe
def photo(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    """A photo of a report, for those who read the report: at the case, or as its head at an objection. It is a look."""
    shown = InspectionPhoto.objects.select_related("inspection").filter(pk=photo_id).first()
    if shown is None:
        raise Missing
    case_id = shown.inspection.case_id
    if objection := objections.answered_by(actor_of(request), case_id):
        found = objections.for_head(actor_of(request), objection)
        looks.look(by=actor_of(request), case=found.case, purpose="inspection")
    else:
        open_case(request, case_id, purpose="inspection")
    return download(photo_of(shown), name=f"foto-{shown.number}")


def _done_or_shown(
    request: HttpRequest,
    facts: Facts,
    step: Step,
    form: forms.Form,
    do: Callable[[], object],
    extra: Mapping[str, Any],
) -> HttpResponse:
    """Do it where what was posted is whole, else the page, with what is wrong."""
    if request.method == "POST" and form.is_valid() and (done := carry_out(request, facts, step, form, do)):
        return done
    return show(request, facts, step, form, extra, status=status_of(request, form))


def _found(inspection_id: UUID) -> Inspection:
    visit = Inspection.objects.filter(pk=inspection_id).first()
    if visit is None:
        raise Missing
    return visit


def _visit(request: HttpRequest, inspection_id: UUID) -> tuple[Inspection, Facts]:
    visit = _found(inspection_id)
    facts = facts_of(request, visit.case_id)
    permissions.require(permissions.may_inspect(facts.actor, visit.agency_id, facts.case))
    return visit, facts


def _leads(actor: Actor, visit: Inspection) -> bool:
    """Is she head or deputy of the agency that visits, and none of its officers?"""
    return visit.agency_id in actor.agencies(Role.HEAD, Role.DEPUTY) - actor.agencies(Role.OFFICER)


def _unread(request: HttpRequest, visit: Inspection) -> Facts:
    """The case for a leader who does not open it."""
    facts = Facts.of(actor_of(request), Case.objects.select_related(*SHOWN).get(pk=visit.case_id))
    permissions.require(permissions.may_appoint(facts.actor, visit.agency_id, facts.case))
    return facts
