"""A case at the counter: its parts while it is filled, its state afterwards, its receipt."""

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from agencies.errors import Invalid
from agencies.ids import new_id
from agencies.models import Role
from documents.letters.queries import letters_of
from mall import doors
from mall.counter import lists, present
from mall.counter.access import case_at_counter, is_mine, my_case, purpose_of
from mall.counter.views.people import ask_purpose
from mall.doors import actor_of
from mall.forms import repairs as answering
from mall.forms.draft import Draft
from mall.forms.objecting import may_file, words
from workflows import looks, permissions
from workflows.cases import queries, repairs, services
from workflows.cases.models import Case
from workflows.objections import queries as objections

FAULTY = 422


@doors.staff(Role.CLERK)
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """What this clerk opened for others, newest first. One query."""
    page = queries.opened_at_counter(actor_of(request), cursor=request.GET.get("after", ""))
    context = {"table": lists.opened(page.items) if page.items else None, "next": page.next}
    return render(request, "counter/cases.html", context)


def _looked_at(request: HttpRequest, case: Case) -> str:
    """Record the look and return its purpose; empty when the clerk must say why first."""
    purpose = purpose_of(request) or ("counter_status" if is_mine(request, case) else "")
    if purpose:
        looks.look(by=actor_of(request), case=case, purpose=purpose)
    return purpose


@doors.staff(Role.CLERK)
@require_safe
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The parts still to do, or how the case stands."""
    found = case_at_counter(request, case_id)
    if not _looked_at(request, found):
        return ask_purpose(request)
    draft = Draft(found)
    if is_mine(request, found) and draft.is_open:
        context = {"case": found, "tasks": present.tasks(draft), "draft": draft}
        return render(request, "counter/tasks.html", context)
    asked = repairs.open_repair(found)
    context = {
        "case": found,
        "facts": present.standing(found),
        "deficiencies": present.deficient(found),
        "serve_url": _serve_url(request, found),
        "mine": is_mine(request, found),
        "objecting": words(may_file(found)),
        "objected": objections.last(objections.of_case(found)) if found.decided_at else None,
        "letters": letters_of(found) if is_mine(request, found) else [],
        "repair": asked,
        "things": answering.things(found, asked) if asked else [],
    }
    return render(request, "counter/case.html", context)


def _serve_url(request: HttpRequest, found: Case) -> str:
    """Where this person can serve the case at once, if she may."""
    may = found.state == "submitted" and permissions.may_serve(actor_of(request), found)
    return reverse("desk:serve", args=[found.pk]) if may else ""


@doors.staff(Role.CLERK)
def check(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Everything once more, with the fee; the button hands it in."""
    draft = Draft(my_case(request, case_id))
    if not draft.is_open:
        return redirect("counter:case", case_id)
    told = draft.holes
    if request.method == "POST":
        try:
            services.submit(case_id=case_id, by=actor_of(request), key=_key(request))
        except Invalid as fault:
            told = fault.fields
        else:
            return redirect("counter:sent", case_id)
    context = {
        "case": draft.case,
        "holes": present.holes(draft.case, told),
        "sections": present.sections(draft),
        "fee": draft.fee,
        "key": new_id(),
    }
    return render(request, "counter/check.html", context, status=FAULTY if request.method == "POST" else 200)


def _key(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError as error:
        raise Invalid({"": [_now("Buka halaman ini sekali lagi, lalu ajukan.")]}) from error


@doors.staff(Role.CLERK)
@require_safe
def sent(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """It has arrived: the number, and where the person goes next."""
    found = my_case(request, case_id)
    if found.reference is None or Draft(found).is_open:
        return redirect("counter:case", case_id)
    context = {"case": found, "same_visit": found.definition.same_visit, "serve_url": _serve_url(request, found)}
    return render(request, "counter/sent.html", context)


@doors.staff(Role.CLERK)
@require_safe
def receipt(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The receipt to print: number, tracking code, what was handed in, what is promised."""
    found = case_at_counter(request, case_id)
    if found.reference is None:
        return redirect("counter:case", case_id)
    if not _looked_at(request, found):
        return ask_purpose(request)
    context = {"case": found, "rows": present.receipt(found), "papers": present.handed_in(Draft(found))}
    return render(request, "counter/receipt.html", context)


class WithdrawForm(forms.Form):
    """Why the applicant takes it back, in her words."""

    reason = forms.CharField(
        label=_("Alasan pemohon"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    sure = forms.BooleanField(label=_("Pemohon meminta permohonan ini dicabut."))


@doors.staff(Role.CLERK)
def withdraw(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Take the application back for the person who asks for it."""
    found = my_case(request, case_id)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.withdraw(case_id=case_id, by=actor_of(request), reason=form.cleaned_data["reason"])
        return redirect("counter:case", case_id)
    context = {"case": found, "form": form}
    return render(request, "counter/withdraw.html", context, status=FAULTY if form.errors else 200)
