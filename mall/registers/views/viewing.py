"""For registrars: a purpose, then people page by page, and one NIK at a time."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from agencies.errors import Invalid
from mall.design import formats
from mall.design.parts import Cell, Column, Row, Table
from mall.doors import actor_of
from mall.forms import faults
from mall.registers import looking
from mall.registers.choices import Register
from mall.registers.forms import PurposeForm, ReasonForm
from mall.registers.kinds import KINDS, PROGRAMMES, Told, kind_of, regions
from mall.registers.masking import mask_nik
from mall.registers.models import Entry, Viewing
from mall.registers.names import agency_names
from mall.registers.permissions import keeps, may_keep
from mall.registers.services import viewing
from mall.registers.views.importing import FAULTY, registrars
from mall.registers.views.own import place
from workflows.actors import Actor
from workflows.permissions import require_seen


@never_cache
@registrars
def purpose(request: HttpRequest, register: str) -> HttpResponse:
    """Say why, before anything is shown."""
    told, actor = kind_of(register), actor_of(request)
    require_seen(may_keep(actor, told))
    names = agency_names(set(keeps(actor, told)))
    form = PurposeForm(
        told,
        [(code, names[code]) for code in keeps(actor, told)],
        request.POST if request.method == "POST" else None,
    )
    if form.is_bound and form.is_valid() and (made := _stated(form, told, actor)):
        return redirect("registers:people", made.pk)
    context = {"told": told, "form": form}
    return render(request, "registers/purpose.html", context, status=FAULTY if form.errors else 200)


def _stated(form: PurposeForm, told: Told, actor: Actor) -> Viewing | None:
    try:
        return viewing.state_purpose(register=told.register, by=actor, **form.cleaned_data)
    except Invalid as fault:
        faults.show(form, fault)
    return None


@never_cache
@registrars
@require_safe
def people(request: HttpRequest, viewing_id: UUID) -> HttpResponse:
    """One page of people, NIK masked; each of them reads that she was seen. Four queries and the event's three."""
    cursor = request.GET.get("after", "")
    seen = viewing.look_at_page(viewing_id=viewing_id, by=actor_of(request), cursor=cursor)
    table = _table(seen.viewing, list(seen.page.items)) if seen.page.items else None
    context = {"viewing": seen.viewing, "said": _said(seen.viewing), "table": table, "next": seen.page.next}
    return render(request, "registers/people.html", context)


def _said(of: Viewing) -> list[Row]:
    """What was stated."""
    places = regions() if of.region else {}
    return [
        Row(_("Tujuan"), of.get_purpose_display()),
        Row(_("Alasan"), of.reason),
        Row(_("Wilayah"), place(of.region, places) if of.region else _("Seluruh kabupaten")),
        *([Row(_("Program"), PROGRAMMES[of.programme])] if of.programme else []),
        Row(_("Berlaku sampai"), formats.moment(of.until)),
    ]


def _table(of: Viewing, found: list[Entry]) -> Table:
    told, places = KINDS[Register(of.register)], regions()
    heads = [label for label, _value in told.facts(found[0])]
    columns = [Column(_("Nama")), Column("NIK"), Column(_("Wilayah")), *(Column(one) for one in heads)]
    rows = [
        [
            one.name,
            Cell(mask_nik(one.nik), reverse("registers:unmask", args=[of.pk, one.pk])),
            place(one.region, places),
            *(value for _label, value in told.facts(one)),
        ]
        for one in found
    ]
    return Table(of.get_register_display(), columns, rows)


@never_cache
@registrars
def unmask(request: HttpRequest, viewing_id: UUID, entry_id: UUID) -> HttpResponse:
    """One whole NIK, for a reason of its own (M17). Shown once, by the answer to the form."""
    actor = actor_of(request)
    of = looking.viewing_for(actor, viewing_id)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    found = None
    if form.is_bound and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            found = viewing.unmask(viewing_id=viewing_id, entry_id=entry_id, reason=reason, by=actor)
        except Invalid as fault:
            faults.show(form, fault)
    facts = [Row(_("Nama"), found.name), Row("NIK", found.nik)] if found else []
    context = {"viewing": of, "form": form, "facts": facts}
    return render(request, "registers/unmask.html", context, status=FAULTY if form.errors else 200)
