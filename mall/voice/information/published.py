"""Requests for information as a public data set: by agency and month, and of each agency how they were answered."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from statistics import median
from typing import Any

from django.db.models import Count, Min
from django.utils.translation import gettext_lazy as _

from agencies import clock
from agencies.models import Agency
from agencies.workdays import MAIN_SITE, Calendar, Hours, arrival_day, load
from mall.releases import datasets
from mall.releases.datasets import Column, Frequency, Kind, Row, Tree, Value
from mall.releases.declaring import declared
from mall.releases.periods import Period
from mall.voice.information.machine import ANSWERED
from mall.voice.information.models import InformationRequest
from mall.voice.information.objections import InformationObjection

SLUG = "permintaan-informasi"
METHOD = "2026-1"
AGENCY = Column("agency", _("Instansi"), "", _("Kode instansi yang PPID-nya menjawab."), Kind.CODE)
OUTCOME = Column("outcome", _("Jawaban"), "", _("Bagaimana permintaan dijawab."), Kind.CODE)
RECEIVED = Column(
    "received", _("Permintaan masuk"), _("permintaan"), _("Permintaan yang terdaftar dalam bulan itu."), Kind.COUNT
)
ANSWERED_COUNT = Column(
    "answered",
    _("Dijawab"),
    _("permintaan"),
    _("Permintaan yang dijawab tertulis dalam bulan itu: diberikan, sebagian, ditolak, atau tidak dikuasai."),
    Kind.COUNT,
)
IN_TIME = Column(
    "in_time",
    _("Tepat waktu"),
    "%",
    _(
        "Bagian yang dijawab paling lambat pada jam tutup hari ke-10 kerja, atau ke-17 bila diperpanjang (UU 14/2008 "
        "pasal 22). Bila yang terlambat sedikit, hanya batas bawah (≥) yang ditampilkan."
    ),
    Kind.SHARE,
    of="answered",
)
EXTENDED = Column(
    "extended",
    _("Diperpanjang"),
    _("permintaan"),
    _("Permintaan yang jangka waktunya diperpanjang dalam bulan itu."),
    Kind.COUNT,
)
OBJECTED = Column(
    "objections", _("Keberatan"), _("keberatan"), _("Keberatan yang diajukan dalam bulan itu."), Kind.COUNT
)
MEDIAN = Column(
    "median_days",
    _("Median hari kerja"),
    _("hari kerja"),
    _("Separuh jawaban selesai dalam waktu ini atau lebih cepat, dihitung dari hari kerja sesudah terdaftar."),
    Kind.DAYS,
    1,
    of="answered",
)
MEASURES = (RECEIVED, ANSWERED_COUNT, IN_TIME, EXTENDED, OBJECTED, MEDIAN)


def register() -> None:
    """Declare it."""
    datasets.register(
        declared(
            SLUG,
            title=_("Permintaan informasi publik"),
            description=_("Permintaan informasi, jawaban, ketepatan waktu, dan keberatan tiap instansi setiap bulan."),
            concept=_("Keterbukaan informasi publik menurut UU 14/2008."),
            definition=_(
                "Yang dihitung adalah pendaftaran, jawaban, perpanjangan, dan keberatan dalam satu bulan menurut waktu "
                "Banyuwangi (WIB). Banyaknya tiap jawaban adalah baris menurut jawaban di bawah instansinya."
            ),
            contact=_("PPID Mal Pelayanan Publik Banyuwangi"),
            source=_("register permintaan informasi dan register keberatan"),
            frequency=Frequency.MONTHLY,
            method=METHOD,
            dimensions=(AGENCY, OUTCOME),
            measures=MEASURES,
            shape=Tree(("agency", "outcome")),
            rows=rows,
            since=since,
            labels=labels,
            keywords=("keterbukaan informasi", "PPID"),
        )
    )


def since() -> date | None:
    """The day of the first request. One query."""
    first = InformationRequest.objects.aggregate(first=Min("registered_at"))["first"]
    return clock.wib_date(first) if first else None


def labels() -> Mapping[str, Mapping[str, str]]:
    """Names of agencies and answers. One query."""
    words = {one.value: str(one.label) for one in ANSWERED}
    return {"agency": dict(Agency.objects.values_list("code", "name_id")), "outcome": words}


def rows(period: Period) -> list[Row]:
    """The exact rows of a month: the mall, each agency, and its answers. Five queries."""
    within = (period.begin, period.end)
    received = _by_agency(InformationRequest.objects.filter(registered_at__gte=within[0], registered_at__lt=within[1]))
    extended = _by_agency(InformationRequest.objects.filter(extended_at__gte=within[0], extended_at__lt=within[1]))
    objected = _by_agency(
        InformationObjection.objects.filter(filed_at__gte=within[0], filed_at__lt=within[1]), "request__agency"
    )
    answers = _answers(period)
    agencies = sorted({*received, *extended, *objected, *(one.agency_id for one in answers)})
    found = []
    for code in agencies:
        mine = [one for one in answers if one.agency_id == code]
        counts = {"received": received.get(code, 0), "extended": extended.get(code, 0)}
        counts["objections"] = objected.get(code, 0)
        found.append(Row({"agency": code, "outcome": ""}, counts | _answered(mine)))
        for outcome in sorted({one.decision for one in mine}):
            each = [one for one in mine if one.decision == outcome]
            found.append(Row({"agency": code, "outcome": outcome}, _answered(each)))
    whole = {"received": sum(received.values()), "extended": sum(extended.values())}
    whole["objections"] = sum(objected.values())
    return [Row({"agency": "", "outcome": ""}, whole | _answered(answers)), *found]


def _by_agency(rows: Any, path: str = "agency") -> dict[str, int]:
    """How many of each agency. One query."""
    return dict(rows.order_by().values_list(path).annotate(count=Count("pk")))


class _Answer:
    """One answer: whose, which, in time, after how many working days."""

    __slots__ = ("agency_id", "days", "decision", "in_time")

    def __init__(self, one: InformationRequest, calendar: Calendar, hours: Hours) -> None:
        assert one.answered_at
        self.agency_id, self.decision = one.agency_id, one.decision
        self.in_time = one.due_at is None or one.answered_at <= one.due_at
        first = arrival_day(one.registered_at, calendar, hours)
        self.days = calendar.working_days_between(first, clock.wib_date(one.answered_at))


def _answers(period: Period) -> list[_Answer]:
    """What was answered in the month. Two queries."""
    calendar, hours = load(MAIN_SITE, period.first)
    asked = InformationRequest.objects.filter(answered_at__gte=period.begin, answered_at__lt=period.end).order_by("pk")
    fields = ("agency_id", "decision", "registered_at", "answered_at", "due_at")
    return [_Answer(one, calendar, hours) for one in asked.only(*fields)]


def _answered(answers: Iterable[_Answer]) -> dict[str, Value]:
    found = list(answers)
    days = median(one.days for one in found) if found else None
    return {
        "answered": len(found),
        "in_time": sum(one.in_time for one in found),
        "median_days": None if days is None else Decimal(str(days)),
    }
