"""Answering a repair for the person at the counter: as a return, by the clerk who has her mandate."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from agencies.models import Agency, Role
from mall import doors
from mall.counter.access import my_case
from mall.doors import actor_of
from mall.forms import repairs as answering
from mall.forms import stash
from mall.forms.draft import Draft
from workflows.cases import repairs

FAULTY = 422


@doors.staff(Role.CLERK)
@doors.keeping(stash.keep)
def repair(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What an office asks of the applicant, and her answer in words and papers."""
    draft = Draft(my_case(request, case_id))
    asked = repairs.open_repair(draft.case)
    if asked is None:
        return redirect("counter:case", case_id)
    posted = request.method == "POST"
    form = answering.form_for(draft, stash.typed(request), request.FILES if posted else None)
    form.fields["answer"].label = _("Apa yang sudah diperbaiki pemohon?")
    if posted and form.is_valid() and answering.answered(draft, form, by=actor_of(request)):
        return redirect("counter:case", case_id)
    context = {
        "case": draft.case,
        "repair": asked,
        "things": answering.things(draft.case, asked),
        "agency": Agency.objects.get(pk=asked.agency),
        "form": form,
        "title": _("Perbaikan yang diminta"),
    }
    return render(request, "counter/repair.html", context, status=FAULTY if posted and form.errors else 200)
