"""Lists of cases as the counter shows them."""

from collections.abc import Sequence

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from mall.counter.access import PURPOSE
from mall.design import formats, states
from mall.design.parts import Cell, Column, Table
from workflows.cases.models import Case
from workflows.definition.kinds import Effect
from workflows.permits.models import Permit


def state_tag(state: str) -> str:
    """The state of a case as a tag."""
    return render_to_string("design/parts/tag.html", {"look": states.of_case(state)})


def opened(cases: Sequence[Case]) -> Table:
    """What one clerk opened: these people stood in front of her, so their names are there. No query."""
    columns = [
        Column(lazy("Nomor")),
        Column(lazy("Layanan")),
        Column(lazy("Pemohon")),
        Column(lazy("Keadaan")),
        Column(lazy("Dibuka")),
    ]
    rows = [
        [
            Cell(case.reference or _("Belum diajukan"), reverse("counter:case", args=[case.pk])),
            case.service.name_id,
            case.applicant.name,
            state_tag(case.state),
            formats.day(case.created_at),
        ]
        for case in cases
    ]
    return Table(lazy("Permohonan yang saya buka"), columns, rows)


def of_person(cases: Sequence[Case], purpose: str) -> Table:
    """The cases of one person who is at the counter. No query."""
    columns = [Column(lazy("Nomor")), Column(lazy("Layanan")), Column(lazy("Keadaan")), Column(lazy("Diajukan"))]
    rows = [
        [
            Cell(case.reference or _("Konsep"), f"{reverse('counter:case', args=[case.pk])}?{PURPOSE}={purpose}"),
            case.service.name_id,
            state_tag(case.state),
            formats.day(case.submitted_at) or "–",
        ]
        for case in cases
    ]
    return Table(lazy("Permohonan orang ini"), columns, rows)


ASKS: dict[Effect, Promise] = {
    Effect.RENEWS: lazy("Perpanjang izin"),
    Effect.AMENDS: lazy("Ubah isi izin"),
    Effect.COPIES: lazy("Minta salinan"),
    Effect.REVOKES: lazy("Ajukan pencabutan"),
}
"""What a person may ask for about a permit that she has."""


def permits_of(permits: Sequence[Permit]) -> Table:
    """The permits of one person who is at the counter. No query."""
    columns = [Column(lazy("Nomor")), Column(lazy("Layanan")), Column(lazy("Status")), Column(lazy("Berlaku sampai"))]
    rows = [
        [
            Cell(one.number or _("Tanpa nomor"), reverse("counter:permit", args=[one.case.applicant_id, one.pk])),
            one.case.service.name_id,
            render_to_string("design/parts/tag.html", {"look": states.of_permit(one.status)}),
            formats.day(one.valid_until) or "–",
        ]
        for one in permits
    ]
    return Table(lazy("Izin orang ini"), columns, rows)
