"""With whom an officer has an interest: declared by herself, asked at every case."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from agencies.errors import Invalid, Missing
from agencies.identifiers import mask_nik
from agencies.models import Role
from mall import doors
from mall.design import formats
from mall.doors import actor_of
from mall.forms import faults
from workflows.duties import queries, services
from workflows.duties.models import Relation

FAULTY = 422


class RelationForm(forms.Form):
    """One relation: a person by NIK, or a business by NIB."""

    kind = forms.ChoiceField(label=_("Jenis hubungan"), choices=Relation.Kind.choices, widget=forms.RadioSelect)
    nik = forms.CharField(
        label=_("NIK orang itu"), help_text=_("16 angka. Kosongkan untuk usaha."), required=False, max_length=30
    )
    nib = forms.CharField(label=_("NIB usaha itu"), help_text=_("13 angka."), required=False, max_length=30)


@doors.staff(*Role.values)
def relations(request: HttpRequest) -> HttpResponse:
    """Her own declarations, and one more. One query."""
    actor = actor_of(request)
    form = RelationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.declare_relation(by=actor, **form.cleaned_data)
        except Invalid as fault:
            faults.show(form, fault)
        else:
            messages.success(request, _now("Hubungan tercatat; permohonannya tidak lagi diberikan kepada Anda."))
            return redirect("desk:relations")
    context = {"form": form, "rows": [_row(one) for one in queries.declared_by(actor)]}
    return render(request, "desk/relations.html", context, status=FAULTY if form.errors else 200)


def _row(one: Relation) -> dict[str, Any]:
    return {
        "pk": one.pk,
        "kind": one.get_kind_display(),
        "whom": one.nib or mask_nik(one.nik),
        "since": formats.day(one.declared_at.date()),
        "until": formats.day(one.until),
    }


@doors.staff(*Role.values)
def relation_gone(request: HttpRequest, relation_id: UUID) -> HttpResponse:
    """End a declaration, after a question whether it is meant."""
    actor = actor_of(request)
    found = next((one for one in queries.declared_by(actor) if one.pk == relation_id), None)
    if found is None:
        raise Missing
    if request.method == "POST":
        services.end_relation(by=actor, relation_id=relation_id)
        messages.success(request, _now("Hubungan berakhir; hari ini hari terakhir yang mengikat."))
        return redirect("desk:relations")
    return render(request, "desk/relation_gone.html", {"relation": _row(found)})
