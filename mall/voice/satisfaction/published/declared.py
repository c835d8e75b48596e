"""The two data sets: by agency and service, and by site.

A period is half a year. Releases refuse overlapping periods on one total, because a year minus its shown half tells the
hidden one; so the year is no data set of its own but is added up from what its halves show (`yearly`). Shorter periods
would hide more: most services have few respondents.

A half is published when its last invitation has run out. Then nobody can answer any more, so there are no later
corrections that would differ from the release by one answer.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from agencies import clock
from agencies.models import Agency, Site
from mall.releases import datasets
from mall.releases.datasets import Column, Frequency, Kind, NotReady, Row, Value
from mall.releases.declaring import declared
from mall.releases.periods import Period
from mall.releases.shapes import Flat, Tree
from mall.voice.satisfaction import queries
from mall.voice.satisfaction.consumer import INVITE
from mall.voice.satisfaction.elements import elements
from mall.voice.satisfaction.index import Survey
from mall.voice.satisfaction.models import Invitation, UrnAnswer
from mall.voice.satisfaction.published.columns import ENOUGH, MEASURES, K
from mall.voice.satisfaction.services import OPEN_DAYS
from workflows.definition.models import ServiceType
from workflows.trail.models import OutboxRow, OutboxState

SERVICES: Final = "kepuasan"
SITES: Final = "kepuasan-lokasi"
_AGENCY = Column("agency", _("Instansi"), "", _("Instansi yang memutus. Kosong: seluruh mal."), Kind.CODE)
_SERVICE = Column("service", _("Layanan"), "", _("Jenis layanan. Kosong: seluruh layanan instansi itu."), Kind.CODE)
_SITE = Column("site", _("Lokasi"), "", _("Gedung tempat permohonan ditangani. Kosong: semua lokasi."), Kind.CODE)


def register() -> None:
    """Declare them."""
    datasets.register(
        declared(
            SERVICES,
            title=_("Survei kepuasan masyarakat menurut instansi dan layanan"),
            dimensions=(_AGENCY, _SERVICE),
            shape=Tree(("agency", "service")),
            rows=by_service,
            labels=_service_labels,
            **_common(),
        )
    )
    datasets.register(
        declared(
            SITES,
            title=_("Survei kepuasan masyarakat menurut lokasi"),
            dimensions=(_SITE,),
            shape=Flat(("site",), complete=True),
            rows=by_site,
            labels=lambda: {"site": _sites()},
            **_common(),
        )
    )


def _common() -> dict[str, Any]:
    return {
        "description": _("Indeks kepuasan (IKM), sembilan unsur, responden, dan yang tidak menjawab, tiap semester."),
        "concept": _("Survei kepuasan masyarakat menurut PermenPANRB 14/2017."),
        "definition": _(
            "Setiap permohonan yang selesai diundang menilai satu kali, tanpa nama. Periode adalah semester selesainya "
            "permohonan; diumumkan sesudah undangan terakhirnya berakhir."
        ),
        "source": _("jawaban survei kepuasan di Mal Pelayanan Publik"),
        "frequency": Frequency.SEMESTER,
        "k": K,
        "method": "2026-1",
        "measures": MEASURES,
        "since": since,
        "total": "mall.satisfaction",
        "keywords": ("kepuasan", "SKM", "IKM"),
    }


def since() -> date | None:
    """The first month in which anybody was invited. One query."""
    found: date | None = Invitation.objects.aggregate(first=Min("month"))["first"]
    return found


def by_service(period: Period) -> list[Row]:
    """The mall, its agencies and their services. Five queries."""
    found = _surveys(period)
    rows = [_row({"agency": "", "service": ""}, queries.whole(found.values()))]
    rows += [_row({"agency": code, "service": ""}, one) for code, one in queries.by("agency", found).items()]
    for agency in sorted({unit.agency for unit in found}):
        own = {unit: one for unit, one in found.items() if unit.agency == agency}
        rows += [_row({"agency": agency, "service": code}, one) for code, one in queries.by("service", own).items()]
    return rows


def by_site(period: Period) -> list[Row]:
    """The mall and its sites, also those at which nothing happened. Six queries."""
    found = _surveys(period)
    told = dict.fromkeys(_sites(), queries.whole(())) | queries.by("site", found)
    whole = _row({"site": ""}, queries.whole(found.values()))
    return [whole, *(_row({"site": code}, one) for code, one in sorted(told.items()))]


def _surveys(period: Period) -> dict[queries.Unit, Survey]:
    """What was answered of a period that is whole.

    Raises:
        NotReady: somebody may still answer, lies in the urn, or was not invited yet.
    """
    first, last = period.first, period.later(1).first - timedelta(days=1)
    open_still = clock.today() <= last + timedelta(days=OPEN_DAYS)
    waiting = OutboxRow.objects.filter(consumer=INVITE.name, state=OutboxState.PENDING, created_at__lt=period.end)
    if open_still or UrnAnswer.objects.filter(month__range=(first, last)).exists() or waiting.exists():
        raise NotReady
    return queries.surveys(first, last)


def _row(dims: Mapping[str, str], survey: Survey) -> Row:
    values: dict[str, Value] = {
        "closed": survey.closed,
        "answered": survey.answered,
        "silent": survey.silent,
        "rate": survey.rate,
        "needed": survey.needed,
        "index": survey.index,
        "grade": (survey.grade or ENOUGH) if survey.answered else None,
        "margin": survey.margin,
    }
    for place, one in enumerate(elements()):
        values[one.code] = survey.totals[place] if survey.answered else None
        values[f"{one.code}_mean"] = survey.mean(place)
    return Row(dims, values)


def _service_labels() -> Mapping[str, Mapping[str, str]]:
    agencies = dict(Agency.objects.values_list("code", "name_id"))
    return {"agency": agencies, "service": dict(ServiceType.objects.values_list("code", "name_id"))}


def _sites() -> dict[str, str]:
    return dict(Site.objects.values_list("code", "name"))
