"""The administrator's pages: failed promises, holidays, roles. Never a case."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from agencies import clock
from agencies.errors import Invalid, Missing, Refused
from agencies.models import Agency, Holiday, HolidayKind, Membership, Role, User
from agencies.services import grant_membership, remove_holiday, revoke_membership, set_holiday
from mall import doors
from mall.design.fields import DatePartsField
from mall.doors import actor_of
from mall.forms import faults
from workflows import paging, permissions
from workflows.actors import Actor
from workflows.permissions import MALL
from workflows.trail import relay
from workflows.trail import services as trail
from workflows.trail.models import Event, OutboxRow, OutboxState

FAULTY = 422


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _administers(request: HttpRequest, agency: str = MALL) -> Actor:
    """The administrator of the mall, or of that agency."""
    actor = actor_of(request)
    permissions.require(permissions.may_administer(actor))
    if not {MALL, agency} & actor.agencies(Role.ADMINISTRATOR):
        raise Refused(_now("Ini tugas administrator mal."))
    return actor


@doors.staff(Role.ADMINISTRATOR)
@require_safe
def office(request: HttpRequest) -> HttpResponse:
    """The way to the pages."""
    whole = MALL in actor_of(request).agencies(Role.ADMINISTRATOR)
    return render(request, "desk/office.html", {"whole": whole})


@doors.staff(Role.ADMINISTRATOR)
@require_safe
def failed(request: HttpRequest) -> HttpResponse:
    """Promises that were tried too often, oldest first: what, for whom, which fault. Two queries."""
    _administers(request)
    rows = OutboxRow.objects.filter(state=OutboxState.FAILED)
    page = paging.page(rows, order=("created_at", "id"), cursor=request.GET.get("after", ""))
    events = Event.objects.in_bulk([row.event_id for row in page.items])
    found = [(row, events.get(row.event_id)) for row in page.items]
    return render(request, "desk/failed.html", {"found": found, "next": page.next})


@doors.staff(Role.ADMINISTRATOR)
def retry(request: HttpRequest, row_id: UUID) -> HttpResponse:
    """Ask for another round of attempts."""
    _administers(request)
    if request.method == "POST":
        if relay.retry_failed(str(row_id)):
            messages.success(request, _now("Akan dicoba lagi dalam beberapa detik."))
        else:
            messages.info(request, _now("Baris ini sudah tidak gagal lagi."))
    return redirect("desk:failed")


class HolidayForm(forms.Form):
    """A day that is no working day, and by which decree."""

    day = DatePartsField(label=_("Tanggal"))
    name = forms.CharField(label=_("Nama hari libur"), max_length=200)
    kind = forms.ChoiceField(label=_("Jenis"), choices=HolidayKind.choices, widget=forms.RadioSelect)
    decree_no = forms.CharField(label=_("Nomor keputusan"), required=False, max_length=200)


def _year(request: HttpRequest) -> int:
    typed = request.GET.get("tahun", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 4 and int(typed) else clock.today().year


@doors.staff(Role.ADMINISTRATOR)
def holidays(request: HttpRequest) -> HttpResponse:
    """The days of one year that do not count, and one more. One query."""
    _administers(request)
    form = HolidayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said: dict[str, Any] = dict(form.cleaned_data)
        try:
            set_holiday(date=said.pop("day"), **said, source="administrator", by=_user(request))
        except Invalid as fault:
            faults.show(form, fault, names={"date": "day"})
        else:
            messages.success(request, _now("Hari libur tersimpan; batas waktu yang berjalan dihitung ulang."))
            return redirect("desk:holidays")
    year = _year(request)
    rows = list(Holiday.objects.filter(date__year=year).order_by("date", "kind"))
    context = {"form": form, "rows": rows, "year": year, "before": year - 1, "after": year + 1}
    return render(request, "desk/holidays.html", context, status=FAULTY if form.errors else 200)


@doors.staff(Role.ADMINISTRATOR)
def holiday_gone(request: HttpRequest, day: str, kind: str) -> HttpResponse:
    """Take a day out of the table, after a question whether it is meant."""
    _administers(request)
    found = Holiday.objects.filter(date=_date(day), kind=kind).first()
    if found is None:
        raise Missing
    if request.method == "POST":
        remove_holiday(date=found.date, kind=kind, by=_user(request))
        messages.success(request, _now("Hari itu sekarang hari kerja lagi."))
        return redirect("desk:holidays")
    return render(request, "desk/holiday_gone.html", {"holiday": found})


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Missing from error


class RoleForm(forms.Form):
    """Who gets which role where."""

    email = forms.EmailField(label=_("Surel akun"), help_text=_("Orangnya harus sudah punya akun."))
    role = forms.ChoiceField(label=_("Peran"), choices=Role.choices, widget=forms.RadioSelect)
    agency = forms.ModelChoiceField(label=_("Instansi"), queryset=Agency.objects.none())

    def __init__(self, agencies: frozenset[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["agency"]
        assert isinstance(chosen, forms.ModelChoiceField)
        known = Agency.objects.filter(active=True).order_by("code")
        chosen.queryset = known if MALL in agencies else known.filter(pk__in=agencies)


@doors.staff(Role.ADMINISTRATOR)
def roles(request: HttpRequest) -> HttpResponse:
    """Who holds which role, and one more. Two queries."""
    actor = actor_of(request)
    own = actor.agencies(Role.ADMINISTRATOR)
    form = RoleForm(own, request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = User.objects.filter(email=form.cleaned_data["email"].lower()).first()
        if user is None:
            form.add_error("email", _now("Belum ada akun dengan surel ini. Minta orangnya mendaftar dahulu."))
        else:
            _grant(request, user, form.cleaned_data["role"], form.cleaned_data["agency"].pk)
            return redirect("desk:roles")
    rows = Membership.objects.filter(active=True).select_related("user", "agency")
    rows = rows if MALL in own else rows.filter(agency_id__in=own)
    page = paging.page(rows, order=("agency_id", "role", "id"), cursor=request.GET.get("after", ""))
    context = {"form": form, "rows": page.items, "next": page.next, "own": actor.user_id}
    return render(request, "desk/roles.html", context, status=FAULTY if form.errors else 200)


@transaction.atomic
def _grant(request: HttpRequest, user: User, role: str, agency: str) -> None:
    actor = _may_change(request, user, agency)
    grant_membership(user, role, agency)
    _record("membership.granted", actor, user, role, agency)
    messages.success(request, _now("Peran diberikan."))


@doors.staff(Role.ADMINISTRATOR)
def role_gone(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """Take a role back, after a question whether it is meant; it ends with the next request of that person."""
    held = Membership.objects.filter(pk=membership_id, active=True).select_related("user", "agency").first()
    if held is None:
        raise Missing
    actor = _may_change(request, held.user, held.agency_id)
    if request.method == "POST":
        with transaction.atomic():
            revoke_membership(held.user, held.role, held.agency_id)
            _record("membership.revoked", actor, held.user, held.role, held.agency_id)
        messages.success(request, _now("Peran dicabut."))
        return redirect("desk:roles")
    return render(request, "desk/role_gone.html", {"held": held})


def _may_change(request: HttpRequest, user: User, agency: str) -> Actor:
    """An administrator of the mall or of that agency, and never of her own roles."""
    actor = _administers(request, agency)
    if user.pk == actor.user_id:
        raise Refused(_now("Peran Anda sendiri diatur administrator lain."))
    return actor


def _record(kind: str, by: Actor, user: User, role: str, agency: str) -> None:
    """Who gave or took a role stands in the log."""
    trail.record(subject_kind="user", subject_id=user.pk, kind=kind, by=by, data={"role": role, "agency": agency})
