"""The end of filling: check the answers, see the fee, send once; and the confirmation."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.errors import Invalid
from agencies.ids import new_id
from mall import doors
from mall.design.parts import Row
from mall.doors import actor_of
from mall.forms import words
from mall.forms.words import in_language
from mall.portal import story
from mall.portal.filling import looked_at
from mall.portal.form.draft import Draft, Paper, own_case
from mall.portal.form.pages import page_of
from mall.portal.form.tasks import tasks_of
from mall.portal.papers import described
from mall.portal.posts import needs_person, posted_key
from workflows.cases import services
from workflows.cases.machine import CaseState
from workflows.definition import answers as questions

PAPER = "paper:"
"""How the engine names a missing paper among the faults."""


@dataclass(frozen=True, slots=True)
class Hole:
    """Something that keeps the application from being sent, and where to put it right."""

    sentence: str
    url: str


@doors.signed_in
@needs_person
def check(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Everything that was filled in, with its change links and the fee; the button sends it."""
    draft = Draft.of(actor_of(request), case_id)
    if not draft.is_open:
        return redirect("portal:case", case_id)
    holes: list[Hole] = []
    if request.method == "POST":
        try:
            services.submit(case_id=case_id, by=actor_of(request), key=posted_key(request))
        except Invalid as fault:
            holes = _holes(draft, fault.fields)
        else:
            return redirect("portal:sent", case_id)
    context = {
        "draft": draft,
        "case": draft.case,
        "name": in_language(draft.definition.name),
        "holes": holes or _holes(draft, draft.holes),
        "applicant": _applicant(draft),
        "answers": _answers(draft),
        "papers": [_paper_row(draft, paper) for paper in draft.papers],
        "fee": draft.fee,
        "unfixed": tasks_of(draft, looked_at(request, draft)).left if draft.returned else 0,
        "key": new_id(),
    }
    return render(request, "portal/check.html", context, status=422 if holes else 200)


def _holes(draft: Draft, faults: dict[str, list[str]]) -> list[Hole]:
    return [Hole(sentence, _place(draft, name)) for name, told in faults.items() for sentence in told]


def _place(draft: Draft, name: str) -> str:
    """The page on which a fault can be put right."""
    if name.startswith(PAPER):
        return reverse("portal:paper", args=[draft.case.pk, name.removeprefix(PAPER)]) + "?from=check"
    found = page_of(draft.definition, name)
    if found is None:
        return reverse("portal:tasks", args=[draft.case.pk])
    return reverse("portal:page", args=[draft.case.pk, found.number]) + f"?from=check#id_q-{name}"


def _applicant(draft: Draft) -> list[Row]:
    body = draft.case.organisation
    rows = [Row(_("Nama"), draft.case.applicant.name)]
    return [*rows, Row(_("Badan usaha"), body.name)] if body else rows


def _answers(draft: Draft) -> list[Row]:
    """One line a question, each with the link to its own page."""
    shown = words.rows(draft.definition, draft.answers)
    fields = questions.visible_fields(draft.definition, draft.answers)
    return [Row(row.key, row.value, _place(draft, field.name)) for row, field in zip(shown, fields, strict=True)]


def _paper_row(draft: Draft, paper: Paper) -> Row:
    where = _place(draft, f"{PAPER}{paper.requirement.code}")
    return Row(in_language(paper.requirement.name), described(paper.file) if paper.file else words.NOTHING, where)


@doors.signed_in
@require_safe
@needs_person
def sent(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """It has arrived: number, tracking code, what happens next and by when. Also the receipt to print."""
    case = own_case(actor_of(request), case_id)
    if case.reference is None or case.state in (CaseState.DRAFT, CaseState.RETURNED):
        return redirect("portal:case", case_id)
    context = {
        "case": case,
        "name": in_language(case.definition.name),
        "next": story.what_next(case),
        "until": None if story.awaited(case) else case.due_at,
    }
    return render(request, "portal/sent.html", context)


@doors.signed_in
@needs_person
def withdraw(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Take the application back, after a question whether one means it."""
    case = own_case(actor_of(request), case_id)
    if request.method == "POST":
        posted_key(request)
        if case.state != CaseState.WITHDRAWN:
            services.withdraw(case_id=case_id, by=actor_of(request), reason=request.POST.get("reason", "")[:1000])
        return redirect("portal:case", case_id)
    if not story.may_withdraw(case):
        return redirect("portal:case", case_id)
    context = {"case": case, "name": in_language(case.definition.name), "key": new_id()}
    return render(request, "portal/withdraw.html", context)
