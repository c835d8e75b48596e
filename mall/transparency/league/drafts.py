"""For those who lead an agency: the draft of a league, and what they say against it; for the mall: its answer."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from agencies import clock
from agencies.errors import Invalid
from agencies.queries import active_agencies
from mall import doors
from mall.design import formats
from mall.design.parts import Cell, Column, Table
from mall.doors import actor_of
from mall.forms import faults
from mall.transparency.league import permissions, present, rounds, services
from mall.transparency.league.declared import METHOD, SLUG
from mall.transparency.league.forms import AnswerForm, ContestForm
from mall.transparency.league.machine import ContestState, RoundState
from mall.transparency.league.models import Contest, Round
from workflows.actors import Actor
from workflows.permissions import require

FAULTY = 422
leading = doors.staff(*permissions.LEADING)


@never_cache
@leading
@require_safe
def drafts(request: HttpRequest) -> HttpResponse:
    """Every round, the latest first. One query."""
    columns = [Column(_("Triwulan")), Column(_("Keadaan")), Column(_("Dapat disanggah sampai"))]
    rows = [
        [_named(one), one.get_state_display(), formats.moment(one.closes_at)]
        for one in rounds.drafts(actor_of(request))
    ]
    table = Table(_("Liga ketepatan"), columns, rows) if rows else None
    return render(request, "transparency/league/drafts.html", {"table": table})


def _named(one: Round) -> Cell:
    return Cell(one.over.name.capitalize(), reverse("transparency:league_draft", args=[one.pk]))


@never_cache
@leading
@require_safe
def draft(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """One draft as it will be public, with what was said against it. Two queries."""
    actor = actor_of(request)
    round_ = rounds.draft(actor, round_id)
    found = present.league_of(rounds.as_release(round_, METHOD, SLUG))
    contests = rounds.contests_of(round_)
    context = {
        "round": round_,
        "table": present.table(found),
        "chart": present.chart(found, round_.over.name),
        "moments": present.moments(contests),
        "sample": getattr(settings, "MALL_MAY_PRETEND", False),
        "open": round_.state == RoundState.DRAFT and clock.now() < round_.closes_at,
        "waiting": _waiting(actor, contests),
    }
    return render(request, "transparency/league/draft.html", context)


def _waiting(actor: Actor, contests: list[Contest]) -> list[Contest]:
    return [one for one in contests if one.state == ContestState.OPEN and permissions.may_answer(actor, one)]


@never_cache
@leading
def contest(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Ask what is wrong, and take it."""
    actor = actor_of(request)
    round_ = rounds.draft(actor, round_id)
    own = active_agencies().filter(pk__in=actor.agencies(*permissions.LEADING))
    form = ContestForm(request.POST or None, agencies=[(one.pk, one.name) for one in own])
    if form.is_bound and form.is_valid():
        try:
            services.contest(round_id=round_.pk, by=actor, **form.cleaned_data)
        except Invalid as fault:
            faults.show(form, fault)
        else:
            messages.success(request, _("Sanggahan Anda tersimpan. Manajer mal menjawabnya secara tertulis."))
            return redirect("transparency:league_draft", round_.pk)
    context = {"form": form, "round": round_, "until": formats.moment(round_.closes_at)}
    return render(request, "transparency/league/contest.html", context, status=FAULTY if form.errors else 200)


@never_cache
@leading
def answer(request: HttpRequest, contest_id: UUID) -> HttpResponse:
    """Ask for the mall's answer, and take it."""
    actor = actor_of(request)
    found = rounds.contest(actor, contest_id)
    require(permissions.may_answer(actor, found))
    form = AnswerForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            services.answer(contest_id=found.pk, by=actor, **form.cleaned_data)
        except Invalid as fault:
            faults.show(form, fault)
        else:
            messages.success(request, _("Jawaban tersimpan dan diumumkan bersama liga."))
            return redirect("transparency:league_draft", found.round_id)
    context = {"form": form, "contest": found}
    return render(request, "transparency/league/answer.html", context, status=FAULTY if form.errors else 200)
