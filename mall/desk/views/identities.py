"""Who is behind an account that works here: a duty binds the human, so the mall must know her."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from agencies.errors import Invalid, Missing
from agencies.models import Membership, Role
from mall import doors
from mall.doors import actor_of
from mall.forms import faults
from workflows import permissions
from workflows.duties import services

FAULTY = 422


class IdentityForm(forms.Form):
    """What stands on the card and on the family card."""

    nik = forms.CharField(label=_("NIK petugas"), help_text=_("16 angka, sesuai KTP-el."), max_length=30)
    kk = forms.CharField(
        label=_("Nomor kartu keluarga"),
        help_text=_("16 angka. Agar permohonan keluarganya tidak diberikan kepadanya."),
        required=False,
        max_length=30,
    )
    name = forms.CharField(
        label=_("Nama lengkap"), help_text=_("Wajib jika NIK ini belum dikenal mal."), required=False, max_length=200
    )


@doors.staff(Role.ADMINISTRATOR)
def identity(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """Note who is behind the account that holds this role; nothing that was noted is shown."""
    held = Membership.objects.filter(pk=membership_id, active=True).select_related("user", "agency").first()
    if held is None:
        raise Missing
    actor = actor_of(request)
    permissions.require(permissions.may_identify(actor, frozenset({held.agency_id})))
    permissions.require(permissions.not_herself(actor, held.user_id))
    form = IdentityForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.identify(by=actor, user_id=held.user_id, **form.cleaned_data)
        except Invalid as fault:
            faults.show(form, fault)
        else:
            messages.success(request, _now("Identitas petugas tercatat."))
            return redirect("desk:roles")
    return render(request, "desk/identity.html", {"form": form, "held": held}, status=FAULTY if form.errors else 200)
