"""For the superior of the PPID: the objections that wait for her, and one of them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from agencies.choices import Role
from agencies.errors import Invalid
from mall import doors
from mall.doors import actor_of
from mall.forms import faults
from mall.voice.information import permissions, present, queries
from mall.voice.information.forms import JudgeForm
from mall.voice.information.services import objecting

FAULTY = 422
only_superiors = doors.staff(Role.HEAD, Role.DEPUTY)


@never_cache
@only_superiors
@require_safe
def objections(request: HttpRequest) -> HttpResponse:
    """What she must answer, the earliest due first. One query."""
    page = queries.to_answer(actor_of(request), cursor=request.GET.get("after", ""))
    table = present.objection_table(page.items) if page.items else None
    return render(request, "information/objections.html", {"table": table, "next": page.next})


@never_cache
@only_superiors
def judge(request: HttpRequest, objection_id: UUID) -> HttpResponse:
    """One objection with the request and its answer, and the superior's own. Three queries and the event's three."""
    actor = actor_of(request)
    objection = objecting.read_objection(objection_id=objection_id, by=actor)
    form = JudgeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            objecting.answer_objection(objection_id=objection_id, by=actor, **form.cleaned_data)
        except Invalid as fault:
            faults.show(form, fault)
        else:
            messages.success(request, _("Tanggapan Anda tersimpan dan dapat dibaca pemohon."))
            return redirect("information:objections")
    found = objection.request
    context = {
        "objection": objection,
        "found": found,
        "form": form if permissions.may_answer_objection(actor, objection) and not objection.answered_at else None,
        "rows": present.objection_rows(objection),
        "answer": present.answer_rows(found) if found.answered_at else None,
        "withheld": queries.withheld_of(found),
    }
    return render(request, "information/judge.html", context, status=FAULTY if form.errors else 200)
