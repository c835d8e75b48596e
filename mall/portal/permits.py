"""What a holder has: her permits, what she may ask for next, and what she must still do."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from agencies import clock
from agencies.errors import Missing
from documents.vault.reuse import hand_in_known
from mall import doors
from mall.design import formats, states
from mall.design.parts import Row
from mall.doors import actor_of
from mall.forms.words import in_language
from mall.portal.posts import needs_person, posted, status_of
from workflows.cases.models import Case
from workflows.definition.kinds import Effect
from workflows.permits import following, queries, services
from workflows.permits.models import Permit
from workflows.permits.obligations import OWED

ASKS: dict[Effect, Promise] = {
    Effect.RENEWS: gettext_lazy("Perpanjang izin"),
    Effect.AMENDS: gettext_lazy("Ubah isi izin"),
    Effect.COPIES: gettext_lazy("Minta salinan"),
    Effect.REVOKES: gettext_lazy("Ajukan pencabutan"),
}


@doors.signed_in
@require_safe
def permits(request: HttpRequest) -> HttpResponse:
    """Her permits, newest first. One query."""
    listed = queries.held_by(actor_of(request), cursor=request.GET.get("after", ""))
    found = [(one, states.of_permit(one.status), in_language(one.case.definition.product.name)) for one in listed.items]
    return render(request, "portal/permits.html", {"found": found, "next": listed.next})


@doors.signed_in
@require_safe
@needs_person
def permit(request: HttpRequest, permit_id: UUID) -> HttpResponse:
    """One permit: whether it holds, what may follow it, what is owed. Five queries."""
    own = queries.own_permit(actor_of(request), permit_id)
    owed = queries.obligations(own)
    context = {
        "permit": own,
        "look": states.of_permit(own.status),
        "name": in_language(own.case.definition.product.name),
        "rows": rows(own),
        "ways": _ways(own),
        "running": _running(own),
        "obligations": [(one, states.of_obligation(one.state), one.state in OWED) for one in owed],
        "actions": list(own.actions.order_by("-at", "-id")),
    }
    return render(request, "portal/permit.html", context)


def rows(own: Permit) -> list[Row]:
    """What the permit is, line by line."""
    holder = own.case.organisation.name if own.case.organisation else own.case.applicant.name
    until = formats.day(own.valid_until) or _("Tidak dibatasi tanggal")
    return [
        Row(_("Nomor"), own.number),
        Row(_("Layanan"), in_language(own.case.definition.name)),
        Row(_("Pemegang"), holder),
        Row(_("Terbit"), formats.day(own.valid_from)),
        Row(_("Berlaku sampai"), until),
    ]


@dataclass(frozen=True, slots=True)
class Offer:
    """One button: what may be asked for, or from which day on."""

    effect: str
    label: str
    opens: str
    asks_first: bool


def _ways(own: Permit) -> list[Offer]:
    """The buttons of the page. One query."""
    today = clock.today()
    return [
        Offer(
            effect=str(way.effect),
            label=str(ASKS[way.effect]),
            opens="" if way.is_open(today) else formats.day(way.opens_on),
            asks_first=way.effect is Effect.AMENDS,
        )
        for way in following.ways(own)
    ]


def _running(own: Permit) -> list[Case]:
    """Applications about this permit that are still open. One query."""
    return list(own.followers.filter(closed_at=None).select_related("service").order_by("created_at"))


@doors.signed_in
@needs_person
def follow(request: HttpRequest, permit_id: UUID, effect: str) -> HttpResponse:
    """Open the draft about this permit, filled in; asked twice, the same draft."""
    if effect not in ASKS:
        raise Missing
    queries.own_permit(actor_of(request), permit_id)
    if request.method != "POST":
        return redirect("portal:permit", permit_id)
    return redirect("portal:tasks", _opened(request, permit_id, Effect(effect)).pk)


@transaction.atomic
def _opened(request: HttpRequest, permit_id: UUID, effect: Effect, changes: tuple[str, ...] = ()) -> Case:
    """The draft with the papers that need not be asked for again."""
    by = actor_of(request)
    case = services.follow(permit_id=permit_id, by=by, effect=effect, changes=changes)
    if case.state == "draft":
        hand_in_known(case_id=case.pk, by=by)
    return case


class ChangesForm(forms.Form):
    """Which answers are no longer right."""

    changes = forms.MultipleChoiceField(
        label=gettext_lazy("Apa yang berubah?"),
        help_text=gettext_lazy("Yang tidak dicentang tetap seperti di izin sekarang."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Centang sedikitnya satu hal yang berubah.")},
    )

    def __init__(self, own: Permit, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = self.fields["changes"]
        assert isinstance(asked, forms.MultipleChoiceField)
        asked.choices = [(one.name, in_language(one.label)) for one in following.questions_of(own)]


@doors.signed_in
@needs_person
def amend(request: HttpRequest, permit_id: UUID) -> HttpResponse:
    """Mark what changes; the rest of the draft is filled in."""
    own = queries.own_permit(actor_of(request), permit_id)
    form = ChangesForm(own, posted(request)[0])
    if request.method == "POST" and form.is_valid():
        case = _opened(request, permit_id, Effect.AMENDS, tuple(form.cleaned_data["changes"]))
        return redirect("portal:tasks", case.pk)
    context = {"form": form, "permit": own, "name": in_language(own.case.definition.product.name)}
    return render(request, "portal/permit_amend.html", context, status=status_of(form))
