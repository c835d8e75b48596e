"""What an officer recommends for her agency."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from agencies.errors import Missing
from mall import doors
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

RECOMMEND = Step("recommend", "desk/recommend.html", _("Rekomendasi tersimpan dan diteruskan."), "recommendation")


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


@doors.staff(*STAFF)
@doors.keeping(stash.keep)
def recommend(request: HttpRequest, recommendation_id: UUID) -> HttpResponse:
    """Recommend for one's own agency."""
    advice = Recommendation.objects.filter(pk=recommendation_id).first()
    if advice is None:
        raise Missing
    facts = facts_of(request, advice.case_id)
    permissions.require(permissions.may_recommend(facts.actor, advice, facts.case))
    if away := moved_on(request, facts, RECOMMEND):
        return away
    if request.method == "POST" and request.POST.get("do") == "more":
        more = RecommendationForm(grown(request.POST), initial={})
        more.errors.clear()
        return show(request, facts, RECOMMEND, more, material(facts))
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
    return show(request, facts, RECOMMEND, form, material(facts), status=status_of(request, form))


def facts_of(request: HttpRequest, case_id: UUID) -> Facts:
    """The case as this officer sees it."""
    return Facts.of(actor_of(request), find_case(request, case_id))


def material(facts: Facts) -> dict[str, Any]:
    """What the officer judges by: the answers and the papers. Two queries and one for regions."""
    case = facts.case
    return {
        "answers": words.rows(case.definition, sealing.opened(case.definition, case.answers)),
        "papers": page.papers(case),
        "visits": [visit for visit in facts.visits if visit.state == "held"],
    }
