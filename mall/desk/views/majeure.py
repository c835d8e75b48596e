"""Force majeure: whoever decides asks that the term stand still, and says when it goes on."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from mall import doors
from mall.desk.facts import STAFF, find_case
from mall.desk.posts import Step, carry_out, moved_on, show, status_of
from mall.desk.views.advising import facts_of
from mall.doors import actor_of
from mall.forms import stash
from workflows import permissions
from workflows.clock import services

ASKED = _("Tercatat. Waktu layanan berhenti setelah orang kedua menandatangani; sampai saat itu waktu tetap berjalan.")
STEP = Step("majeure", "desk/majeure.html", ASKED, "follow_up")


class MajeureForm(forms.Form):
    """What happened."""

    note = forms.CharField(
        label=_("Apa yang terjadi, dan mengapa layanan tidak dapat berjalan?"),
        help_text=_("Misalnya banjir di kantor dinas sejak 5 Oktober. Dibaca oleh penanda tangan kedua dan pemeriksa."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@doors.staff(*STAFF)
@doors.keeping(stash.keep)
def majeure(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Ask that the term stand still for what nobody could help; another person must sign."""
    facts = facts_of(request, case_id)
    permissions.require(permissions.may_decide(facts.actor, facts.case))
    if away := moved_on(request, facts, STEP):
        return away
    form = MajeureForm(stash.typed(request))
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["note"]
        done = carry_out(
            request,
            facts,
            STEP,
            form,
            lambda: services.declare_force_majeure(case_id=case_id, by=facts.actor, note=note),
        )
        if done:
            return done
    return show(request, facts, STEP, form, status=status_of(request, form))


@doors.staff(*STAFF)
def majeure_over(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The office can work again. Opened as a page, it is the case's page."""
    found = find_case(request, case_id)
    if request.method == "POST":
        services.end_force_majeure(case_id=case_id, by=actor_of(request))
        messages.success(request, _now("Waktu layanan berjalan lagi dengan sisa hari yang sama."))
    return redirect("desk:case", found.pk)
