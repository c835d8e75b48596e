"""How a clerk comes to a person or a case: with a purpose she picked, which the person can read afterwards."""

from uuid import UUID

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from agencies.errors import Missing, Refused
from agencies.models import Lane, Person
from mall.doors import actor_of
from mall.forms import purposes
from workflows import looks, permissions
from workflows.cases.machine import CaseState
from workflows.cases.models import Case, Channel

PURPOSE = "tujuan"
"""Name of the parameter that carries the purpose; a code, nothing about a person."""
PICKED = [(code, label) for code, label in purposes.COUNTER.items() if code != "call"]
"""The purposes a clerk can pick; calling somebody has its own list."""


class PurposeForm(forms.Form):
    """Why this look is needed."""

    tujuan = forms.ChoiceField(label=_("Untuk apa Anda membuka data ini?"), choices=PICKED, widget=forms.RadioSelect)


def purpose_of(request: HttpRequest) -> str:
    """The purpose that the address carries, or nothing."""
    code = request.GET.get(PURPOSE, "")
    return code if code in dict(PICKED) else ""


def person_at_counter(request: HttpRequest, person_id: UUID, purpose: str) -> Person:
    """A real person with her villages, looked at for this purpose. The look is recorded, unless `purpose` is empty.

    Raises `Missing`, or `Refused` for the clerk's own data.
    """
    actor = actor_of(request)
    if person_id == actor.person_id:
        raise Refused(_("Urus permohonan Anda sendiri lewat halaman warga, bukan dari loket."))
    person = Person.objects.select_related("village__parent").filter(pk=person_id, lane=Lane.REAL).first()
    if person is None:
        raise Missing
    if purpose:
        looks.look_at_person(by=actor, person=person, purpose=purpose)
    return person


def is_mine(request: HttpRequest, case: Case) -> bool:
    """Did this clerk open the case at the counter?"""
    return case.opened_by_id == actor_of(request).user_id and case.channel == Channel.COUNTER


def case_at_counter(request: HttpRequest, case_id: UUID) -> Case:
    """A real case that this clerk may know of: her own openings, and whatever has been handed in.

    Raises `Missing`, or `Refused` for the clerk's own application. Record the look before showing it.
    """
    actor = actor_of(request)
    case = (
        Case.objects.select_related("service_version", "service", "agency", "applicant", "organisation")
        .filter(pk=case_id, lane=Lane.REAL)
        .first()
    )
    if case is None or (case.state == CaseState.DRAFT and not is_mine(request, case)):
        raise Missing
    if permissions.is_own(actor, case):
        raise Refused(_("Urus permohonan Anda sendiri lewat halaman warga, bukan dari loket."))
    return case


def my_case(request: HttpRequest, case_id: UUID) -> Case:
    """A case that this clerk opened; `Missing` for any other. Opening a page of it is recorded as a look."""
    case = case_at_counter(request, case_id)
    if not is_mine(request, case):
        raise Missing
    if request.method != "POST":
        fixing = case.state != CaseState.DRAFT
        looks.look(by=actor_of(request), case=case, purpose="counter_correct" if fixing else "counter_apply")
    return case
