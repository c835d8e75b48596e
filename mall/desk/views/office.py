"""The administrator's pages: failed promises and roles. Never a case."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from agencies import clock
from agencies.errors import Invalid, Missing
from agencies.models import Agency, Membership, Person, Role, StaffIdentity, User
from agencies.queries import year_without_cuti_bersama
from agencies.services import grant_membership, revoke_membership
from mall import doors
from mall.desk.admins import FAULTY, administers, given_by, governs
from mall.doors import actor_of
from mall.forms import faults
from workflows import paging
from workflows.actors import Actor
from workflows.definition.queries import rates_to_renew
from workflows.permissions import MALL
from workflows.trail import relay
from workflows.trail import services as trail
from workflows.trail.models import Event, OutboxRow, OutboxState


@doors.staff(Role.ADMINISTRATOR)
@require_safe
def office(request: HttpRequest) -> HttpResponse:
    """The way to the pages, what the holiday table lacks, and rates that end. Two queries."""
    whole = MALL in actor_of(request).agencies(Role.ADMINISTRATOR)
    context = {
        "whole": whole,
        "unknown_year": year_without_cuti_bersama() if whole else None,
        "rates": rates_to_renew(clock.today()) if whole else [],
    }
    return render(request, "desk/office.html", context)


@doors.staff(Role.ADMINISTRATOR)
@require_safe
def failed(request: HttpRequest) -> HttpResponse:
    """Promises that were tried too often, oldest first: what, for whom, which fault. Two queries."""
    administers(request)
    rows = OutboxRow.objects.filter(state=OutboxState.FAILED)
    page = paging.page(rows, order=("created_at", "id"), cursor=request.GET.get("after", ""))
    events = Event.objects.in_bulk([row.event_id for row in page.items])
    found = [(row, events.get(row.event_id)) for row in page.items]
    return render(request, "desk/failed.html", {"found": found, "next": page.next})


@doors.staff(Role.ADMINISTRATOR)
def retry(request: HttpRequest, row_id: UUID) -> HttpResponse:
    """Ask for another round of attempts."""
    administers(request)
    if request.method == "POST":
        if relay.retry_failed(str(row_id)):
            messages.success(request, _now("Akan dicoba lagi dalam beberapa detik."))
        else:
            messages.info(request, _now("Baris ini sudah tidak gagal lagi."))
    return redirect("desk:failed")


class RoleForm(forms.Form):
    """Who gets which role where."""

    email = forms.EmailField(label=_("Surel akun"), help_text=_("Orangnya harus sudah punya akun."))
    role = forms.ChoiceField(label=_("Peran"), choices=Role.choices, widget=forms.RadioSelect)
    agency = forms.ModelChoiceField(label=_("Instansi"), queryset=Agency.objects.none())

    def __init__(self, agencies: frozenset[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["agency"]
        assert isinstance(chosen, forms.ModelChoiceField)
        chosen.queryset = given_by(agencies)


KNOWN = Exists(StaffIdentity.objects.filter(user=OuterRef("user"))) | Exists(
    Person.objects.filter(user=OuterRef("user"), nik_index__isnull=False)
)
"""Does the mall know who is behind the account? If not, its duties bind the log-in alone."""


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
        elif _granted(request, form, user):
            return redirect("desk:roles")
    rows = (
        Membership.objects.filter(active=True, agency__in=given_by(own))
        .annotate(known=KNOWN)
        .select_related("user", "agency")
    )
    page = paging.page(rows, order=("agency_id", "role", "id"), cursor=request.GET.get("after", ""))
    context = {"form": form, "rows": page.items, "next": page.next, "own": actor.user_id}
    return render(request, "desk/roles.html", context, status=FAULTY if form.errors else 200)


def _granted(request: HttpRequest, form: RoleForm, user: User) -> bool:
    """Was the role given? If not, the form says why."""
    try:
        _grant(request, user, form.cleaned_data["role"], form.cleaned_data["agency"].pk)
    except Invalid as fault:
        faults.show(form, fault)
    return not form.errors


@transaction.atomic
def _grant(request: HttpRequest, user: User, role: str, agency: str) -> None:
    actor = governs(request, user, agency)
    grant_membership(user, role, agency)
    _record("membership.granted", actor, user, role, agency)
    messages.success(request, _now("Peran diberikan."))


@doors.staff(Role.ADMINISTRATOR)
def role_gone(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """Take a role back, after a question whether it is meant; it ends with the next request of that person."""
    held = Membership.objects.filter(pk=membership_id, active=True).select_related("user", "agency").first()
    if held is None:
        raise Missing
    actor = governs(request, held.user, held.agency_id)
    if request.method == "POST":
        with transaction.atomic():
            revoke_membership(held.user, held.role, held.agency_id)
            _record("membership.revoked", actor, held.user, held.role, held.agency_id)
        messages.success(request, _now("Peran dicabut."))
        return redirect("desk:roles")
    return render(request, "desk/role_gone.html", {"held": held})


def _record(kind: str, by: Actor, user: User, role: str, agency: str) -> None:
    """Who gave or took a role stands in the log."""
    trail.record(subject_kind="user", subject_id=user.pk, kind=kind, by=by, data={"role": role, "agency": agency})
