"""Letters to the applicant as pages: the same words as in the PDF, fit to be printed."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agencies.errors import Missing
from documents.letters import queries
from documents.letters.kinds import LetterKind
from documents.letters.words import Fact
from mall import doors
from mall.design.parts import Row
from mall.doors import actor_of
from mall.forms.objecting import may_file
from mall.portal.form.draft import own_case
from mall.portal.posts import needs_person
from workflows.cases.models import Case
from workflows.deemed.queries import duty_of


@doors.signed_in
@require_safe
@needs_person
def complete(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The numbered receipt for a complete application."""
    return page(request, own_case(actor_of(request), case_id), LetterKind.COMPLETE)


@doors.signed_in
@require_safe
@needs_person
def receipt(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The receipt of a payment: what was paid, line by line with the article, under a number of its own."""
    return page(request, own_case(actor_of(request), case_id), LetterKind.PAYMENT)


@doors.signed_in
@require_safe
@needs_person
def statement(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The statement that the law has granted an application, and whether the decision is there by now."""
    return page(request, own_case(actor_of(request), case_id), LetterKind.DEEMED)


@doors.signed_in
@require_safe
@needs_person
def letter(request: HttpRequest, case_id: UUID, kind: str) -> HttpResponse:
    """Any letter by its kind, such as the answer to an objection."""
    if kind not in LetterKind.values:
        raise Missing
    return page(request, own_case(actor_of(request), case_id), LetterKind(kind))


def page(request: HttpRequest, own: Case, kind: LetterKind) -> HttpResponse:
    """One letter of her own case. Two queries once its PDF is made; `Missing` where there is no such letter."""
    words, ready = queries.shown(own, kind)
    context = {
        "case": own,
        "words": words,
        "ready": ready,
        "rows": _rows(words.facts),
        "parts": [(one.heading, one.text, one.items, _rows(one.facts)) for one in words.parts if not one.empty],
        "opening": may_file(own) if kind is LetterKind.REFUSAL else None,
        "done": _done(own) if kind is LetterKind.DEEMED else None,
    }
    return render(request, "portal/letter.html", context)


def _rows(facts: tuple[Fact, ...]) -> list[Row]:
    return [Row(name, text) for name, text in facts]


def _done(own: Case) -> datetime | None:
    """When the decision came that the law's grant made the office owe. One query."""
    duty = duty_of(own)
    return duty.done_at if duty else None
