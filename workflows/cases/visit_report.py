"""What a report of a visit must say, each fault beside its field."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from agencies import clock
from agencies.errors import Invalid
from workflows.cases.visits import MOST_PHOTOS, Inspection, InspectionPhoto, Photo
from workflows.definition import typed
from workflows.definition.model import Field, FieldType, Text

POSITION: Final = Field("position", FieldType.GEOPOINT, Text(""), required=False)


@dataclass(frozen=True, slots=True)
class Report:
    """What the inspector says that she found, and shows of it."""

    held_on: date
    result: str
    findings: str
    position: str
    repairs: Sequence[str]
    until: date | None
    photos: Sequence[Photo]

    def require_whole(self) -> None:
        """Raise `Invalid` with everything that is missing or cannot be."""
        if faults := {name: [sentence] for name, sentence in self._faults()}:
            raise Invalid(faults)

    def place(self) -> str:
        """The position as it is kept. Raises `ValueError` for what is no point here."""
        return _place(self.position)

    def attach(self, visit: Inspection) -> None:
        """Name the photos under the visit; a place outside the country is left out. One statement."""
        InspectionPhoto.objects.bulk_create(
            InspectionPhoto(inspection=visit, number=number, file_id=one.file_id, position=_known_place(one.position))
            for number, one in enumerate(self.photos, start=1)
        )

    def _faults(self) -> Iterator[tuple[str, str]]:
        if self.held_on > clock.today():
            yield "held_on", _("Tanggal pemeriksaan belum tiba.")
        if self.result not in Inspection.Result.values:
            yield "result", _("Pilih hasil pemeriksaan.")
        if not self.findings:
            yield "findings", _("Tulis temuan pemeriksaan.")
        if len(self.photos) > MOST_PHOTOS:
            yield "photos", _("Paling banyak %(most)s foto.") % {"most": MOST_PHOTOS}
        yield from self._repair_faults()
        try:
            self.place()
        except ValueError as error:
            yield "position", str(error)

    def _repair_faults(self) -> Iterator[tuple[str, str]]:
        asks = self.result == Inspection.Result.REPAIR
        if asks != any(one.strip() for one in self.repairs):
            yield "repairs", _("Tulis apa yang harus diperbaiki, hanya bila hasilnya “Perlu diperbaiki pemohon”.")
        if self.until and not asks:
            yield "until", _("Isi hanya bila hasilnya “Perlu diperbaiki pemohon”.")


def _place(told: str) -> str:
    return str(typed.read(POSITION, told)) if told else ""


def _known_place(told: str) -> str:
    try:
        return _place(told)
    except ValueError:
        return ""
