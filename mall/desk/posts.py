"""What the action pages of the desk share: a post is parsed, one service function is called, faults are shown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from agencies.errors import Invalid
from mall.desk import actions, page, turns
from mall.desk.facts import Facts
from mall.forms import faults
from workflows import looks
from workflows.duties.order import OutOfTurn

Words = str | Promise
CHANGED = 409
FAULTY = 422


class StampedForm(forms.Form):
    """A form that knows which revision of the case it was filled under."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def is_stale(self, revision: int) -> bool:
        """Has the case changed since the page was opened?"""
        return bool(self.is_bound and self.data.get("revision") != str(revision))


@dataclass(frozen=True, slots=True)
class Step:
    """One action page: which action it is, its template, what to say when it is done, and why it is a look."""

    action: str
    template: str
    done: Words
    purpose: str
    back: str = ""
    """Where it leads afterwards, for those who do not open the case itself."""


def status_of(request: HttpRequest, form: forms.Form) -> int:
    """409 for a post out of turn and 422 for one with errors, each shown again; else 200."""
    if turns.asks(request):
        return CHANGED
    return FAULTY if request.method == "POST" and form.errors else 200


def moved_on(request: HttpRequest, facts: Facts, step: Step) -> HttpResponse | None:
    """Lead back to the case when the action is not open any more; None while it is, or for a post.

    A page that opens is a look at the case. A post is an event of its own, and is answered by the
    service, which says who came too late (409) or may not (403).
    """
    if request.method == "POST":
        return None
    if actions.has(facts, step.action):
        looks.look(by=facts.actor, case=facts.case, purpose=step.purpose)
        return None
    messages.info(request, _("Tindakan itu tidak terbuka untuk Anda sekarang. Ini keadaan permohonan."))
    return redirect(step.back or _case_page(facts))


def _case_page(facts: Facts) -> str:
    return reverse("desk:case", args=[facts.case.pk])


def show(
    request: HttpRequest,
    facts: Facts,
    step: Step,
    form: forms.Form,
    extra: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """The page of an action, with the identity of its case on top."""
    context = {"form": form, "case": facts.case, "identity": page.identity(facts.case), **(extra or {})}
    context["turn"] = None if "kept" in context else turns.form_of(request)
    return render(request, step.template, context, status=status)


def carry_out(
    request: HttpRequest,
    facts: Facts,
    step: Step,
    form: forms.Form,
    do: Callable[[], object],
    names: Mapping[str, str] | None = None,
) -> HttpResponse | None:
    """Call the service; lead to the case when it is done, or None with its faults put into the form."""
    try:
        do()
    except OutOfTurn as late:
        turns.ask(request, form, late)
        return None
    except Invalid as fault:
        faults.show(form, fault, names=names)
        return None
    messages.success(request, str(step.done))
    return redirect(step.back or _case_page(facts))


def again(form: StampedForm, revision: int) -> dict[str, Any]:
    """What to tell when the case changed while the page lay open: look again, nothing typed is lost."""
    assert isinstance(form.data, MultiValueDict)
    data = form.data.copy()
    data["revision"] = str(revision)
    form.data = data
    return {"changed": _("Permohonan ini berubah sejak Anda membuka halaman. Periksa lagi, lalu kirim ulang.")}


def kept(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed, to be carried through the page that asks for confirmation."""
    typed = ((name, values) for name, values in request.POST.lists() if name not in ("do", "csrfmiddlewaretoken"))
    return [(name, str(value)) for name, values in typed for value in values]
