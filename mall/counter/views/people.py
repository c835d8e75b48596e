"""People at the counter: registering them, checking their card, putting their contact right."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.errors import Conflict, Invalid
from agencies.identifiers import mask_nik, parse_nik
from agencies.ids import new_id
from agencies.models import Lane, Organisation, Person, ProofLevel, Role, User
from agencies.services import add_member, check_ktp, register_organisation, register_person, update_profile
from mall import doors
from mall.counter import lists, once
from mall.counter.access import PURPOSE, PurposeForm, person_at_counter, purpose_of
from mall.counter.people_forms import CardForm, ContactForm, OrganisationForm, PersonForm
from mall.design import formats
from mall.design.parts import Row
from mall.forms import faults, stash
from workflows.cases.machine import CaseState
from workflows.cases.models import Case
from workflows.permits import queries

FEW = 10
FAULTY = 422


@doors.staff(Role.CLERK)
@require_safe
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """One person, after the clerk has said why; the look is recorded. Three queries besides the look."""
    purpose = purpose_of(request)
    found = person_at_counter(request, person_id, purpose)
    if not purpose:
        return ask_purpose(request)
    return _person(request, found, CardForm(), purpose)


def ask_purpose(request: HttpRequest) -> HttpResponse:
    """The question that comes before any look."""
    form = PurposeForm(request.GET if PURPOSE in request.GET else None)
    return render(request, "counter/purpose.html", {"form": form}, status=FAULTY if form.errors else 200)


def _person(request: HttpRequest, found: Person, form: CardForm, purpose: str, *, status: int = 200) -> HttpResponse:
    cases = Case.objects.filter(applicant=found, lane=Lane.REAL).exclude(state=CaseState.DRAFT)
    rows = list(cases.select_related("service").order_by("-created_at", "-id")[:FEW])
    permits = queries.of_person(found.pk)
    context = {
        "person": found,
        "facts": _facts(found),
        "links": list(found.organisation_links.select_related("organisation").order_by("organisation__name", "pk")),
        "cases": lists.of_person(rows, purpose) if rows else None,
        "permits": lists.permits_of(permits) if permits else None,
        "card": form if found.nik else None,
        "purpose": purpose,
    }
    return render(request, "counter/person.html", context, status=status)


def _facts(found: Person) -> list[Row]:
    where = [found.address, found.village.name if found.village else ""]
    if found.village and found.village.parent:
        where.append(_("Kecamatan %(name)s") % {"name": found.village.parent.name})
    proof = str(ProofLevel(found.proof_level).label)
    if found.proof_at:
        proof = f"{proof}, {formats.day(found.proof_at)}"
    return [
        Row(_("Nama"), found.name),
        Row(_("NIK"), mask_nik(found.nik) or "–"),
        Row(_("Tanggal lahir"), formats.day(found.birth_date) or "–"),
        Row(_("Bukti identitas"), proof),
        Row(_("Telepon"), found.phone or "–"),
        Row(_("Surel"), found.email or "–"),
        Row(_("Alamat"), "\n".join(part for part in where if part) or "–"),
    ]


@doors.staff(Role.CLERK)
@doors.keeping(stash.keep)
def register(request: HttpRequest) -> HttpResponse:
    """Write down a person who is not known yet."""
    posted = request.method == "POST"
    form = PersonForm(stash.typed(request), initial={"key": new_id()})
    if posted and form.is_valid():
        key = form.cleaned_data["key"]
        if made := once.made_by(request, key):
            return redirect(_address(UUID(made)))
        try:
            found = register_person(**form.said())
        except Invalid as fault:
            faults.show(form, fault)
        except Conflict:
            form.add_error("nik", _("NIK ini sudah terdaftar. Cari orang ini dengan NIK-nya di halaman loket."))
        else:
            once.remember(request, key, found.pk)
            _tell(request, found)
            return redirect(_address(found.pk))
    return render(request, "counter/register.html", {"form": form}, status=FAULTY if posted and form.errors else 200)


def _address(person_id: UUID) -> str:
    return f"{reverse('counter:person', args=[person_id])}?{PURPOSE}=counter_apply"


def _tell(request: HttpRequest, found: Person) -> None:
    """It is kept; what looks odd in the NIK is no reason to refuse, but the clerk has the card in her hand."""
    messages.success(request, _("Data tersimpan."))
    if found.nik:
        for sentence in parse_nik(found.nik, stated_birth=found.birth_date, stated_sex=found.sex).warnings:
            messages.info(request, _("%(sentence)s Cocokkan sekali lagi dengan KTP-el.") % {"sentence": sentence})


@doors.staff(Role.CLERK)
def card(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Record how the card was compared with the person."""
    if request.method != "POST":
        return redirect("counter:person", person_id)
    found = person_at_counter(request, person_id, "counter_identity")
    form = CardForm(request.POST)
    if form.is_valid():
        assert isinstance(request.user, User)
        try:
            check_ktp(person_id=found.pk, by=request.user, level=form.cleaned_data["level"])
        except Invalid as fault:
            faults.show(form, fault)
        else:
            messages.success(request, _("Pemeriksaan KTP-el tercatat."))
            return redirect(_address(found.pk))
    return _person(request, found, form, "counter_identity", status=FAULTY)


@doors.staff(Role.CLERK)
@doors.keeping(stash.keep)
def contact(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Put right how to reach a person."""
    posted = request.method == "POST"
    found = person_at_counter(request, person_id, "" if posted else "counter_correct")
    form = ContactForm(stash.typed(request), initial=ContactForm.known_of(found))
    if posted and form.is_valid():
        try:
            update_profile(person_id=found.pk, **form.cleaned_data)
        except Invalid as fault:
            faults.show(form, fault)
        else:
            messages.success(request, _("Data tersimpan."))
            return redirect(_address(found.pk))
    context = {"form": form, "person": found}
    return render(request, "counter/contact.html", context, status=FAULTY if posted and form.errors else 200)


@doors.staff(Role.CLERK)
@doors.keeping(stash.keep)
def organisation(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Write down a business that the person speaks for."""
    posted = request.method == "POST"
    found = person_at_counter(request, person_id, "" if posted else "counter_apply")
    form = OrganisationForm(stash.typed(request), initial={"key": new_id()})
    if posted and form.is_valid():
        key = form.cleaned_data["key"]
        try:
            if not once.made_by(request, key):
                once.remember(request, key, _registered(found, form.said(), form.cleaned_data["title"]).pk)
        except Invalid as fault:
            faults.show(form, fault)
        except Conflict as fault:
            form.add_error("nib", fault.sentence)
        else:
            messages.success(request, _("Badan usaha tersimpan."))
            return redirect(_address(found.pk))
    context = {"form": form, "person": found}
    return render(request, "counter/organisation.html", context, status=FAULTY if posted and form.errors else 200)


@transaction.atomic
def _registered(found: Person, said: dict[str, Any], title: str) -> Organisation:
    body = register_organisation(**said)
    add_member(organisation_id=body.pk, person_id=found.pk, title=title)
    return body
