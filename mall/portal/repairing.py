"""Answering a repair: what an office found after the application was complete, and what the applicant says to it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from mall import doors
from mall.doors import actor_of
from mall.forms import repairs as answering
from mall.forms import stash
from mall.forms.words import in_language
from mall.portal.form.draft import Draft
from mall.portal.names import agency_names
from mall.portal.posts import needs_person, posted, status_of
from workflows.cases import repairs


@doors.signed_in
@doors.keeping(stash.keep)
@needs_person
def repair(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What is asked, until when, and the answer to it."""
    actor = actor_of(request)
    draft = Draft.of(actor, case_id)
    asked = repairs.open_repair(draft.case)
    if asked is None:
        return redirect("portal:case", case_id)
    form = answering.form_for(draft, *posted(request))
    if request.method == "POST" and form.is_valid() and answering.answered(draft, form, by=actor):
        return redirect("portal:case", case_id)
    context = {
        "case": draft.case,
        "repair": asked,
        "things": answering.things(draft.case, asked),
        "agency": agency_names({asked.agency}).get(asked.agency, asked.agency),
        "form": form,
        "name": in_language(draft.definition.name),
        "again": request.method == "GET" and stash.take(request) is not None,
    }
    return render(request, "portal/repair.html", context, status=status_of(form))
