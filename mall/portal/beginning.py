"""Beginning an application: for oneself or for an organisation, with what will be needed in sight."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.errors import Invalid
from agencies.ids import new_id
from agencies.models import Organisation
from mall import doors
from mall.doors import actor_of
from mall.forms import faults
from mall.forms.words import in_language
from mall.portal import standard
from mall.portal.posts import needs_person, posted, posted_key, status_of
from workflows.actors import Actor
from workflows.cases import services
from workflows.cases.machine import CaseState
from workflows.cases.models import Case
from workflows.cases.queries import untouched_draft
from workflows.definition.model import ApplicantKind, Definition
from workflows.definition.queries import version_for_new_case

MYSELF = "self"


class StartForm(forms.Form):
    """In whose name, where the service leaves a choice."""

    organisation = forms.ChoiceField(label=gettext_lazy("Atas nama siapa permohonan ini?"), widget=forms.RadioSelect)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, kind: ApplicantKind, bodies: list[Organisation], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"key": new_id()}, **kwargs})
        asked = self.fields["organisation"]
        assert isinstance(asked, forms.ChoiceField)
        own = [] if kind is ApplicantKind.BUSINESS else [(MYSELF, _("Diri saya sendiri"))]
        asked.choices = [*own, *((str(body.pk), body.name) for body in bodies)]
        if kind is ApplicantKind.INDIVIDUAL:
            del self.fields["organisation"]

    def organisation_id(self) -> UUID | None:
        """The organisation that was chosen, if any."""
        chosen = self.cleaned_data.get("organisation", MYSELF)
        return None if chosen == MYSELF else UUID(chosen)


@doors.signed_in
@needs_person
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Say in whose name, see what will be needed, and begin."""
    definition = version_for_new_case(code).definition
    actor = actor_of(request)
    bodies = _bodies(actor) if definition.applicant is not ApplicantKind.INDIVIDUAL else []
    form = StartForm(definition.applicant, bodies, posted(request)[0])
    if request.method == "POST":
        posted_key(request)
        if form.is_valid() and (case := _opened(actor, code, form)):
            return redirect("portal:tasks", case.pk)
    context = {
        "code": code,
        "form": form,
        "definition": definition,
        "name": in_language(definition.name),
        "term": standard.term(definition),
        "fee": standard.fee(definition),
        "papers": standard.papers(definition),
        "drafts": _drafts(actor, code),
        "lacks_body": _lacks_body(definition, bodies),
        "may_add_body": definition.applicant is not ApplicantKind.INDIVIDUAL,
    }
    return render(request, "portal/start.html", context, status=status_of(form))


def _opened(actor: Actor, code: str, form: StartForm) -> Case | None:
    """The new draft (or the empty one that is there), or None with the faults in the form."""
    assert actor.person_id
    if found := untouched_draft(actor, code, form.organisation_id()):
        return found
    try:
        return services.open_draft(
            by=actor,
            service_code=code,
            applicant_id=actor.person_id,
            organisation_id=form.organisation_id(),
            key=form.cleaned_data["key"],
        )
    except Invalid as fault:
        faults.show(form, fault)
        return None


def _bodies(actor: Actor) -> list[Organisation]:
    """The organisations the person speaks for. One query."""
    return list(Organisation.objects.filter(pk__in=actor.organisations).order_by("name", "pk"))


def _lacks_body(definition: Definition, bodies: list[Organisation]) -> bool:
    return definition.applicant is ApplicantKind.BUSINESS and not bodies


def _drafts(actor: Actor, code: str) -> list[Case]:
    """Her unfinished applications for the same service. One query."""
    mine = Case.objects.filter(applicant_id=actor.person_id, service_id=code, state=CaseState.DRAFT)
    return list(mine.order_by("-created_at")[:5])
