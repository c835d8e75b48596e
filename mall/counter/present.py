"""What the pages of a case show at the counter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mall.counter import lists
from mall.design import formats
from mall.design.parts import Row, Task, TaskStatus
from mall.forms import words
from mall.forms.draft import PAPER, Draft
from mall.forms.words import in_language
from workflows.cases import queries
from workflows.cases.machine import CaseState
from workflows.cases.mandates import Ground, Mandate
from workflows.cases.models import Case, RequirementCheck
from workflows.objections.models import Objection, ObjectionMandate
from workflows.permits.models import Permit


def tasks(draft: Draft) -> list[Task]:
    """The parts of an application and how far each is. Four queries at most."""
    case_id = draft.case.pk
    mandate = Mandate.objects.filter(case=draft.case).exists()
    missing = sum(paper.missing or paper.to_fix for paper in draft.papers)
    faulty = [name for name in draft.faults if not name.startswith(PAPER)]
    ready = mandate and not missing and not faulty
    papers = ngettext("%(n)s berkas lagi", "%(n)s berkas lagi", missing) % {"n": missing} if missing else ""
    return [
        Task(_("Siapa yang hadir"), "done" if mandate else "todo", reverse("counter:mandate", args=[case_id])),
        Task(_("Isian formulir"), _of(draft, not faulty), reverse("counter:fill", args=[case_id])),
        Task(_("Berkas"), "fix" if missing and draft.returned else _of(draft, not missing), _papers(draft), papers),
        Task(_("Periksa dan ajukan"), "todo" if ready else "wait", reverse("counter:check", args=[case_id])),
    ]


def _of(draft: Draft, whole: bool) -> TaskStatus:
    return "done" if whole else "doing" if draft.answers else "todo"


def _papers(draft: Draft) -> str:
    return reverse("counter:papers", args=[draft.case.pk])


def standing(case: Case) -> list[Row]:
    """How the case stands, for the person who asks at the counter. One query."""
    rows = [
        Row(_("Nomor tanda terima"), case.reference or "–"),
        Row(_("Layanan"), case.service.name_id),
        Row(_("Pemohon"), case.organisation.name if case.organisation else case.applicant.name),
        Row(_("Keadaan"), lists.state_tag(case.state)),
        Row(_("Diajukan"), formats.moment(case.submitted_at)),
    ]
    if case.is_open and case.due_at:
        rows.append(Row(_("Selesai paling lambat"), formats.day(case.due_at)))
    if case.state in (CaseState.RETURNED, CaseState.AWAITING_PAYMENT) and case.applicant_due_at:
        rows.append(Row(_("Ditunggu dari pemohon sampai"), formats.day(case.applicant_due_at)))
    permit = Permit.objects.filter(case=case).first()
    if permit and permit.number:
        rows.append(Row(_("Nomor produk"), permit.number))
    return rows


def deficient(case: Case) -> list[tuple[str, str]]:
    """What must be put right, by name. One query for a returned case."""
    if case.state != CaseState.RETURNED:
        return []
    names = {one.code: in_language(one.name) for one in case.definition.requirements}
    names[RequirementCheck.ANSWERS] = _("Isian formulir dan data pemohon")
    return [(names.get(one.requirement, one.requirement), one.note) for one in queries.deficiencies(case)]


def holes(case: Case, told: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    """What keeps the application from being handed in, each with the page where it can be put right."""
    found = []
    for name, sentences in told.items():
        if name.startswith(PAPER):
            where = "counter:papers"
        else:
            where = "counter:mandate" if name == "mandate" else "counter:fill"
        anchor = f"#id_q-{name}" if where == "counter:fill" and name else ""
        found += [(sentence, reverse(where, args=[case.pk]) + anchor) for sentence in sentences]
    return found


@dataclass(frozen=True, slots=True)
class Section:
    """One block of the check page."""

    title: str
    rows: list[Row]


def sections(draft: Draft) -> list[Section]:
    """Who, on what ground, which answers, which papers. Two queries besides the draft's."""
    case = draft.case
    who = [Row(_("Nama"), case.applicant.name)]
    if case.organisation:
        who.append(Row(_("Badan usaha"), case.organisation.name))
    fill, paper = reverse("counter:fill", args=[case.pk]), _papers(draft)
    papers = [
        Row(in_language(one.requirement.name), _("Sudah ada") if one.attachment else words.NOTHING, paper)
        for one in draft.papers
    ]
    return [
        Section(_("Pemohon"), [*who, *_mandate(case)]),
        Section(_("Isian formulir"), words.rows(draft.definition, draft.answers, change_url=fill)),
        Section(_("Berkas"), papers),
    ]


def _mandate(case: Case) -> list[Row]:
    found = Mandate.objects.filter(case=case).first()
    where = reverse("counter:mandate", args=[case.pk])
    return [Row(_("Yang hadir"), _came(found) if found else _("Belum dicatat"), where)]


def _came(found: Ground) -> str:
    """Who came, and by what right."""
    said = str(Mandate.Kind(found.kind).label)
    return f"{said}: {found.bearer}" if found.bearer else said


def receipt(case: Case) -> list[Row]:
    """What the receipt says. One query."""
    rows = [
        Row(_("Nomor tanda terima"), case.reference or ""),
        Row(_("Kode lacak"), case.tracking_code or ""),
        Row(_("Layanan"), case.service.name_id),
        Row(_("Pemohon"), case.applicant.name),
    ]
    if case.organisation:
        rows.append(Row(_("Badan usaha"), case.organisation.name))
    rows += [Row(row.key, row.value) for row in _mandate(case)] if case.channel == "counter" else []
    rows.append(Row(_("Diterima"), formats.moment(case.arrived_at)))
    if case.due_at:
        rows.append(Row(_("Selesai paling lambat"), formats.day(case.due_at)))
    return rows


def objection(case: Case, found: Objection) -> list[Row]:
    """What the receipt of an objection or appeal says. One query."""
    rows = [
        Row(_("Yang diajukan"), str(found.get_instance_display())),
        Row(_("Nomor tanda terima permohonan"), case.reference or ""),
        Row(_("Layanan"), case.service.name_id),
        Row(_("Pemohon"), case.organisation.name if case.organisation else case.applicant.name),
    ]
    came = ObjectionMandate.objects.filter(objection=found).first()
    rows += [Row(_("Yang hadir"), _came(came))] if came else []
    return [
        *rows,
        Row(_("Diterima"), formats.moment(found.filed_at)),
        Row(_("Alasan keberatan"), found.reason),
        Row(_("Dijawab oleh"), found.agency.name),
        Row(_("Dijawab paling lambat"), formats.moment(found.due_at)),
    ]


def handed_in(draft: Draft) -> list[str]:
    """The papers that were handed in, by name. Two queries."""
    return [in_language(one.requirement.name) for one in draft.papers if one.attachment]
