"""The page of one case, and its papers."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from agencies.errors import Invalid, Missing
from documents.letters.queries import letters_of
from documents.vault.queries import file_for
from mall import doors
from mall.desk import actions, history, page, turns
from mall.desk.facts import STAFF, Facts, find_case, open_case
from mall.desk.turns import TurnForm
from mall.doors import actor_of
from mall.forms import faults, words
from mall.forms.files import download
from workflows.cases import sealing, services
from workflows.cases.models import Attachment, Case
from workflows.duties.order import OutOfTurn


@doors.staff(*STAFF)
@require_safe
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Everything about one case, and what may be done with it now."""
    found = open_case(request, case_id)
    facts = Facts.of(actor_of(request), found)
    answers = sealing.opened(found.definition, found.answers)
    context = {
        "case": found,
        "facts": facts,
        "identity": page.identity(found),
        "actions": actions.main(facts),
        "asides": actions.aside(facts),
        "waiting": actions.waiting_for(facts),
        "in_hand": facts.in_hand,
        "applicant": page.applicant(found),
        "mandate": page.mandate(found),
        "answers": words.rows(found.definition, answers),
        "papers": page.papers(found),
        "repairs": page.repairs(facts),
        "life": history.Life.of(found),
        "charge": page.charge(found),
        "product": page.product(found),
        "letters": letters_of(found),
        "earlier": page.earlier(found),
    }
    return render(request, "desk/case.html", context)


@doors.staff(*STAFF)
def take(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Take a case to check it, and go to its checklist at once. Opened as a page, it is the case's page."""
    found = find_case(request, case_id)
    if request.method != "POST":
        return redirect("desk:case", found.pk)
    form = TurnForm(request.POST)
    try:
        services.take(case_id=found.pk, by=actor_of(request), jump=turns.jump_of(request))
    except OutOfTurn as late:
        form.add_error("overtaking", late.sentence)
        return _again(request, found, form, late.status)
    except Invalid as fault:
        faults.show(form, fault)
        return _again(request, found, form, fault.status)
    return redirect("desk:verify", found.pk)


def _again(request: HttpRequest, found: Case, form: TurnForm, status: int) -> HttpResponse:
    """The question why this case goes first."""
    context = {"case": found, "identity": page.identity(found), "form": form}
    return render(request, "desk/out_of_turn.html", context, status=status)


@doors.staff(*STAFF)
@require_safe
def paper(request: HttpRequest, attachment_id: UUID) -> HttpResponse:
    """A paper that was handed in, as it is kept in the vault; opening it is a look at the case."""
    attachment = Attachment.objects.filter(pk=attachment_id).first()
    if attachment is None:
        raise Missing
    open_case(request, attachment.case_id)
    stored, _case = file_for(actor_of(request), attachment.file_id)
    return download(stored, name=f"berkas-{attachment.requirement}")
