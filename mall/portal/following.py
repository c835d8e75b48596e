"""Following one's own applications: the list, the page of one, its decision and its document."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from agencies.errors import Missing
from documents.letters.kinds import LetterKind
from documents.letters.queries import letters_of
from documents.permits.queries import content_of, document_for
from mall import doors
from mall.doors import actor_of
from mall.forms import accounting, words
from mall.forms import repairs as answering
from mall.forms.objecting import may_file
from mall.forms.words import in_language
from mall.portal import letters, story, telling
from mall.portal.form.draft import Draft, Paper, own_case
from mall.portal.names import agency_names
from mall.portal.posts import needs_person
from workflows.cases import queries, repairs
from workflows.cases.advice import Recommendation, RecommendationState
from workflows.cases.decisions import Decision
from workflows.cases.machine import CaseState
from workflows.cases.models import Case
from workflows.cases.rating import rating_code
from workflows.charges.models import Bill, Charge, ChargeState
from workflows.charges.receipts import Receipt, receipt_of
from workflows.objections import queries as objections
from workflows.permits.models import Permit


@doors.signed_in
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """Her applications and drafts, newest first. One query."""
    listed = queries.own_cases(actor_of(request), cursor=request.GET.get("after", ""))
    return render(request, "portal/cases.html", {"cases": listed.items, "next": listed.next})


@doors.signed_in
@require_safe
@needs_person
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Where it stands, who has it, what comes next, and what has happened.

    At most 9 queries of its own; one more for what was objected once it is decided, and four while it stands refused.
    """
    own = own_case(actor_of(request), case_id)
    if own.state == CaseState.DRAFT:
        return redirect("portal:tasks", case_id)
    events = queries.timeline(own)
    held = own.intervals.filter(closed_at=None).first()
    advice = list(own.recommendations.order_by("stage", "agency_id"))
    names = agency_names({*telling.agencies_in(events), *(one.agency_id for one in advice), *_holding(held)})
    asked = repairs.open_repair(own)
    context = {
        "case": own,
        "name": in_language(own.definition.name),
        "steps": story.steps(own),
        "now": story.now(own, held, names) if held else None,
        "moments": telling.moments(events, names),
        "advice": [(one, names.get(one.agency_id, one.agency_id)) for one in _asked(advice)],
        "deficient": Draft(own).lacks,
        "money": _money(own),
        "decision": _decision(own),
        "permit": _permit(own),
        "objections": objections.of_case(own) if own.decided_at else [],
        "opening": may_file(own),
        "may_withdraw": story.may_withdraw(own),
        "rating": rating_code(own.pk) if own.closed_at else "",
        "repair": asked,
        "things": answering.things(own, asked) if asked else [],
        "stated": next((one.data["number"] for one in events if one.kind == "deemed.stated"), ""),
        "letters": letters_of(own) if own.reference else [],
        "account": accounting.table(own, queries.intervals(own), names),
    }
    return render(request, "portal/case.html", context)


def _holding(held: object) -> set[str]:
    code = getattr(held, "agency", "")
    return {code} if code else set()


def _asked(advice: list[Recommendation]) -> list[Recommendation]:
    return [one for one in advice if one.state != RecommendationState.PLANNED]


@dataclass(frozen=True, slots=True)
class Money:
    """What is owed, by which law, and how to pay it."""

    charge: Charge
    bill: Bill | None
    receipt: Receipt | None


def _money(own: Case) -> Money | None:
    """The charge with its bill, and the receipt once it is paid. One query, two when it is paid."""
    charge = Charge.objects.select_related("bill_row").filter(case=own).first()
    if charge is None:
        return None
    receipt = receipt_of(own) if charge.state == ChargeState.PAID else None
    return Money(charge, getattr(charge, "bill_row", None), receipt)


def _decision(own: Case) -> Decision | None:
    """The decision that counts. One query once something is decided."""
    return own.decisions.filter(final=True).order_by("-at").first() if own.decided_at else None


def _permit(own: Case) -> Permit | None:
    """The product. One query once something is decided."""
    return Permit.objects.filter(case=own).first() if own.decided_at else None


@doors.signed_in
@require_safe
@needs_person
def answers(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What was sent: a copy to keep and to print."""
    draft = Draft.of(actor_of(request), case_id)
    papers: list[Paper] = [paper for paper in draft.papers if paper.attachment]
    context = {
        "case": draft.case,
        "name": in_language(draft.definition.name),
        "rows": words.rows(draft.definition, draft.answers),
        "papers": [(in_language(paper.requirement.name), paper.requirement.code) for paper in papers],
    }
    return render(request, "portal/answers.html", context)


@doors.signed_in
@require_safe
@needs_person
def decision(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The decision with its reason and law, fit to be printed; a refusal as the letter that it is."""
    own = own_case(actor_of(request), case_id)
    found = _decision(own)
    if found is None:
        raise Missing
    if found.outcome == Decision.Outcome.REFUSED:
        return letters.page(request, own, LetterKind.REFUSAL)
    context = {"case": own, "decision": found, "name": in_language(own.definition.name)}
    return render(request, "portal/decision.html", context)


@doors.signed_in
@require_safe
@needs_person
def document(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The sealed PDF of the permit. Named by its own number, never by a person."""
    own = own_case(actor_of(request), case_id)
    found, _case = document_for(actor_of(request), own.pk)
    answer = HttpResponse(content_of(found), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{own.reference}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer
