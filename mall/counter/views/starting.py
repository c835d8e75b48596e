"""Beginning an application for the person at the counter: which service, in whose name, on what ground."""

from typing import Any
from uuid import UUID

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from agencies.errors import Invalid
from agencies.ids import new_id
from agencies.models import Organisation, Person, Role
from mall import doors
from mall.counter.access import my_case, person_at_counter
from mall.counter.mandating import MandateForm
from mall.doors import actor_of
from mall.forms import faults, stash
from mall.forms.draft import OPEN_STATES
from workflows.actors import Actor
from workflows.cases import services
from workflows.cases.mandates import Mandate
from workflows.cases.models import Case, Channel
from workflows.definition import queries as definitions
from workflows.definition.model import ApplicantKind, Definition

FAULTY = 422
SELF = "self"


class StartForm(MandateForm):
    """The mandate, and in whose name where the service leaves a choice."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    organisation = forms.ChoiceField(label=_("Atas nama siapa?"), widget=forms.RadioSelect)
    field_order = ("key", "organisation", "kind", "bearer", "note")

    def __init__(self, kind: ApplicantKind, bodies: list[Organisation], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = self.fields["organisation"]
        assert isinstance(asked, forms.ChoiceField)
        own = [] if kind is ApplicantKind.BUSINESS else [(SELF, _("Orang ini sendiri"))]
        asked.choices = [*own, *((str(body.pk), body.name) for body in bodies)]
        if kind is ApplicantKind.INDIVIDUAL:
            del self.fields["organisation"]

    def organisation_id(self) -> UUID | None:
        """The organisation that was chosen, if any."""
        chosen = self.cleaned_data.get("organisation", SELF)
        return None if chosen == SELF else UUID(chosen)


@doors.staff(Role.CLERK)
@require_safe
def choose(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Find the service that the person came for. One query besides the person."""
    found = person_at_counter(request, person_id, "")
    text = request.GET.get("q", "").strip()[:100]
    page = definitions.search(text, cursor=request.GET.get("after", ""))
    context = {"person": found, "text": text, "services": page.items, "next": page.next}
    return render(request, "counter/choose.html", context)


@doors.staff(Role.CLERK)
@doors.keeping(stash.keep)
def start(request: HttpRequest, person_id: UUID, code: str) -> HttpResponse:
    """Record the mandate and open the draft, both or none."""
    posted = request.method == "POST"
    found = person_at_counter(request, person_id, "" if posted else "counter_apply")
    definition = definitions.version_for_new_case(code).definition
    bodies = [] if definition.applicant is ApplicantKind.INDIVIDUAL else list(found.organisations.order_by("name"))
    form = StartForm(definition.applicant, bodies, stash.typed(request), initial={"key": new_id()})
    if posted and form.is_valid():
        try:
            case = _open(actor_of(request), found, definition, form)
        except Invalid as fault:
            faults.show(form, fault)
        else:
            return redirect("counter:fill", case.pk)
    context = {"form": form, "person": found, "definition": definition, "bodies": bodies}
    return render(request, "counter/start.html", context, status=FAULTY if posted and form.errors else 200)


@transaction.atomic
def _open(by: Actor, person: Person, definition: Definition, form: StartForm) -> Case:
    case = services.open_draft(
        by=by,
        service_code=definition.code,
        applicant_id=person.pk,
        organisation_id=form.organisation_id(),
        channel=Channel.COUNTER,
        key=form.cleaned_data["key"],
    )
    if case.state in OPEN_STATES:
        services.set_mandate(case_id=case.pk, by=by, **form.mandate())
    return case


@doors.staff(Role.CLERK)
def mandate(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Who has come today: another person may bring the answer to a return."""
    case = my_case(request, case_id)
    if case.state not in OPEN_STATES:
        return redirect("counter:case", case.pk)
    known = Mandate.objects.filter(case=case).values("kind", "bearer", "note").first()
    form = MandateForm(request.POST or None, initial={**known} if known else {})
    if request.method == "POST" and form.is_valid():
        try:
            services.set_mandate(case_id=case.pk, by=actor_of(request), **form.cleaned_data)
        except Invalid as fault:
            faults.show(form, fault)
        else:
            return redirect("counter:case", case.pk)
    return render(request, "counter/mandate.html", {"form": form, "case": case}, status=FAULTY if form.errors else 200)
