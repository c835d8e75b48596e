"""What a file of each kind must look like, and the lines it becomes."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from agencies.queries import kecamatan
from mall.importing.checking import Form, Row
from mall.importing.columns import Column, code, known, money, number, one_of, text, whole
from mall.regency import budget
from mall.regency.indicators import Indicator, indicators
from mall.regency.models import AreaFigure, BatchLine, BudgetLine, Kind, PerformanceLine, ProgrammeLine
from mall.regency.performance import Polarity

PROGRAMMES = {
    "bedah-rumah": _("Bedah rumah"),
    "beasiswa": _("Beasiswa"),
    "pelatihan-pemuda": _("Pelatihan pemuda"),
    "hibah": _("Hibah"),
}
GRANTS = ("hibah",)
"""Whose recipients are organisations and are named (their list is part of the budget)."""
PROTECTED = (Kind.PROGRAMMES, Kind.POVERTY, Kind.ILLNESS, Kind.EDUCATION)
"""Those that count people: of them no period may share months with another."""
UNIT = code("skpd", _("Kode perangkat daerah"), r"[A-Z0-9][A-Z0-9-]{1,29}", "DINKES")


@dataclass(frozen=True, slots=True)
class Told:
    """One kind of file. `lines` makes the rows of the table out of those of the file."""

    kind: Kind
    form: Callable[[str], Form]
    """By the version that the uploader names."""
    table: type[BatchLine]
    lines: Callable[[Sequence[Row]], list[BatchLine]]
    versions: Sequence[tuple[str, Any]] = ()
    k: int = 5


def _codes() -> Collection[str]:
    return {region.code for region in kecamatan()}


def _place() -> Column:
    codes = _codes()
    return known("kecamatan", _("Kode kecamatan menurut Kemendagri"), lambda: codes, "35.10.16")


def _made(table: type[BatchLine], **named: str) -> Callable[[Sequence[Row]], list[BatchLine]]:
    """Rows as lines of a table; `named` maps its fields to the columns of the file. An empty text stays empty."""

    def lines(rows: Sequence[Row]) -> list[BatchLine]:
        empty = {name for name in named if table._meta.get_field(name).get_internal_type() == "CharField"}
        found = []
        for row in rows:
            values = {name: row.values.get(column) for name, column in named.items()}
            values |= {name: "" for name in empty if values[name] is None}
            found.append(table(line=row.line, **values))
        return found

    return lines


# --- Budget -------------------------------------------------------------------------------------------------------
def _budget_form(version: str) -> Form:
    return Form(
        (
            UNIT,
            text("nama_skpd", _("Nama perangkat daerah")),
            code("akun", _("Kode akun menurut Permendagri 90/2019"), budget.ACCOUNT, "5.1.01.01"),
            text("uraian", _("Uraian akun"), longest=300),
            money("anggaran", _("Rupiah yang dianggarkan")),
            money("realisasi", _("Rupiah yang terealisasi; kosong bila belum ada"), optional=True),
        ),
        ("skpd", "akun"),
        lambda rows: _posture(rows, version),
    )


def amounts(rows: Sequence[Row], column: str) -> list[budget.Amount]:
    """The rows as sums of one column; what is not told counts as nothing."""
    return [budget.Amount(row["skpd"], row["akun"], row[column] or Decimal(0), row.line) for row in rows]


def amounts_of(lines: Sequence[BudgetLine], column: str) -> list[budget.Amount]:
    """The same of lines that are kept."""
    return [budget.Amount(one.unit, one.account, getattr(one, column) or Decimal(0), one.line) for one in lines]


def _posture(rows: Sequence[Row], version: str) -> list[tuple[int, str]]:
    """Sums that are not those of their parts; and a plan must come out even."""
    planned = amounts(rows, "anggaran")
    found = [*budget.wrong_sums(planned), *budget.wrong_sums(amounts(rows, "realisasi"))]
    left = budget.balance(budget.totals(planned)).silpa
    if version in budget.PLANS and left:
        found.append((0, _now("SiLPA anggaran harus 0, tetapi berkas ini menyisakan %(left)s.") % {"left": left}))
    return found


# --- Programmes ---------------------------------------------------------------------------------------------------
def _programme_form(_version: str) -> Form:
    return Form(
        (
            one_of("program", _("Program"), PROGRAMMES),
            UNIT,
            text("dana", _("Sumber dana, misalnya APBD atau DAK"), longest=60),
            code("akun", _("Akun anggaran"), budget.ACCOUNT, "5.1.02.05", optional=True),
            _place(),
            text("penerima", _("Nama lembaga penerima hibah; kosong untuk program lain"), optional=True),
            text("tujuan", _("Untuk apa"), longest=300, optional=True),
            whole("target", _("Satuan yang direncanakan: rumah, orang, atau lembaga")),
            whole("capaian", _("Satuan yang terealisasi; kosong bila belum ada"), optional=True),
            money("anggaran", _("Rupiah yang dianggarkan")),
            money("realisasi", _("Rupiah yang terealisasi; kosong bila belum ada"), optional=True),
        ),
        ("program", "skpd", "dana", "kecamatan", "penerima"),
        _recipients,
    )


def _recipients(rows: Sequence[Row]) -> list[tuple[int, str]]:
    """A grant names who gets it, and nothing else names anybody."""
    found = []
    for row in rows:
        if row["program"] in GRANTS and not row["penerima"]:
            found.append((row.line, _now("penerima kosong; hibah menyebut lembaganya.")))
        if row["program"] not in GRANTS and row["penerima"]:
            found.append((row.line, _now("penerima hanya untuk hibah; nama orang tidak pernah diterbitkan.")))
    return found


# --- Kecamatan ----------------------------------------------------------------------------------------------------
def _area_form(kind: str) -> Callable[[str], Form]:
    def form(_version: str) -> Form:
        known_ones = indicators(kind)
        return Form(
            (
                _place(),
                one_of("indikator", _("Kode indikator"), known_ones),
                number("nilai", _("Nilainya; kosong bila tidak ada data"), optional=True),
                whole("dari", _("Banyaknya orang atau keluarga seluruhnya; kosong bila tidak ada"), optional=True),
            ),
            ("kecamatan", "indikator"),
            lambda rows: _counts(rows, kind),
        )

    return form


def _counts(rows: Sequence[Row], kind: str) -> list[tuple[int, str]]:
    """A count is whole, not negative, no more than what it is counted of, and told for every kecamatan."""
    told = indicators(kind)
    counts = {code for code, one in told.items() if one.is_count}
    found = [(row.line, wrong) for row in rows if (wrong := _wrong(row, told[row["indikator"]]))]
    if counts and not found:
        values = {(row["kecamatan"], row["indikator"]): row["nilai"] for row in rows}
        missing = sorted((place, code) for place in _codes() for code in counts if (place, code) not in values)
        found += [
            (0, _now("%(code)s di %(place)s tidak ada; tulis 0 bila memang nol.") % {"place": place, "code": code})
            for place, code in missing
        ]
        found += [] if missing else _more_than_whole(rows, told, values)
    return found


def _wrong(row: Row, one: Indicator) -> str:
    """What is wrong with the value of a row; empty when nothing is."""
    if one.is_count:
        return _no_count(row)
    value = row["nilai"]
    if value is not None and one.most is not None and not 0 <= value <= one.most:
        return _now("nilai %(code)s harus antara 0 dan %(most)s.") % {"code": one.code, "most": one.most}
    return ""


def _more_than_whole(
    rows: Sequence[Row], told: Mapping[str, Indicator], values: Mapping[tuple[str, str], Decimal]
) -> list[tuple[int, str]]:
    """Parts that are more than the count they are a part of."""
    parts = ((row, told[row["indikator"]].of) for row in rows)
    return [
        (row.line, _now("nilai lebih besar daripada %(whole)s di kecamatan itu.") % {"whole": whole})
        for row, whole in parts
        if whole and row["nilai"] > values[row["kecamatan"], whole]
    ]


def _no_count(row: Row) -> str:
    """What is wrong with a row as a count; empty when nothing is."""
    value = row["nilai"]
    if value is None or value < 0 or value % 1:
        return _now("nilai harus bilangan bulat, 0 atau lebih.")
    if row["dari"] is not None and value > row["dari"]:
        return _now("nilai lebih besar daripada seluruhnya.")
    return ""


# --- Performance --------------------------------------------------------------------------------------------------
def _performance_form(_version: str) -> Form:
    return Form(
        (
            UNIT,
            text("nama_skpd", _("Nama perangkat daerah")),
            text("sasaran", _("Sasaran strategis"), longest=300),
            text("indikator", _("Nama indikator"), longest=300),
            text("satuan", _("Satuannya"), longest=60),
            text("manual", _("Definisi, rumus, dan sumber data"), longest=1000),
            one_of("arah", _("higher: makin tinggi makin baik; lower: makin rendah makin baik"), Polarity.values),
            number("target", _("Targetnya; kosong bila tidak ditetapkan"), optional=True),
            number("capaian", _("Realisasinya; kosong bila tidak ada data"), optional=True),
            text("bukti", _("Di mana dapat diperiksa"), longest=300, optional=True),
        ),
        ("skpd", "indikator"),
    )


_AREA = _made(AreaFigure, kecamatan="kecamatan", indicator="indikator", value="nilai", base="dari")
KINDS: dict[str, Told] = {
    one.kind.value: one
    for one in (
        Told(
            Kind.BUDGET,
            _budget_form,
            BudgetLine,
            _made(
                BudgetLine, unit="skpd", unit_name="nama_skpd", account="akun", name="uraian", budget="anggaran",
                realised="realisasi",
            ),
            budget.Version.choices,
        ),
        Told(
            Kind.PROGRAMMES,
            _programme_form,
            ProgrammeLine,
            _made(
                ProgrammeLine, programme="program", unit="skpd", fund="dana", account="akun", kecamatan="kecamatan",
                recipient="penerima", purpose="tujuan", target="target", reached="capaian", budget="anggaran",
                realised="realisasi",
            ),
        ),
        Told(Kind.DISTRICTS, _area_form("kecamatan"), AreaFigure, _AREA),
        Told(
            Kind.PERFORMANCE,
            _performance_form,
            PerformanceLine,
            _made(
                PerformanceLine, unit="skpd", unit_name="nama_skpd", goal="sasaran", indicator="indikator",
                measure="satuan", manual="manual", polarity="arah", target="target", reached="capaian",
                evidence="bukti",
            ),
        ),
        Told(Kind.POVERTY, _area_form("kemiskinan"), AreaFigure, _AREA, k=10),
        Told(Kind.ILLNESS, _area_form("penyakit"), AreaFigure, _AREA, k=10),
        Told(Kind.EDUCATION, _area_form("pendidikan"), AreaFigure, _AREA, k=10),
    )
}  # fmt: skip
"""By slug. Children count as specific data (UU 27/2022), so education has the larger k."""
