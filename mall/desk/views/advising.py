"""What an officer does for her agency: visit, report, recommend."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from agencies.errors import Missing
from mall import doors
from mall.design.fields import DatePartsField
from mall.desk import page
from mall.desk.conditions import ConditionsForm, grown
from mall.desk.facts import STAFF, Facts, find_case
from mall.desk.posts import Step, carry_out, moved_on, show, status_of
from mall.desk.turns import jump_of
from mall.doors import actor_of
from mall.forms import stash, words
from workflows import permissions
from workflows.cases import sealing, services
from workflows.cases.advice import Recommendation, Verdict
from workflows.cases.visits import Inspection

RECOMMEND = Step("recommend", "desk/recommend.html", _("Rekomendasi tersimpan dan diteruskan."), "recommendation")
SCHEDULED = _("Jadwal pemeriksaan tersimpan; pemohon diberi tahu.")
SCHEDULE = Step("schedule", "desk/schedule.html", SCHEDULED, "inspection")
REPORT = Step("report", "desk/report.html", _("Laporan pemeriksaan tersimpan."), "inspection")


class RecommendationForm(ConditionsForm):
    """Verdict, why, by what law, and under which conditions."""

    verdict = forms.ChoiceField(label=_("Isi rekomendasi"), choices=Verdict.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Alasan"),
        help_text=_("Pertimbangan teknis instansi Anda, dalam kalimat yang dipahami pemohon."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    legal_basis = forms.CharField(
        label=_("Dasar hukum"),
        help_text=_("Peraturan dan pasal yang menjadi dasar pertimbangan ini."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


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
    position = forms.CharField(
        label=_("Titik lokasi"),
        help_text=_("Lintang dan bujur, misalnya -8.2192, 114.3691."),
        required=False,
        max_length=64,
    )


@doors.staff(*STAFF)
@doors.keeping(stash.keep)
def recommend(request: HttpRequest, recommendation_id: UUID) -> HttpResponse:
    """Recommend for one's own agency."""
    advice = Recommendation.objects.filter(pk=recommendation_id).first()
    if advice is None:
        raise Missing
    facts = _facts(request, advice.case_id)
    permissions.require(permissions.may_recommend(facts.actor, advice, facts.case))
    if away := moved_on(request, facts, RECOMMEND):
        return away
    if request.method == "POST" and request.POST.get("do") == "more":
        more = RecommendationForm(grown(request.POST), initial={})
        more.errors.clear()
        return show(request, facts, RECOMMEND, more, _material(facts))
    form = RecommendationForm(stash.typed(request))
    if request.method == "POST" and form.is_valid():
        said = form.said()
        done = carry_out(
            request,
            facts,
            RECOMMEND,
            form,
            lambda: services.give_recommendation(
                recommendation_id=recommendation_id, by=facts.actor, jump=jump_of(request), **said
            ),
            {"conditions": "clause_1"},
        )
        if done:
            return done
    return show(request, facts, RECOMMEND, form, _material(facts), status=status_of(request, form))


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
    return show(request, facts, SCHEDULE, form, _material(facts), status=status_of(request, form))


@doors.staff(*STAFF)
@doors.keeping(stash.keep)
def report(request: HttpRequest, inspection_id: UUID) -> HttpResponse:
    """Report a visit."""
    _visit_row, facts = _visit(request, inspection_id)
    if away := moved_on(request, facts, REPORT):
        return away
    form = ReportForm(stash.typed(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        done = carry_out(
            request,
            facts,
            REPORT,
            form,
            lambda: services.report_inspection(inspection_id=inspection_id, by=facts.actor, **said),
        )
        if done:
            return done
    return show(request, facts, REPORT, form, _material(facts), status=status_of(request, form))


def _visit(request: HttpRequest, inspection_id: UUID) -> tuple[Inspection, Facts]:
    visit = Inspection.objects.filter(pk=inspection_id).first()
    if visit is None:
        raise Missing
    facts = _facts(request, visit.case_id)
    permissions.require(permissions.may_inspect(facts.actor, visit.agency_id, facts.case))
    return visit, facts


def _facts(request: HttpRequest, case_id: UUID) -> Facts:
    """The case as this officer sees it."""
    return Facts.of(actor_of(request), find_case(request, case_id))


def _material(facts: Facts) -> dict[str, Any]:
    """What the officer judges by: the answers and the papers. Two queries and one for regions."""
    case = facts.case
    return {
        "answers": words.rows(case.definition, sealing.opened(case.definition, case.answers)),
        "papers": page.papers(case),
        "visits": [visit for visit in facts.visits if visit.state == "held"],
    }
