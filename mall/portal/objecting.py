"""Objecting to a refusal, or appealing after a rejected objection: one question, one page."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now

from agencies.errors import Conflict
from mall import doors
from mall.doors import actor_of
from mall.forms import stash
from mall.forms.objecting import ObjectionForm, may_file, words
from mall.forms.words import in_language
from mall.portal.form.draft import own_case
from mall.portal.posts import needs_person, status_of
from workflows.objections.services import file_objection


@doors.signed_in
@doors.keeping(stash.keep)
@needs_person
def objection(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What may be filed now, until when, and the one question; leads back where nothing may be filed."""
    case = own_case(actor_of(request), case_id)
    opening = may_file(case)
    if request.method != "POST" and opening is None:
        return redirect("portal:case", case_id)
    form, late = ObjectionForm(stash.typed(request)), False
    if request.method == "POST" and form.is_valid():
        try:
            file_objection(case_id=case_id, by=actor_of(request), reason=form.cleaned_data["reason"])
        except Conflict as told:
            form.add_error(None, told.sentence)
            late = True
        else:
            messages.success(request, _now("Keberatan Anda diterima dan akan dijawab sampai batas waktunya."))
            return redirect("portal:case", case_id)
    context = {"case": case, "name": in_language(case.definition.name), "form": form, **words(opening)}
    return render(request, "portal/objection.html", context, status=Conflict.status if late else status_of(form))
