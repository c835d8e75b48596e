"""What the page of one case shows to staff, each part built from plain readers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from agencies.identifiers import mask_nik
from agencies.models import Agency, ProofLevel, Region
from mall.design import formats
from mall.design.parts import Row
from mall.desk import slack
from mall.desk.facts import Facts
from mall.forms import repairs as answering
from workflows.cases import sealing
from workflows.cases.mandates import Mandate
from workflows.cases.models import Attachment, Case, RequirementCheck
from workflows.cases.repair import Repair
from workflows.charges.models import Charge
from workflows.definition import answers as questions
from workflows.definition.kinds import Effect
from workflows.permits.models import Permit


def identity(case: Case, *, named: bool = True) -> list[Row]:
    """What the page is about: service, applicant, number, state and slack; unless `named`, nobody. One query."""
    begin, end = (case.arrived_at, case.due_at) if case.is_open else (None, None)
    [left] = slack.of([(begin, end)])
    rows = [
        Row(_("Layanan"), case.service.name_id),
        Row(_("Nomor"), case.reference or "–"),
        Row(_("Keadaan"), slack.state_tag(case.state)),
    ]
    if named:
        rows.insert(1, Row(_("Pemohon"), case.organisation.name if case.organisation else case.applicant.name))
    return [*rows, Row(_("Batas waktu"), slack.tag(left))] if case.is_open else rows


def applicant(case: Case) -> list[Row]:
    """Who applies, with the NIK masked. One query for the village."""
    person = case.applicant
    village = (
        Region.objects.select_related("parent").filter(pk=person.village_id).first() if person.village_id else None
    )
    where = [person.address, village.name if village else ""]
    if village and village.parent:
        where.append(_("Kecamatan %(name)s") % {"name": village.parent.name})
    rows = [
        Row(_("Nama"), person.name),
        Row(_("NIK"), mask_nik(person.nik) or "–"),
        Row(_("Bukti identitas"), str(ProofLevel(person.proof_level).label)),
        Row(_("Telepon"), person.phone or "–"),
        Row(_("Alamat"), "\n".join(part for part in where if part) or "–"),
    ]
    if case.organisation:
        rows.append(Row(_("Badan usaha"), case.organisation.name))
        rows.append(Row(_("NIB"), case.organisation.nib or "–"))
    return rows


def mandate(case: Case) -> list[Row]:
    """Who came to the counter, and on what ground. One query, for cases of the counter only."""
    found = Mandate.objects.select_related("clerk").filter(case=case).first() if case.channel == "counter" else None
    if found is None:
        return []
    rows = [Row(_("Dasar"), str(Mandate.Kind(found.kind).label)), Row(_("Dicatat oleh"), str(found.clerk))]
    if found.bearer:
        rows.insert(1, Row(_("Yang hadir"), found.bearer))
    return [*rows, Row(_("Catatan"), found.note)] if found.note else rows


@dataclass(frozen=True, slots=True)
class Asked:
    """A repair as it was asked and answered."""

    row: Repair
    agency: str
    things: list[tuple[str, str]]


def repairs(facts: Facts) -> list[Asked]:
    """What the applicant was asked to put right after her application was complete. One query where she was."""
    asking = {one.agency for one in facts.repairs}
    names = {one.pk: one.name for one in Agency.objects.filter(pk__in=asking)} if asking else {}
    return [Asked(one, names.get(one.agency, one.agency), answering.things(facts.case, one)) for one in facts.repairs]


@dataclass(frozen=True, slots=True)
class Paper:
    """One requirement that applies: what was handed in, and the last tick on it."""

    code: str
    name: str
    required: bool
    url: str
    verdict: str
    note: str
    id: UUID | None = None


def papers(case: Case, at: Callable[[UUID], str] | None = None) -> list[Paper]:
    """The requirements that apply to this case with their papers and ticks; `at` says where one opens. Two queries."""
    at = at or (lambda pk: reverse("desk:paper", args=[pk]))
    answers = sealing.opened(case.definition, case.answers)
    have = {one.requirement: one for one in Attachment.objects.filter(case=case, current=True)}
    ticks = last_ticks(case)
    return [
        Paper(
            code=one.code,
            name=one.name.id,
            required=one.required,
            url=at(have[one.code].pk) if one.code in have else "",
            verdict=ticks[one.code].verdict if one.code in ticks else "",
            note=ticks[one.code].note if one.code in ticks else "",
            id=have[one.code].pk if one.code in have else None,
        )
        for one in questions.applicable_requirements(case.definition, answers)
    ]


def last_ticks(case: Case) -> Mapping[str, RequirementCheck]:
    """The tick of the latest round on each requirement, by its code. One query."""
    return {one.requirement: one for one in case.checks.order_by("round")}


def charge(case: Case) -> dict[str, Any] | None:
    """What the case owes, line by line, and the money that came; None when nothing is charged. Two queries."""
    found = Charge.objects.select_related("bill_row").filter(case=case).first()
    if found is None:
        return None
    bill = getattr(found, "bill_row", None)
    rows = [Row(line["label"], formats.rupiah(line["amount"])) for line in found.lines]
    rows.append(Row(_("Jumlah"), formats.rupiah(found.amount)))
    rows.append(Row(_("Dasar hukum"), found.law))
    return {
        "rows": rows,
        "state": found.get_state_display(),
        "payments": list(bill.payments.order_by("recorded_at")) if bill else [],
    }


def blockers(facts: Facts) -> list[str]:
    """Why an approval is impossible, in names."""
    return [one.agency.name for one in facts.against]


def product(case: Case) -> list[Row]:
    """What came of it: number, validity, status. One query."""
    permit = Permit.objects.filter(case=case).first()
    if permit is None:
        return []
    name = case.definition.product.name.id
    system = case.definition.product.system
    rows = [Row(_("Produk layanan"), name), Row(_("Nomor"), permit.number or _("Belum dicatat"))]
    if system:
        rows.append(Row(_("Sistem penerbit"), system))
    if permit.issued_at:
        until = formats.day(permit.valid_until) or _("tanpa batas tanggal")
        rows.append(Row(_("Berlaku"), f"{formats.day(permit.valid_from)} – {until}"))
        rows.append(Row(_("Status"), permit.get_status_display()))
    return rows


def earlier(case: Case) -> list[Row]:
    """The permit that this case is about, how it stands, and which answers differ. Two queries where there is one."""
    if case.previous_permit_id is None:
        return []
    permit = Permit.objects.select_related("case__service_version").get(pk=case.previous_permit_id)
    rows = [
        Row(_("Yang diminta"), str(EFFECTS[case.effect])),
        Row(_("Izin terdahulu"), permit.number, reverse("desk:permit", args=[permit.pk]), _("Buka")),
        Row(_("Status sekarang"), permit.get_status_display()),
    ]
    changed = ", ".join(_changed(case, permit))
    return [*rows, Row(_("Isian yang berubah"), changed or _("Tidak ada"))] if case.effect in REPLACES else rows


EFFECTS: dict[str, Promise] = {
    Effect.RENEWS: lazy("Perpanjangan"),
    Effect.AMENDS: lazy("Perubahan"),
    Effect.COPIES: lazy("Salinan"),
    Effect.REVOKES: lazy("Pencabutan oleh pemegang"),
}
REPLACES = (Effect.RENEWS, Effect.AMENDS)


def _changed(case: Case, permit: Permit) -> list[str]:
    """The questions whose answer is another than under the earlier permit, by label."""
    before = sealing.opened(permit.case.definition, permit.case.answers)
    now = sealing.opened(case.definition, case.answers)
    fields = [one for one in case.definition.fields if one.from_permit is None]
    return [one.label.id for one in fields if before.get(one.name) != now.get(one.name)]
