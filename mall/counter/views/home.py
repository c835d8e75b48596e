"""The clerk's first page: one box to find a person or a case, and what she opened herself."""

import re
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from agencies.errors import Invalid
from agencies.models import Lane, Person, Role
from agencies.queries import find_people
from mall import doors
from mall.counter import lists
from mall.counter.access import PICKED, PURPOSE
from mall.design.fields import DatePartsField
from mall.doors import actor_of
from mall.forms import faults
from workflows import looks
from workflows.cases import queries

FEW = 5
NIK_LENGTH = 16


class SearchForm(forms.Form):
    """One box: receipt number, tracking code, NIK or phone; a name only together with the birth date."""

    q = forms.CharField(
        label=_("Cari permohonan atau orang"),
        help_text=_("Nomor tanda terima, kode lacak, NIK, atau nomor telepon. Nama hanya bersama tanggal lahir."),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    tujuan = forms.ChoiceField(label=_("Untuk apa?"), choices=PICKED, widget=forms.RadioSelect)
    birth_date = DatePartsField(
        label=_("Tanggal lahir"), help_text=_("Hanya jika mencari dengan nama."), required=False
    )


@doors.staff(Role.CLERK)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The box, and the latest of what this clerk opened. One query for the list."""
    return _home(request, SearchForm())


def _home(request: HttpRequest, form: SearchForm, *, status: int = 200) -> HttpResponse:
    mine = queries.opened_at_counter(actor_of(request), limit=FEW)
    context = {"form": form, "mine": lists.opened(mine.items) if mine.items else None, "more": mine.next}
    return render(request, "counter/home.html", context, status=status)


@doors.staff(Role.CLERK)
def search(request: HttpRequest) -> HttpResponse:
    """Find; what was typed never stands in an address. The look is recorded where something is shown."""
    if request.method != "POST":
        return redirect("counter:home")
    form = SearchForm(request.POST)
    if not form.is_valid():
        return _home(request, form, status=422)
    typed, purpose = form.cleaned_data["q"].strip(), form.cleaned_data["tujuan"]
    case = queries.by_reference(typed)
    if case is not None and case.lane == Lane.REAL:
        return redirect(_with_purpose("case", case.pk, purpose))
    try:
        people = _people(form, typed)
    except Invalid as fault:
        faults.show(form, fault, names=dict.fromkeys(fault.fields, "q"))
        return _home(request, form, status=422)
    if len(people) == 1:
        return redirect(_with_purpose("person", people[0].pk, purpose))
    return _found(request, people, purpose)


def _people(form: SearchForm, typed: str) -> list[Person]:
    """People by NIK, phone, or name with birth date. At most one query."""
    digits = re.sub(r"[\s.\-/+]", "", typed)
    if digits.isdecimal():
        by_phone = len(digits) < NIK_LENGTH and digits.startswith(("0", "62"))
        return find_people(phone=typed) if by_phone else find_people(nik=typed)
    born = form.cleaned_data["birth_date"]
    if born is None and " " in typed:
        raise Invalid({"q": [_now("Untuk mencari dengan nama, isi juga tanggal lahirnya.")]})
    return find_people(name=typed, birth_date=born)


def _found(request: HttpRequest, people: list[Person], purpose: str) -> HttpResponse:
    """Nobody, or several who share a phone or a name and birth date: each one shown is looked at."""
    for person in people:
        looks.look_at_person(by=actor_of(request), person=person, purpose=purpose)
    found = [(person, _with_purpose("person", person.pk, purpose)) for person in people]
    return render(request, "counter/found.html", {"found": found})


def _with_purpose(name: str, pk: UUID, purpose: str) -> str:
    return f"{reverse(f'counter:{name}', args=[pk])}?{PURPOSE}={purpose}"
