"""The register of an agency's permits, one permit, and what may be done to it."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_safe

from agencies.errors import Invalid, Missing
from mall import doors
from mall.design import formats, states
from mall.design.parts import Cell, Column, Row, Table
from mall.desk import permit_acts, refusing
from mall.desk.facts import STAFF, find_case
from mall.doors import actor_of
from mall.forms import faults, stash
from workflows import looks, permissions
from workflows.permits import queries, sanctions
from workflows.permits.models import Permit

FAULTY = 422


@doors.staff(*STAFF)
@require_safe
def permits(request: HttpRequest) -> HttpResponse:
    """What this person's agencies granted; a number, a receipt or a code finds one. One query, and no name."""
    text = request.GET.get("q", "").strip()[:120]
    page = queries.of_agencies(actor_of(request), search=text, cursor=request.GET.get("after", ""))
    context = {"table": _table(page.items) if page.items else None, "next": page.next, "text": text}
    return render(request, "desk/permits.html", context)


def _table(rows: Sequence[Permit]) -> Table:
    columns = [Column(lazy("Nomor")), Column(lazy("Layanan")), Column(lazy("Status")), Column(lazy("Berlaku sampai"))]
    cells = [
        [
            Cell(one.number or "–", reverse("desk:permit", args=[one.pk])),
            one.case.service.name_id,
            tag(states.of_permit(one.status)),
            formats.day(one.valid_until) or _("Tidak dibatasi tanggal"),
        ]
        for one in rows
    ]
    return Table(lazy("Register izin"), columns, cells)


def tag(look: states.Look) -> str:
    """A status as a tag in a cell."""
    return render_to_string("design/parts/tag.html", {"look": look})


def found_permit(request: HttpRequest, permit_id: UUID) -> Permit:
    """A permit whose case this person may see at the desk; `Missing` otherwise, `Refused` for her own. Two queries."""
    permit = queries.register().filter(pk=permit_id).first()
    if permit is None:
        raise Missing
    permit.case = find_case(request, permit.case_id)
    return permit


@doors.staff(*STAFF)
@require_safe
def permit(request: HttpRequest, permit_id: UUID) -> HttpResponse:
    """One permit with its past, what is owed, and what may be done with it. The look is recorded."""
    found, actor = found_permit(request, permit_id), actor_of(request)
    looks.look(by=actor, case=found.case, purpose="follow_up")
    proposal = sanctions.proposal_of(found)
    context = {
        "permit": found,
        "look": states.of_permit(found.status),
        "rows": rows(found),
        "proposal": proposal,
        "acts": permit_acts.legal(actor, found, proposal),
        "actions": list(found.actions.select_related("by", "seconded_by").order_by("-at", "-id")),
        "obligations": [(one, states.of_obligation(one.state)) for one in queries.obligations(found)],
        "followers": list(found.followers.exclude(state="draft").select_related("service").order_by("created_at")),
    }
    return render(request, "desk/permit.html", context)


def rows(found: Permit) -> list[Row]:
    """What the permit is, line by line."""
    case = found.case
    return [
        Row(_("Layanan"), case.service.name_id),
        Row(_("Pemegang"), case.organisation.name if case.organisation else case.applicant.name),
        Row(_("Nomor"), found.number or "–"),
        Row(_("Terbit"), formats.day(found.valid_from)),
        Row(_("Berlaku sampai"), formats.day(found.valid_until) or _("Tidak dibatasi tanggal")),
    ]


@doors.staff(*STAFF)
@doors.keeping(stash.keep)
def permit_act(request: HttpRequest, permit_id: UUID, act: str) -> HttpResponse:
    """Suspend, resume, propose a revocation, or sign one or not."""
    chosen = permit_acts.ACTS.get(act)
    if chosen is None:
        raise Missing
    found, actor = found_permit(request, permit_id), actor_of(request)
    permissions.require(permissions.may_sanction(actor, found.case))
    proposal = sanctions.proposal_of(found)
    if request.method != "POST" and chosen not in permit_acts.legal(actor, found, proposal):
        return redirect("desk:permit", permit_id)
    initial = {
        "legal_basis": "\n".join(found.case.definition.standard.legal_basis),
        "remedy": refusing.clause(found.case),
    }
    form = chosen.form(stash.typed(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            chosen.do(permit_id=permit_id, by=actor, **permit_acts.said(form))
        except Invalid as fault:
            faults.show(form, fault)
        else:
            messages.success(request, str(chosen.done))
            return redirect("desk:permit", permit_id)
    context = {"act": chosen, "form": form, "permit": found, "rows": rows(found), "proposal": proposal}
    return render(request, "desk/permit_act.html", context, status=FAULTY if form.errors else 200)
