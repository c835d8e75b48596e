"""Whoever checks the papers sends an agency without a computer its link, prints the letter, revokes it."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.cache import never_cache

from agencies import clock
from agencies.errors import Missing
from documents.permits import qr
from mall import doors
from mall.desk import page
from mall.desk.facts import STAFF, Facts, find_case
from mall.desk.posts import Step, carry_out, moved_on, show, status_of
from mall.desk.turns import jump_of
from mall.doors import actor_of
from mall.forms import stash
from notifications.links import advice_url
from notifications.queries import mail_of_link
from workflows import permissions
from workflows.cases import services
from workflows.cases.advice import Recommendation
from workflows.cases.links import AdviceLink
from workflows.cases.queries import links_of
from workflows.duties.conflicts import eligible_officers

SEND = Step("link", "desk/link.html", lazy("Tautan dibuat."), "follow_up")


class LinkForm(forms.Form):
    """To whom, and how."""

    to = forms.ChoiceField(
        label=lazy("Petugas yang ditunjuk menjawab"),
        help_text=lazy("Jawaban tercatat atas namanya. Hanya petugas yang boleh menangani permohonan ini yang tampil."),
    )
    way = forms.ChoiceField(label=lazy("Cara menyampaikan"), choices=AdviceLink.Way.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, officers: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to"].choices = [("", _("Pilih petugas")), *officers]  # type: ignore[attr-defined]


@doors.staff(*STAFF)
@doors.keeping(stash.keep)
def link(request: HttpRequest, recommendation_id: UUID) -> HttpResponse:
    """The links of one recommendation and how they stand; send a new one."""
    advice = Recommendation.objects.select_related("agency").filter(pk=recommendation_id).first()
    if advice is None:
        raise Missing
    facts = Facts.of(actor_of(request), find_case(request, advice.case_id))
    permissions.require(permissions.may_send_link(facts.actor, facts.case))
    if away := moved_on(request, facts, SEND):
        return away
    officers = [(str(one.pk), str(one)) for one in eligible_officers(advice.agency_id, facts.case)]
    form = LinkForm(stash.typed(request), officers=officers)
    if request.method == "POST" and form.is_valid():
        said = {"to": UUID(form.cleaned_data["to"]), "way": form.cleaned_data["way"], "jump": jump_of(request)}
        done = carry_out(
            request,
            facts,
            SEND,
            form,
            lambda: services.send_link(recommendation_id=recommendation_id, by=facts.actor, **said),
        )
        if done:
            return redirect("desk:link", recommendation_id)
    extra = {"advice": advice, "links": _told(advice, facts), "officers": officers}
    return show(request, facts, SEND, form, extra, status=status_of(request, form))


def _told(advice: Recommendation, facts: Facts) -> list[dict[str, Any]]:
    """Each link with why it is dead, and how its mail went. Two queries, and one for the mail of a live link."""
    found = []
    for one in links_of(advice.pk):
        why = one.dead(advice, facts.case, clock.now())
        mail = mail_of_link(one.pk) if not why and one.way == AdviceLink.Way.MAIL else ""
        found.append({"link": one, "why": why, "mail": mail})
    return found


@never_cache
@doors.staff(*STAFF)
def link_letter(request: HttpRequest, link_id: UUID) -> HttpResponse:
    """Ask before printing; then the letter, the only page that ever shows the address."""
    found, facts = _of(request, link_id)
    context = {"link": found, "advice": found.recommendation, "case": facts.case}
    if request.method != "POST":
        return render(request, "desk/link_letter.html", {**context, "identity": page.identity(facts.case)})
    services.print_link(link_id=link_id, by=facts.actor)
    address = advice_url(found.pk)
    size, path = qr.path(address)
    return render(request, "desk/letter.html", {**context, "address": address, "qr_size": size, "qr_path": path})


@doors.staff(*STAFF)
def link_gone(request: HttpRequest, link_id: UUID) -> HttpResponse:
    """Revoke a link, after asking."""
    found, facts = _of(request, link_id)
    if request.method != "POST":
        context = {"link": found, "advice": found.recommendation, "case": facts.case}
        return render(request, "desk/link_gone.html", {**context, "identity": page.identity(facts.case)})
    services.revoke_link(link_id=link_id, by=facts.actor)
    messages.success(request, _("Tautan dicabut dan tidak dapat dipakai lagi."))
    return redirect("desk:case", facts.case.pk)


def _of(request: HttpRequest, link_id: UUID) -> tuple[AdviceLink, Facts]:
    """The link, if this person may send links in its case."""
    rows = AdviceLink.objects.select_related("to", "recommendation__agency", "recommendation__case")
    found = rows.filter(pk=link_id).first()
    if found is None:
        raise Missing
    facts = Facts.of(actor_of(request), find_case(request, found.recommendation.case_id))
    permissions.require(permissions.may_send_link(facts.actor, facts.case))
    return found, facts
