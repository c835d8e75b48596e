"""For a person: what the registers say of her, and a wish that it be put right."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from agencies.errors import Conflict, Invalid
from agencies.models import Person
from mall import doors
from mall.design import formats
from mall.design.parts import Moment, Row
from mall.doors import actor_of
from mall.forms import faults
from mall.registers import own
from mall.registers.choices import CorrectionState, Register
from mall.registers.forms import CorrectionForm
from mall.registers.kinds import KINDS, regions
from mall.registers.masking import mask_nik
from mall.registers.models import Correction, Entry
from mall.registers.names import agency_names
from mall.registers.permissions import is_proven
from mall.registers.services import correcting

FAULTY = 422
View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def needs_person(view: View) -> View:
    """Lead somebody who has not said who she is to her profile first, then back."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if actor_of(request).person_id is None:
            return redirect(f"{reverse('portal:profile_edit')}?{urlencode({'next': request.path})}")
        return view(request, *args, **kwargs)

    return asked  # type: ignore[return-value]


def person_of(request: HttpRequest) -> Person:
    """The person behind the log-in. One query."""
    person_id = actor_of(request).person_id
    assert person_id is not None
    return Person.objects.get(pk=person_id)


@never_cache
@doors.signed_in
@require_safe
@needs_person
def mine(request: HttpRequest) -> HttpResponse:
    """Her rows with what she asked about them; or how to have her identity proven. Five queries."""
    person = person_of(request)
    found = own.entries_of(person)
    names = agency_names({one.entry.batch.agency for one in found})
    places = regions() if found else {}
    rows = [
        {
            "title": one.entry.batch.get_register_display(),
            "facts": _facts(one.entry, names, places),
            "sample": one.entry.batch.sample,
            "moments": [_moment(asked) for asked in one.corrections],
            "rejected": any(asked.state == CorrectionState.REJECTED for asked in one.corrections),
            "correct": "" if one.waits else reverse("registers:correct", args=[one.entry.pk]),
        }
        for one in found
    ]
    context = {"proven": is_proven(person), "rows": rows, "nik": mask_nik(person.nik)}
    return render(request, "registers/mine.html", context)


def _facts(entry: Entry, names: dict[str, str], places: dict[str, str]) -> list[Row]:
    told = KINDS[Register(entry.batch.register)]
    return [
        Row(_("Pemilik data"), names.get(entry.batch.agency, entry.batch.agency)),
        Row(_("Tahun"), entry.batch.period),
        Row(_("Nama"), entry.name),
        Row(_("NIK"), mask_nik(entry.nik)),
        Row(_("Wilayah"), place(entry.region, places)),
        *(Row(label, value) for label, value in told.facts(entry)),
        Row(_("Berlaku sejak"), formats.day(entry.added_at)),
    ]


def place(code: str, places: dict[str, str]) -> str:
    """A desa with its kecamatan, in words."""
    above = places.get(code[:8], "") if len(code) > len("35.10.16") else ""
    return ", ".join(part for part in (places.get(code, code), above) if part)


def _moment(asked: Correction) -> Moment:
    """A request and what became of it, for her."""
    title = f"{_('Permintaan perbaikan')}: {asked.get_state_display().lower()}"
    said = _("Menurut Anda: %(wrong)s Seharusnya: %(right)s") % {"wrong": asked.wrong, "right": asked.right}
    if asked.answered_at is None:
        due = _("Dijawab paling lambat %(due)s.") % {"due": formats.moment(asked.due_at)}
        return Moment(asked.filed_at, title, text=f"{said} {due}", current=True)
    answer = _("Jawaban: %(answer)s") % {"answer": asked.answer} if asked.answer else ""
    return Moment(asked.answered_at, title, text=f"{said} {answer}".strip())


@never_cache
@doors.signed_in
@needs_person
def correct(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Ask that one row be put right."""
    person = person_of(request)
    entry = own.entry_of(person, entry_id)
    form = CorrectionForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_bound and form.is_valid() and _filed(request, form, entry_id):
        messages.success(request, _("Permintaan Anda terkirim. Jawabannya muncul di halaman ini dalam 3 x 24 jam."))
        return redirect("registers:mine")
    names = agency_names({entry.batch.agency})
    context = {
        "form": form,
        "title": entry.batch.get_register_display(),
        "facts": _facts(entry, names, regions()),
        "agency": names.get(entry.batch.agency, entry.batch.agency),
    }
    return render(request, "registers/correct.html", context, status=FAULTY if form.errors else 200)


def _filed(request: HttpRequest, form: CorrectionForm, entry_id: UUID) -> bool:
    files = form.checked_files()
    if form.errors:
        return False
    said = {name: form.cleaned_data[name] for name in ("wrong", "right")}
    try:
        correcting.file_correction(entry_id=entry_id, by=actor_of(request), evidence=files, **said)
    except Invalid as fault:
        faults.show(form, fault)
    except Conflict as fault:
        form.add_error(None, fault.sentence)
    return not form.errors
