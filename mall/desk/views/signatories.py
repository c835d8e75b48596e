"""Who may sign for which office, and by which decree: powers are given here, and ended; never changed."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from agencies import clock
from agencies.errors import Conflict, Invalid, Missing
from agencies.models import Agency, Capacity, Role, Signatory, User
from agencies.services import appoint_signatory, end_signatory
from mall import doors
from mall.design.fields import DatePartsField
from mall.desk.admins import FAULTY, given_by, governs
from mall.doors import actor_of
from mall.forms import faults, stash
from workflows import paging
from workflows.actors import Actor
from workflows.trail import services as trail

RUNNING = ("agency_id", "since", "id")


class PowerForm(forms.Form):
    """Who signs for which office, in which capacity, and which decree says so."""

    email = forms.EmailField(label=_("Surel akun"), help_text=_("Orangnya harus sudah punya akun."))
    agency = forms.ModelChoiceField(label=_("Instansi"), queryset=Agency.objects.none())
    capacity = forms.ChoiceField(label=_("Dasar kewenangan"), choices=Capacity.choices, widget=forms.RadioSelect)
    title = forms.CharField(label=_("Jabatan"), help_text=_("Misalnya Kepala Dinas."), max_length=200)
    principal = forms.CharField(
        label=_("Atas nama atau jabatan yang dilaksanakan"),
        help_text=_("Wajib untuk mandat, Plh., dan Plt. Misalnya Bupati Banyuwangi."),
        required=False,
        max_length=200,
    )
    rank = forms.CharField(label=_("Pangkat"), required=False, max_length=100)
    nip = forms.CharField(label=_("NIP"), help_text=_("18 angka."), required=False, max_length=30)
    decree_no = forms.CharField(
        label=_("Nomor keputusan"),
        help_text=_("Wajib, kecuali untuk jabatan sendiri."),
        required=False,
        max_length=120,
    )
    decree_date = DatePartsField(label=_("Tanggal keputusan"), required=False)
    since = DatePartsField(label=_("Mulai"), help_text=_("Kosongkan untuk hari ini."), required=False)
    until = DatePartsField(label=_("Sampai"), help_text=_("Kosongkan jika tanpa batas."), required=False)

    def __init__(self, agencies: frozenset[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["agency"]
        assert isinstance(chosen, forms.ModelChoiceField)
        chosen.queryset = given_by(agencies)

    def clean_email(self) -> User:
        """The account; a power is given to somebody the mall can call to account."""
        user = User.objects.filter(email=self.cleaned_data["email"].lower()).first()
        if user is None:
            raise forms.ValidationError(_now("Belum ada akun dengan surel ini. Minta orangnya mendaftar dahulu."))
        return user


@doors.staff(Role.ADMINISTRATOR)
@doors.keeping(stash.keep)
def signatories(request: HttpRequest) -> HttpResponse:
    """The powers that run or will, by agency, and one more. Two queries."""
    actor = actor_of(request)
    own = actor.agencies(Role.ADMINISTRATOR)
    form = PowerForm(own, stash.typed(request))
    if request.method == "POST" and form.is_valid() and _given(request, form):
        messages.success(request, _now("Wewenang tanda tangan dicatat."))
        return redirect("desk:signatories")
    rows = Signatory.objects.filter(_not_over(), agency__in=given_by(own)).select_related("user", "agency")
    page = paging.page(rows, order=RUNNING, cursor=request.GET.get("after", ""))
    context = {"form": form, "rows": page.items, "next": page.next, "own": actor.user_id}
    return render(request, "desk/signatories.html", context, status=FAULTY if form.errors else 200)


def _not_over() -> Q:
    return Q(until__isnull=True) | Q(until__gte=clock.today())


def _given(request: HttpRequest, form: PowerForm) -> bool:
    """Give the power that the form tells; False with the faults beside its fields."""
    said = dict(form.cleaned_data)
    user, agency = said.pop("email"), said.pop("agency")
    actor = governs(request, user, agency.pk)
    try:
        with transaction.atomic():
            _record("signatory.appointed", actor, appoint_signatory(user, agency.pk, **said))
    except Invalid as fault:
        faults.show(form, fault)
    except Conflict as fault:
        form.add_error("email", fault.sentence)
    return not form.errors


@doors.staff(Role.ADMINISTRATOR)
def signatory_gone(request: HttpRequest, signatory_id: UUID) -> HttpResponse:
    """End a power, after a question whether it is meant; what was signed by it stays."""
    held = Signatory.objects.filter(_not_over(), pk=signatory_id).select_related("user", "agency").first()
    if held is None:
        raise Missing
    actor = governs(request, held.user, held.agency_id)
    if request.method == "POST":
        with transaction.atomic():
            _record("signatory.ended", actor, end_signatory(held.pk))
        messages.success(request, _now("Wewenang tanda tangan diakhiri."))
        return redirect("desk:signatories")
    return render(request, "desk/signatory_gone.html", {"held": held})


def _record(kind: str, by: Actor, held: Signatory) -> None:
    """Who gave or ended a power stands in the log."""
    data = {"signatory": str(held.pk), "capacity": held.capacity, "agency": held.agency_id}
    trail.record(subject_kind="user", subject_id=held.user_id, kind=kind, by=by, data=data)
