"""The file of an export: CSV whose first and last lines say who has it, by whose leave, and for what."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.utils.translation import gettext as _

from agencies.models import User
from mall.design import formats
from mall.registers.choices import Register
from mall.registers.kinds import KINDS, regions
from mall.registers.masking import mask_nik
from mall.registers.models import Entry, Export
from mall.releases.files import harmless


@dataclass(frozen=True, slots=True)
class People:
    """Who asked and who allowed, and the names of places: read before the schema is opened."""

    asked: str
    allowed: str
    places: dict[str, str]

    @classmethod
    def behind(cls, export: Export) -> Self:
        """Of an export. Two queries."""
        users = User.objects.filter(pk__in=[export.asked_by, export.decided_by])
        names = {one.pk: one.name or one.email for one in users}
        allowed = names.get(export.decided_by, "–") if export.decided_by else "–"
        return cls(names.get(export.asked_by, "–"), allowed, regions())


def written(export: Export, rows: Sequence[Entry], people: People, at: datetime) -> bytes:
    """The file, in UTF-8 with a byte order mark."""
    told = KINDS[Register(export.register)]
    mark = _mark(export, people, at, len(rows))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([mark])
    heads = [label for label, _value in told.facts(rows[0], plain=True)] if rows else []
    writer.writerow([_("No."), "NIK", _("Nama"), _("Kode wilayah"), _("Wilayah"), _("Tahun"), *heads])
    for number, one in enumerate(rows, start=1):
        nik = str(one.nik) if export.whole_nik else mask_nik(one.nik)
        place = people.places.get(one.region, "")
        facts = [value for _label, value in told.facts(one, plain=True)]
        cells = [str(number), nik, one.name, one.region, place, one.batch.period, *facts]
        writer.writerow([harmless(cell) for cell in cells])
    writer.writerow([mark])
    return out.getvalue().encode("utf-8-sig")


def _mark(export: Export, people: People, at: datetime, count: int) -> str:
    said = _(
        "RAHASIA, DATA PRIBADI (UU 27/2022). Diunduh %(who)s pada %(at)s, disetujui %(allowed)s, untuk %(purpose)s: "
        "%(reason)s. %(count)s orang. Nomor %(id)s."
    )
    words = {
        "who": people.asked,
        "at": formats.moment(at),
        "allowed": people.allowed,
        "purpose": export.get_purpose_display(),
        "reason": export.reason,
        "count": count,
        "id": export.pk,
    }
    return harmless(said % words)
