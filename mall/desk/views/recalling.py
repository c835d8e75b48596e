"""A second answer: an officer takes her agency's recommendation back, or whoever decides asks anew."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from agencies.errors import Missing
from mall import doors
from mall.desk.facts import STAFF, Facts, find_case
from mall.desk.posts import Step, carry_out, moved_on, show, status_of
from mall.doors import actor_of
from mall.forms import stash
from workflows import permissions
from workflows.cases import services
from workflows.cases.advice import Recommendation

RECALLED = _("Rekomendasi ditarik kembali; instansi Anda perlu memberi rekomendasi baru.")
RECALL = Step("recall", "desk/recall.html", RECALLED, "recommendation")
ASKED = _("Rekomendasi diminta ulang; permohonan menunggu jawaban instansi.")
ASK_AGAIN = Step("ask_again", "desk/ask_again.html", ASKED, "decision")


class ReasonForm(forms.Form):
    """Why the answer does not count any more."""

    reason = forms.CharField(
        label=_("Alasan"),
        help_text=_("Tersimpan bersama rekomendasi yang lama dan dapat dibaca oleh pejabat yang memutus."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@doors.staff(*STAFF)
@doors.keeping(stash.keep)
def recall(request: HttpRequest, given_id: UUID) -> HttpResponse:
    """Take the answer of one's own agency back."""
    advice, facts = _advice(request, given_id)
    permissions.require(permissions.may_recommend(facts.actor, advice, facts.case))
    return _page(request, facts, advice, RECALL, services.recall_recommendation)


@doors.staff(*STAFF)
@doors.keeping(stash.keep)
def ask_again(request: HttpRequest, given_id: UUID) -> HttpResponse:
    """Ask an agency for another answer, or for an answer at last."""
    advice, facts = _advice(request, given_id)
    permissions.require(permissions.may_decide(facts.actor, facts.case))
    return _page(request, facts, advice, ASK_AGAIN, services.ask_again)


def _advice(request: HttpRequest, recommendation_id: UUID) -> tuple[Recommendation, Facts]:
    found = Recommendation.objects.filter(pk=recommendation_id).first()
    if found is None:
        raise Missing
    facts = Facts.of(actor_of(request), find_case(request, found.case_id))
    return next(one for one in facts.advice if one.pk == recommendation_id), facts


def _page(
    request: HttpRequest, facts: Facts, advice: Recommendation, step: Step, do: Callable[..., object]
) -> HttpResponse:
    """What was said, and a form that asks why."""
    if away := moved_on(request, facts, step):
        return away
    form = ReasonForm(stash.typed(request))
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["reason"]
        done = carry_out(
            request, facts, step, form, lambda: do(recommendation_id=advice.pk, by=facts.actor, reason=why)
        )
        if done:
            return done
    return show(request, facts, step, form, {"advice": [advice]}, status=status_of(request, form))
