"""The worklists of the desk: whose they are, where their rows come from, how a row is shown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from agencies.models import Role
from mall.design import formats
from mall.design.parts import Cell, Column, Table
from mall.desk import slack
from mall.desk.facts import STAFF
from workflows.actors import Actor
from workflows.cases import queries
from workflows.cases.advice import Recommendation
from workflows.cases.machine import CaseState
from workflows.cases.models import Case
from workflows.cases.visits import Inspection
from workflows.clock.escalation import Escalation
from workflows.deemed import queries as deemed
from workflows.deemed.models import DeemedGrant, DutyTask
from workflows.definition.model import Shape
from workflows.duties import queries as duties
from workflows.duties.lines import Line
from workflows.objections import queries as objections
from workflows.objections.models import Objection
from workflows.paging import Page

MOST_COUNTED = 50
"""Counts stop here: what waits behind it changes nothing today, and nobody needs a COUNT(*)."""


DRAWN = "undian"
"""Visits whose inspector was drawn: the head may set the lot aside."""
OBJECTIONS = "keberatan"
"""What the head answers, or silence does."""
AUDITS, AUDITED = "audit", "sudah-diaudit"
"""Why an office stayed silent until the law granted: what the inspectorate has to look into, and has."""


@dataclass(frozen=True, slots=True)
class Queue:
    """One worklist."""

    slug: str
    title: Promise
    nothing: Promise
    roles: tuple[str, ...]
    read: Callable[..., Page[Any]]
    opens: str = "desk:case"
    """The page that a row leads to; nothing where its readers open none."""
    line: Line | None = None
    """The line whose next case can be taken from here, in order."""


QUEUES: tuple[Queue, ...] = (
    Queue(
        "periksa",
        lazy("Berkas untuk diperiksa"),
        lazy("Tidak ada berkas yang menunggu pemeriksaan."),
        (Role.VERIFIER, Role.OFFICER),
        queries.to_verify,
        line=Line.CHECKING,
    ),
    Queue(
        "rekomendasi",
        lazy("Rekomendasi yang diminta"),
        lazy("Tidak ada rekomendasi yang diminta dari instansi Anda."),
        (Role.OFFICER,),
        queries.to_recommend,
        line=Line.ADVISING,
    ),
    Queue(
        "lapangan",
        lazy("Pemeriksaan lapangan"),
        lazy("Tidak ada pemeriksaan lapangan yang menunggu laporan."),
        (Role.OFFICER,),
        queries.to_inspect,
    ),
    Queue(
        DRAWN,
        lazy("Petugas pemeriksa terundi"),
        lazy("Tidak ada pemeriksaan lapangan yang petugasnya sudah diundi."),
        (Role.DEPUTY, Role.HEAD),
        queries.drawn_visits,
        opens="desk:appoint",
    ),
    Queue(
        "putusan",
        lazy("Menunggu keputusan"),
        lazy("Tidak ada permohonan yang menunggu keputusan."),
        (Role.APPROVER, Role.OFFICER),
        queries.to_decide,
        line=Line.DECIDING,
    ),
    Queue(
        "wajib",
        lazy("Keputusan yang wajib diterbitkan"),
        lazy("Tidak ada permohonan yang sudah dikabulkan dan masih menunggu keputusan tertulis."),
        (Role.APPROVER, Role.OFFICER),
        deemed.owed,
    ),
    Queue(
        "wajib-terlambat",
        lazy("Keputusan wajib yang terlambat"),
        lazy("Tidak ada keputusan wajib yang terlambat."),
        (Role.HEAD, Role.INSPECTORATE),
        deemed.late,
        opens="",
    ),
    Queue(
        "serah",
        lazy("Produk untuk dicatat"),
        lazy("Tidak ada produk layanan yang menunggu dicatat."),
        (Role.OFFICER, Role.APPROVER, Role.VERIFIER),
        queries.to_hand_over,
    ),
    Queue(
        "eskalasi",
        lazy("Eskalasi"),
        lazy("Tidak ada permohonan yang perlu Anda dorong."),
        (Role.DEPUTY, Role.HEAD, Role.INSPECTORATE),
        queries.escalated,
        opens="",
    ),
    Queue(
        AUDITS,
        lazy("Dianggap dikabulkan: belum diaudit"),
        lazy("Semua permohonan yang dianggap dikabulkan sudah diaudit."),
        (Role.INSPECTORATE,),
        deemed.to_audit,
        opens="desk:audit",
    ),
    Queue(
        AUDITED,
        lazy("Dianggap dikabulkan: sudah diaudit"),
        lazy("Belum ada yang diaudit."),
        (Role.INSPECTORATE,),
        deemed.audited,
        opens="desk:audit",
    ),
    Queue(
        OBJECTIONS,
        lazy("Keberatan dan banding"),
        lazy("Tidak ada keberatan yang menunggu jawaban Anda."),
        (Role.HEAD, Role.DEPUTY),
        objections.to_answer,
        opens="desk:objection",
    ),
    Queue(
        "keberatan-kosong",
        lazy("Keberatan tanpa pejabat"),
        lazy("Setiap keberatan mempunyai pejabat yang menjawabnya."),
        (Role.MANAGER, Role.INSPECTORATE),
        objections.vacant,
        opens="",
    ),
)


def of(actor: Actor) -> list[Queue]:
    """The worklists that this person has."""
    return [queue for queue in QUEUES if actor.agencies(*queue.roles)]


def find(actor: Actor, slug: str) -> Queue | None:
    """The worklist of that name, if this person has it."""
    return next((queue for queue in of(actor) if queue.slug == slug), None)


@dataclass(frozen=True, slots=True)
class Work:
    """One row: the case, what is due and when, a note such as the day of a visit, and what opens if not the case."""

    case: Case
    begin: datetime | None
    end: datetime | None
    note: str = ""
    opens: UUID | None = None

    def address(self, page: str) -> str:
        """Where the row leads; nowhere without a page."""
        row = self.case.pk if page == "desk:case" else self.opens or self.case.pk
        return reverse(page, args=[row]) if page else ""


def work_of(row: Case | Recommendation | Inspection | Escalation | DutyTask | Objection | DeemedGrant) -> Work:
    """A row of any worklist. No query, as every list brings the case and its service."""
    if isinstance(row, Recommendation):
        return Work(row.case, row.asked_at, row.due_at)
    if isinstance(row, Inspection):
        day = formats.day(row.scheduled_for)
        return Work(row.case, row.case.arrived_at, row.case.due_at, day or _("Belum dijadwalkan"), row.pk)
    if isinstance(row, Escalation):
        told = {"step": row.step, "day": formats.day(row.at)}
        return Work(row.case, row.case.arrived_at, row.case.due_at, _("%(step)s%% pada %(day)s") % told)
    if isinstance(row, DutyTask):
        told = {"agency": row.agency_id, "day": formats.day(row.due_at)}
        return Work(row.case, row.opened_at, row.due_at, _("%(agency)s, paling lambat %(day)s") % told)
    if isinstance(row, Objection):
        told = {"what": row.get_instance_display(), "agency": row.agency_id}
        note = _("%(what)s kepada %(agency)s: jabatannya kosong") % told if row.vacant_since else told["what"]
        return Work(row.case, row.filed_at, row.due_at, str(note), row.pk)
    if isinstance(row, DeemedGrant):
        return Work(row.case, None, None, f"{row.case.agency_id}, {formats.day(row.term_end)}", row.pk)
    shape = _("Satu kunjungan") if row.service.shape == Shape.A0 else ""
    return Work(row, row.arrived_at, row.due_at, shape)


COLUMNS: Sequence[Column] = (
    Column(lazy("Nomor")),
    Column(lazy("Layanan")),
    Column(lazy("Keadaan")),
    Column(lazy("Catatan")),
    Column(lazy("Sisa waktu")),
)


def table(queue: Queue, rows: Sequence[Any], actor: Actor) -> Table:
    """The rows by due date, without any name: a list is not a reason to look at people. Two queries."""
    works = [work_of(row) for row in rows]
    slacks = slack.of([(work.begin, work.end) for work in works])
    takers = _takers(queue.line, works, actor) if queue.line else {}
    return Table(
        queue.title,
        COLUMNS,
        [
            [
                Cell(work.case.reference, work.address(queue.opens)),
                work.case.service.name_id,
                slack.state_tag(work.case.state),
                takers.get(work.case.pk, "") or work.note or "–",
                slack.tag(one),
            ]
            for work, one in zip(works, slacks, strict=True)
        ],
    )


def _takers(line: Line, works: Sequence[Work], actor: Actor) -> dict[Any, str]:
    """Who has each case in hand. One query."""
    begun = [work.case.pk for work in works if work.case.state != CaseState.SUBMITTED]
    return {
        case: _("Anda") if actor.is_also(held.user_id) else str(held.user)
        for case, held in duties.holders(line, actor.agencies(*STAFF), begun).items()
    }


@dataclass(frozen=True, slots=True)
class Tally:
    """A worklist on the home page: how many wait, and the most urgent of them."""

    queue: Queue
    count: str
    first: Table | None


def tallies(actor: Actor, *, shown: int = 3) -> list[Tally]:
    """Every worklist of this person with its capped count. One query each, and those of `table`."""
    found = []
    for queue in of(actor):
        page = queue.read(actor, limit=MOST_COUNTED)
        count = f"{MOST_COUNTED}+" if page.next else str(len(page.items))
        found.append(Tally(queue, count, table(queue, page.items[:shown], actor) if page.items else None))
    return found
