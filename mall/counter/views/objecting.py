"""An objection or an appeal that a clerk files for the person at the counter, and its receipt."""

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from agencies.errors import Conflict, Invalid
from agencies.ids import new_id
from agencies.models import Role
from mall import doors
from mall.counter import present
from mall.counter.access import case_at_counter
from mall.counter.mandating import MandateForm
from mall.doors import actor_of
from mall.forms import faults, stash
from mall.forms.objecting import ObjectionForm, may_file, words
from workflows import looks
from workflows.objections import queries
from workflows.objections.services import file_objection

FAULTY = 422
PURPOSE = "counter_objection"


class CounterForm(MandateForm, ObjectionForm):
    """Who has come, and the one question."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    field_order = ("key", "kind", "bearer", "note", "reason")


@doors.staff(Role.CLERK)
@doors.keeping(stash.keep)
def objection(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What may be filed now, who has come, and the one question; leads back where nothing may be filed."""
    case = case_at_counter(request, case_id)
    opening = may_file(case)
    form, status = CounterForm(stash.typed(request), initial={"key": new_id()}), 200
    if request.method == "POST":
        status = _filed(request, case_id, form)
        if not status:
            return redirect("counter:objection_receipt", case_id)
    elif opening is None:
        return redirect("counter:case", case_id)
    else:
        looks.look(by=actor_of(request), case=case, purpose=PURPOSE)
    return render(request, "counter/objection.html", {"case": case, "form": form, **words(opening)}, status=status)


def _filed(request: HttpRequest, case_id: UUID, form: CounterForm) -> int:
    """File it: 0 when that is done, else the status of the page that says what is wrong, with everything typed."""
    if not form.is_valid():
        return FAULTY
    said, actor = form.cleaned_data, actor_of(request)
    try:
        file_objection(case_id=case_id, by=actor, reason=said["reason"], key=said["key"], presented=form.presented())
    except Invalid as fault:
        faults.show(form, fault)
        return FAULTY
    except Conflict as late:
        form.add_error(None, late.sentence)
        return Conflict.status
    return 0


@doors.staff(Role.CLERK)
@require_safe
def receipt(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The receipt to print: what was filed, who came, who answers until when, and what silence means."""
    case = case_at_counter(request, case_id)
    found = queries.last(queries.of_case(case))
    if found is None:
        return redirect("counter:case", case_id)
    looks.look(by=actor_of(request), case=case, purpose=PURPOSE)
    return render(request, "counter/objection_receipt.html", {"case": case, "rows": present.objection(case, found)})
