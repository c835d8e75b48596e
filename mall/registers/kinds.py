"""What a file of each register must look like, whose it is, and how a row is told."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from agencies.errors import Missing
from agencies.identifiers import parse_nik
from agencies.models import Region, RegionKind
from mall.design import formats
from mall.importing.checking import Form, Row
from mall.importing.columns import Column, known, money, one_of, text, whole, year
from mall.registers.choices import Purpose, Register
from mall.registers.models import Entry

PROGRAMMES: dict[str, Promise] = {
    "bantuan-sosial": _("Bantuan sosial"),
    "beasiswa": _("Beasiswa"),
    "bedah-rumah": _("Bedah rumah"),
    "pelatihan-pemuda": _("Pelatihan pemuda"),
}
POVERTY: dict[str, Promise] = {
    "sangat-miskin": _("Sangat miskin"),
    "miskin": _("Miskin"),
    "rentan": _("Rentan miskin"),
    "tidak-miskin": _("Tidak miskin"),
}
ILLNESSES: dict[str, Promise] = {
    "diabetes": _("Diabetes"),
    "gizi-buruk": _("Gizi buruk"),
    "hipertensi": _("Hipertensi"),
    "ibu-berisiko": _("Ibu hamil berisiko tinggi"),
    "jantung": _("Penyakit jantung"),
    "jiwa": _("Gangguan jiwa berat"),
    "tuberkulosis": _("Tuberkulosis"),
}
RECEIPT: dict[str, Promise] = {
    "diusulkan": _("Diusulkan"),
    "ditetapkan": _("Ditetapkan sebagai penerima"),
    "diterima": _("Sudah diterima"),
    "dihentikan": _("Dihentikan"),
}
DECILES = {str(one): str(one) for one in range(1, 11)}


@dataclass(frozen=True, slots=True)
class Detail:
    """A column that is kept sealed: its heading for people, and the words of its codes."""

    column: Column
    label: str | Promise
    words: Mapping[str, str | Promise] | None = None
    rupiah: bool = False
    """Is it an amount of money, for people `Rp 15.000.000`?"""

    def told(self, value: str) -> str:
        """A value in words."""
        if self.rupiah and value:
            return formats.rupiah(Decimal(value))
        return str((self.words or {}).get(value, value)) or "–"


@dataclass(frozen=True, slots=True)
class Told:
    """One register. `owners` are the agencies that may keep it; empty: every agency has its own part."""

    register: Register
    details: tuple[Detail, ...]
    purposes: tuple[Purpose, ...]
    owners: tuple[str, ...] = ()
    by_programme: bool = False

    def form(self, period: str) -> Form:
        """How its file is written, for a year; codes of regions are read here. One query."""
        codes = regions()
        columns = (
            *((one_of("program", _("Program"), PROGRAMMES),) if self.by_programme else ()),
            Column("nik", _("NIK, 16 angka, sebagai teks"), _nik, "3510160505900001"),
            text("nama", _("Nama sesuai KTP-el")),
            known("wilayah", _("Kode desa, kelurahan, atau kecamatan menurut Kemendagri"), lambda: codes, "35.10.16"),
            *(one.column for one in self.details),
            year("tahun", _("Tahun data")),
        )
        key = ("program", "nik") if self.by_programme else ("nik",)
        return Form(columns, key, lambda rows: _other_years(rows, period))

    def correctable(self) -> list[Column]:
        """The columns that a correction may change: all but whose row it is, its programme and its year. One query."""
        return [one for one in self.form("").columns if one.name not in ("nik", "program", "tahun")]

    def entry(self, row: Row) -> dict[str, object]:
        """The values of a row of the file, as an `Entry` keeps them."""
        details = {one.column.name: str(row[one.column.name] or "") for one in self.details}
        return {
            "line": row.line,
            "nik": row["nik"],
            "name": row["nama"],
            "region": row["wilayah"],
            "programme": row["program"] if self.by_programme else "",
            "details": json.dumps(details),
        }

    def facts(self, entry: Entry, *, plain: bool = False) -> list[tuple[str, str]]:
        """What a row says besides who it is and where: heading and words; `plain`: as the file has it."""
        said = json.loads(entry.details)
        found = (
            [(str(_("Program")), str(PROGRAMMES.get(entry.programme, entry.programme)))] if self.by_programme else []
        )
        for one in self.details:
            value = said.get(one.column.name, "")
            found.append((str(one.label), value if plain else one.told(value)))
        return found


def regions() -> dict[str, str]:
    """Every kecamatan, desa and kelurahan by code. One query."""
    rows = Region.objects.exclude(kind=RegionKind.KABUPATEN).order_by("code")
    return dict(rows.values_list("code", "name"))


def kind_of(slug: str) -> Told:
    """The register of that name; `Missing` when there is none."""
    if slug not in KINDS:
        raise Missing
    return KINDS[Register(slug)]


def _nik(cell: str) -> str:
    try:
        return parse_nik(cell).value
    except ValueError as fault:
        raise ValueError(_now("tidak sah (%(why)s)") % {"why": str(fault).rstrip(".")}) from fault


def _other_years(rows: Sequence[Row], period: str) -> list[tuple[int, str]]:
    sentence = _now("tahun bukan %(year)s, tahun berkas ini.")
    return [(row.line, sentence % {"year": period}) for row in rows if str(row["tahun"]) != period]


def _coded(name: str, label: Promise, words: Mapping[str, str | Promise]) -> Detail:
    return Detail(one_of(name, label, words), label, words)


_USUAL = (Purpose.DISTRIBUTION, Purpose.VERIFICATION, Purpose.COMPLAINT, Purpose.AUDIT)
KINDS: dict[Register, Told] = {
    one.register: one
    for one in (
        Told(
            Register.POVERTY,
            (_coded("desil", _("Desil"), DECILES), _coded("status", _("Status"), POVERTY)),
            _USUAL,
            owners=("DINSOS",),
        ),
        Told(
            Register.ILLNESS,
            (_coded("kelompok", _("Kelompok penyakit"), ILLNESSES),),
            (Purpose.CARE, Purpose.VERIFICATION, Purpose.COMPLAINT, Purpose.AUDIT),
            owners=("DINKES",),
        ),
        Told(
            Register.RECIPIENTS,
            (
                Detail(whole("satuan", _("Banyaknya satuan yang diterima"), optional=True), _("Satuan")),
                Detail(money("jumlah", _("Rupiah yang diterima"), optional=True), _("Rupiah"), rupiah=True),
                _coded("status", _("Status"), RECEIPT),
            ),
            _USUAL,
            by_programme=True,
        ),
    )
}
