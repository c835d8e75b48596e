"""Filling an application: its list of tasks and its pages of questions."""

from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from agencies.errors import Invalid
from mall import doors
from mall.doors import actor_of
from mall.forms import faults, stash
from mall.forms.questions import AnswersForm
from mall.forms.words import in_language
from mall.portal.form.draft import Draft
from mall.portal.form.pages import Page
from mall.portal.form.tasks import tasks_of
from mall.portal.posts import from_check, needs_person, status_of
from workflows.cases import services
from workflows.definition.model import Field


@doors.signed_in
@require_safe
@needs_person
def tasks(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What is done and what is still to do."""
    draft = Draft.of(actor_of(request), case_id)
    if not draft.is_open:
        return redirect("portal:case", case_id)
    listed = tasks_of(draft, looked_at(request, draft))
    context = {"draft": draft, "case": draft.case, "name": in_language(draft.definition.name), "tasks": listed}
    return render(request, "portal/tasks.html", context)


@doors.signed_in
@doors.keeping(stash.keep)
@needs_person
def page(request: HttpRequest, case_id: UUID, number: int) -> HttpResponse:
    """One page of questions."""
    draft = Draft.of(actor_of(request), case_id)
    if not draft.is_open:
        return redirect("portal:case", case_id)
    shown, fields = draft.page(number)
    names = [field.name for field in fields]
    posted = request.method == "POST"
    kept = None if posted else (stash.take(request) or None)
    data = request.POST if posted else kept
    form = AnswersForm(draft.definition, data, request.FILES or None, answers=draft.answers, only=names)
    if posted and _kept(request, draft, form, fields):
        _look_at(request, draft, shown)
        return redirect(_onward(request, draft, shown))
    context = {"draft": draft, "case": draft.case, "page": shown, "form": _with_places(form, fields), "kept": kept}
    context |= {"name": in_language(draft.definition.name), "from_check": from_check(request)}
    return render(request, "portal/page.html", context, status=status_of(form) if posted else 200)


def _kept(request: HttpRequest, draft: Draft, form: AnswersForm, fields: tuple[Field, ...]) -> bool:
    """Save what can be saved; True when the page is done, or may stay open because she wants to go on later."""
    form.is_valid()
    raw: dict[str, Any] = form.raw()
    for name, upload in form.uploads().items():
        raw[name] = _stored(request, draft, form, name, upload) or raw[name]
    while raw:
        try:
            draft.case = services.save_answers(case_id=draft.case.pk, by=actor_of(request), raw=raw)
            break
        except Invalid as fault:
            # The right answers of a page are saved even where others are wrong.
            faults.show(form, fault)
            raw = {name: typed for name, typed in raw.items() if name not in fault.fields}
    if "later" in request.POST:
        return not form.errors
    fresh = Draft(draft.case)
    for field in fields:
        if field.name in fresh.faults and field.name not in form.errors:
            form.add_error(field.name, fresh.faults[field.name])
    return not form.errors


def _stored(request: HttpRequest, draft: Draft, form: AnswersForm, name: str, upload: "File[bytes]") -> str:
    """The id of an uploaded answer, or nothing and a sentence beside the field."""
    try:
        kind = f"isian-{name}"[:80]
        return str(draft.take_in(upload, kind, by=actor_of(request)))
    except Invalid as fault:
        faults.show(form, fault, names={"file": name})
        return ""


def _with_places(form: AnswersForm, fields: tuple[Field, ...]) -> AnswersForm:
    """Mark the boxes that a phone could fill with where it is."""
    for field in fields:
        if field.type == "geopoint":
            form.fields[field.name].widget.attrs["data-geopoint"] = ""
    return form


def _onward(request: HttpRequest, draft: Draft, shown: Page) -> str:
    """Where to go after a saved page: the list, back to the check, or the next questions."""
    case_id = draft.case.pk
    fresh = Draft(draft.case)
    if "later" in request.POST:
        return reverse("portal:tasks", args=[case_id])
    if from_check(request) and not fresh.faults:
        return reverse("portal:check", args=[case_id])
    following = fresh.page_after(shown.number)
    if following is None:
        return reverse("portal:tasks", args=[case_id])
    return reverse("portal:page", args=[case_id, following.number])


def _marker(draft: Draft) -> str:
    return f"again:{draft.case.pk}:{draft.case.round}"


def looked_at(request: HttpRequest, draft: Draft) -> list[int]:
    """The pages saved again in this session since the application came back."""
    return list(request.session.get(_marker(draft), [])) if draft.returned else []


def _look_at(request: HttpRequest, draft: Draft, shown: Page) -> None:
    if draft.returned:
        request.session[_marker(draft)] = sorted({*looked_at(request, draft), shown.number})
