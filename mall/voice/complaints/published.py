"""The public data set of complaints: what came, what was verified, answered and closed, by agency and class."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from statistics import median
from typing import Final

from django.db.models import Min, Q
from django.utils.translation import gettext_lazy as _

from agencies import clock
from agencies.errors import Unavailable
from agencies.models import Agency
from agencies.workdays import Calendar, Hours, arrival_day
from mall.releases import datasets
from mall.releases.datasets import Column, Frequency, NotReady, Row, Value
from mall.releases.datasets import Kind as Holds
from mall.releases.declaring import declared
from mall.releases.periods import Period
from mall.releases.shapes import Tree
from mall.voice.complaints.machine import ComplaintState, Ending, Kind
from mall.voice.complaints.models import Complaint

SLUG: Final = "pengaduan"
METHOD: Final = "2026-1"
UNKNOWN: Final = "lain"
"""Stands for complaints whose agency nobody has named or found out."""

RECEIVED = Column(
    "received",
    _("Diterima"),
    _("pengaduan"),
    _("Banyaknya pengaduan, aspirasi, dan permintaan informasi yang masuk dalam bulan itu, daring maupun di loket."),
    Holds.COUNT,
)
VERIFIED = Column(
    "verified",
    _("Diverifikasi"),
    _("pengaduan"),
    _("Banyaknya pengaduan yang pertama kali diverifikasi dalam bulan itu: diteruskan, ditolak, atau dialihkan."),
    Holds.COUNT,
)
VERIFIED_IN_TIME = Column(
    "verified_in_time",
    _("Diverifikasi tepat waktu"),
    "%",
    _("Bagian verifikasi yang dilakukan dalam tiga hari kerja sejak pengaduan diterima."),
    Holds.SHARE,
    of="verified",
)
RESOLVED = Column(
    "resolved",
    _("Selesai"),
    _("pengaduan"),
    _("Banyaknya pengaduan yang ditutup dalam bulan itu sesudah dijawab."),
    Holds.COUNT,
)
RESOLVED_IN_TIME = Column(
    "resolved_in_time",
    _("Dijawab tepat waktu"),
    "%",
    _(
        "Bagian pengaduan yang selesai dalam bulan itu dan jawaban terakhirnya diberikan dalam 14 hari kerja sejak "
        "diterima, atau 60 hari kerja bila berkadar pengawasan."
    ),
    Holds.SHARE,
    of="resolved",
)
AUTO_CLOSED = Column(
    "auto_closed",
    _("Ditutup tanpa balasan"),
    "%",
    _("Bagian pengaduan selesai yang ditutup karena pelapor tidak membalas dalam sepuluh hari kerja sesudah jawaban."),
    Holds.SHARE,
    of="resolved",
)
REJECTED = Column(
    "rejected",
    _("Tidak diteruskan"),
    _("pengaduan"),
    _("Banyaknya pengaduan yang dalam bulan itu tidak diteruskan: sudah pernah diadukan, atau bukan kewenangan mal."),
    Holds.COUNT,
)
MEDIAN = Column(
    "median_days",
    _("Median hari kerja sampai dijawab"),
    _("hari kerja"),
    _(
        "Separuh pengaduan yang selesai dalam bulan itu mendapat jawaban terakhir dalam waktu ini atau lebih cepat. "
        "Hari kerja adalah Senin sampai Jumat di luar tabel hari libur, dihitung sesudah hari diterima."
    ),
    Holds.DAYS,
    1,
    of="resolved",
)
MEASURES: Final = (
    RECEIVED, VERIFIED, VERIFIED_IN_TIME, RESOLVED, RESOLVED_IN_TIME, AUTO_CLOSED, REJECTED, MEDIAN,
)  # fmt: skip
_AGENCY = Column("agency", _("Instansi"), "", _("Instansi yang diadukan. Kosong: seluruh mal."), Holds.CODE)
_KIND = Column("kind", _("Golongan"), "", _("Golongan SP4N-LAPOR!. Kosong: seluruh golongan."), Holds.CODE)


def register() -> None:
    """Declare it."""
    datasets.register(
        declared(
            SLUG,
            title=_("Pengaduan menurut instansi dan golongan"),
            description=_("Pengaduan yang diterima, diverifikasi, dijawab, dan ditutup setiap bulan."),
            concept=_("Pengelolaan pengaduan pelayanan publik menurut UU 25/2009 dan Perpres 76/2013."),
            definition=_(
                "Yang dihitung adalah kejadian pada pengaduan dalam satu bulan menurut waktu Banyuwangi (WIB). Laporan "
                "pungutan kepada Inspektorat tidak termasuk."
            ),
            source=_("catatan pengaduan mal"),
            frequency=Frequency.MONTHLY,
            method=METHOD,
            dimensions=(_AGENCY, _KIND),
            measures=MEASURES,
            shape=Tree(("agency", "kind")),
            rows=rows,
            since=since,
            labels=labels,
            total="mall.complaints",
            keywords=("pengaduan", "aspirasi", "SP4N-LAPOR!"),
        )
    )


def since() -> date | None:
    """The day of the first complaint. One query."""
    found = Complaint.objects.aggregate(first=Min("filed_at"))["first"]
    return clock.wib_date(found) if found else None


def labels() -> Mapping[str, Mapping[str, str]]:
    """Names of the codes. One query."""
    agencies = dict(Agency.objects.values_list("code", "name_id")) | {UNKNOWN: "Belum diketahui"}
    return {"agency": agencies, "kind": {one.value: str(one.label) for one in Kind}}


@dataclass
class _Line:
    """The sums of one line."""

    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    days: list[int] = field(default_factory=list)

    def values(self) -> dict[str, Value]:
        """The exact values of a row."""
        found: dict[str, Value] = {one.code: self.counts[one.code] for one in MEASURES if one is not MEDIAN}
        return found | {MEDIAN.code: Decimal(median(self.days)) if self.days else None}


def rows(period: Period) -> list[Row]:
    """The exact rows: the mall, its agencies, and each class of theirs. Two queries. They go to publishing only."""
    lines: dict[tuple[str, str], _Line] = defaultdict(_Line)
    lines["", ""] = _Line()
    calendar, hours = Calendar.load(period.first), Hours.load()
    for one in _touched(period):
        counted = set(_counted(one, period))
        days = _days(one, calendar, hours) if RESOLVED.code in counted else None
        place = (one.agency_id or UNKNOWN, one.kind)
        for key in (("", ""), (place[0], ""), place):
            for code in counted:
                lines[key].counts[code] += 1
            if days is not None:
                lines[key].days.append(days)
    return [Row({"agency": key[0], "kind": key[1]}, line.values()) for key, line in sorted(lines.items())]


def _touched(period: Period) -> Iterator[Complaint]:
    """The complaints to which anything happened in the period."""
    within = {"gte": period.begin, "lt": period.end}
    happened = Q(pk=None)
    for name in ("filed_at", "verified_at", "closed_at"):
        happened |= Q(**{f"{name}__{how}": moment for how, moment in within.items()})
    rows = Complaint.objects.filter(happened).defer("name", "contact", "text")
    return rows.order_by("id").iterator()


def _counted(one: Complaint, period: Period) -> Iterator[str]:
    """The counts that it goes into."""
    if _is_in(one.filed_at, period):
        yield RECEIVED.code
    if _is_in(one.verified_at, period):
        yield VERIFIED.code
        if _in_time(one.verified_at, one.verify_by):
            yield VERIFIED_IN_TIME.code
    if _is_in(one.closed_at, period):
        yield from _ended(one)


def _ended(one: Complaint) -> Iterator[str]:
    if one.state == ComplaintState.REJECTED:
        yield REJECTED.code
    if one.state == ComplaintState.CLOSED:
        yield RESOLVED.code
        if _in_time(one.answered_at, one.resolve_by):
            yield RESOLVED_IN_TIME.code
        if one.ending == Ending.SILENT:
            yield AUTO_CLOSED.code


def _is_in(moment: datetime | None, period: Period) -> bool:
    return moment is not None and period.begin <= moment < period.end


def _in_time(done: datetime | None, due: datetime | None) -> bool:
    """In time; so is what could not be promised a date."""
    return done is not None and (due is None or done <= due)


def _days(one: Complaint, calendar: Calendar, hours: Hours) -> int:
    """Working days from arrival to the standing answer; `NotReady` while the holidays of those days are not known."""
    assert one.answered_at
    try:
        return calendar.working_days_between(
            arrival_day(one.filed_at, calendar, hours), clock.wib_date(one.answered_at)
        )
    except Unavailable as error:
        raise NotReady from error
