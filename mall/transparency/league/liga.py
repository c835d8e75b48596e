"""Liga ketepatan waktu instansi, dihitung ulang dari berkas CSV yang diumumkan.

Cara memakai (Python 3.11 atau lebih baru, tanpa pustaka lain):

    python3 liga.py liga-ketepatan-2026-Q3.csv > liga.csv

Halaman liga memakai program yang sama, sehingga hasilnya harus sama huruf demi huruf.

1. Golongan (kolom `stratum`) adalah alur layanan dan panjang jangka waktunya. Ketepatan satu golongan adalah jumlah
   yang tepat waktu dibagi jumlah keputusan dari semua instansi, sejauh angkanya diumumkan. Golongan yang keputusannya
   hanya dari satu instansi tidak membandingkan siapa pun dan tidak dihitung.
2. Harapan E satu instansi: untuk setiap golongannya, keputusannya kali ketepatan golongan itu, lalu dijumlahkan.
   Dengan campuran layanan yang sama, sebanyak itulah yang tepat waktu bila instansi itu seperti mal pada umumnya.
3. Angka baku: ketepatan seluruh mal kali O / E; O adalah yang benar-benar tepat waktu. Paling tinggi 100.
4. Rentang 95% Wilson dihitung untuk O dari n keputusan, lalu kedua ujungnya dikalikan faktor yang sama dengan
   yang mengubah O / n menjadi angka baku: ketepatan mal kali n / E. E dianggap pasti.
5. Instansi dengan kurang dari 30 keputusan, atau dengan satu golongan yang disembunyikan: "terlalu sedikit". Instansi
   yang kurang dari 30 keputusannya mempunyai pembanding: "tanpa pembanding".
6. "di atas" atau "di bawah" hanya bila seluruh rentangnya di atas atau di bawah ketepatan mal; selain itu "tidak
   berbeda nyata". Peringkat adalah satu ditambah banyaknya instansi yang seluruh rentangnya lebih tinggi.

Bilangan pecahan dihitung tepat, akar dengan 50 angka, dan hasilnya dibulatkan ke satu angka desimal (setengah ke atas).
"""

import csv
import io
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

LEAST = 30
Z = Decimal("1.959964")
EXACT = Context(prec=50, rounding=ROUND_HALF_EVEN)
TENTH = Decimal("0.1")
FEW, ALONE, ABOVE, BELOW, SAME = (
    "terlalu sedikit",
    "tanpa pembanding",
    "di atas",
    "di bawah",
    "tidak berbeda nyata",
)
ORDER = (ABOVE, SAME, BELOW, ALONE, FEW)
HEADER = ("nama", "instansi", "peringkat", "kelompok", "keputusan", "tepat_waktu", "harapan", "baku", "bawah", "atas")
Cells = tuple[int, int]


@dataclass(frozen=True)
class Line:
    """One agency of the league; figures in percent, None where there are too few."""

    agency: str
    name: str
    group: str
    decided: int | None = None
    on_time: int | None = None
    expected: Decimal | None = None
    figure: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    rank: int | None = None

    def written(self) -> list[str]:
        """As page and file show it, in the order of `HEADER`."""
        counts = [self.name, self.agency, said(self.rank), self.group, said(self.decided), said(self.on_time)]
        return counts + [said(one) for one in (self.expected, self.figure, self.low, self.high)]


@dataclass(frozen=True)
class League:
    """The whole: how punctual the mall is, in percent, and its agencies."""

    overall: Decimal | None
    lines: list[Line]


def said(value: int | Decimal | None) -> str:
    """A number with a decimal comma; empty where there is none."""
    return "" if value is None else str(value).replace(".", ",")


def league(text: str) -> League:
    """The league of a release, from the text of its CSV file."""
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    pools = pooled(rows)
    decided, on_time = (sum(pool[at] for pool in pools.values()) for at in (0, 1))
    if not decided or not on_time:
        return League(None, [Line(row["agency"], row["agency_name"], FEW) for row in agencies(rows)])
    overall = Fraction(on_time, decided)
    shown = rounded(decimal(overall * 100))
    lines = [line(row, rows, pools, overall, shown) for row in agencies(rows)]
    return League(shown, ranked(lines))


def agencies(rows: Iterable[Mapping[str, str]]) -> list[Mapping[str, str]]:
    """The rows of whole agencies, by code."""
    return sorted((row for row in rows if row["agency"] and not row["stratum"]), key=lambda row: row["agency"])


def cells(row: Mapping[str, str]) -> Cells | None:
    """Decisions and those on time; None where either is hidden."""
    if "true" in (row["decided_suppressed"], row["on_time_suppressed"]):
        return None
    return int(row["decided"]), int(row["on_time"])


def pooled(rows: Iterable[Mapping[str, str]]) -> dict[str, Cells]:
    """By stratum the sums of all agencies, as far as they are told; without those that are one agency's."""
    found: dict[str, list[Cells]] = {}
    for row in rows:
        told = cells(row) if row["stratum"] else None
        if told and told[0]:
            found.setdefault(row["stratum"], []).append(told)
    return {
        name: (sum(one[0] for one in told), sum(one[1] for one in told))
        for name, told in found.items()
        if len(told) > 1
    }


def line(
    row: Mapping[str, str],
    rows: Iterable[Mapping[str, str]],
    pools: Mapping[str, Cells],
    overall: Fraction,
    shown: Decimal,
) -> Line:
    """One agency, not ranked yet."""
    own = [(one["stratum"], cells(one)) for one in rows if one["agency"] == row["agency"] and one["stratum"]]
    hidden = row["decided_suppressed"] == "true" or any(told is None for _stratum, told in own)
    if hidden or int(row["decided"]) < LEAST:
        return Line(row["agency"], row["agency_name"], FEW)
    known = [(stratum, told) for stratum, told in own if told and stratum in pools]
    decided, on_time = (sum(told[at] for _stratum, told in known) for at in (0, 1))
    expected = sum((Fraction(told[0] * pools[name][1], pools[name][0]) for name, told in known), Fraction(0))
    if decided < LEAST or not expected:
        return Line(row["agency"], row["agency_name"], ALONE)
    factor = overall * decided / expected
    low, high = (percent(EXACT.multiply(end, decimal(factor))) for end in wilson(on_time, decided))
    group = ABOVE if low > shown else BELOW if high < shown else SAME
    figure = percent(decimal(factor * Fraction(on_time, decided)))
    told_expected = rounded(decimal(expected))
    return Line(row["agency"], row["agency_name"], group, decided, on_time, told_expected, figure, low, high)


def wilson(hits: int, of: int) -> tuple[Decimal, Decimal]:
    """Both ends of the interval of a share, 0 to 1 (Wilson 1927)."""
    n, p = Decimal(of), EXACT.divide(Decimal(hits), Decimal(of))
    square = EXACT.multiply(Z, Z)
    spread = EXACT.divide(EXACT.multiply(p, EXACT.subtract(Decimal(1), p)), n)
    spread = EXACT.add(spread, EXACT.divide(square, EXACT.multiply(Decimal(4), EXACT.multiply(n, n))))
    half = EXACT.multiply(Z, EXACT.sqrt(spread))
    middle = EXACT.add(p, EXACT.divide(square, EXACT.multiply(Decimal(2), n)))
    whole = EXACT.add(Decimal(1), EXACT.divide(square, n))
    low = max(Decimal(0), EXACT.divide(EXACT.subtract(middle, half), whole))
    return low, min(Decimal(1), EXACT.divide(EXACT.add(middle, half), whole))


def decimal(value: Fraction) -> Decimal:
    """To fifty digits."""
    return EXACT.divide(Decimal(value.numerator), Decimal(value.denominator))


def rounded(value: Decimal) -> Decimal:
    """To one place, half up."""
    return value.quantize(TENTH, rounding=ROUND_HALF_UP, context=EXACT)


def percent(share: Decimal) -> Decimal:
    """A share as a percentage to one place, no more than all."""
    return min(Decimal("100.0"), rounded(EXACT.multiply(share, Decimal(100))))


def ranked(lines: Iterable[Line]) -> list[Line]:
    """With their ranks, by group, rank and name: among equals the order means nothing."""
    told = list(lines)
    found = [Line(**{**vars(one), "rank": rank(one, told)}) for one in told]
    return sorted(found, key=lambda one: (ORDER.index(one.group), one.rank or 0, one.name, one.agency))


def rank(one: Line, lines: Iterable[Line]) -> int | None:
    """One and how many lie wholly above; None where there are too few."""
    if one.high is None:
        return None
    return 1 + sum(1 for other in lines if other.low is not None and other.low > one.high)


def as_csv(found: League) -> str:
    """The league as text, one line an agency."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(one.written() for one in found.lines)
    return out.getvalue()


def main(arguments: list[str]) -> None:
    """Read the named file, write the league."""
    sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
    with open(arguments[0], encoding="utf-8", newline="") as file:  # noqa: PTH123 - for whoever has nothing but Python
        sys.stdout.write(as_csv(league(file.read())))


if __name__ == "__main__":
    main(sys.argv[1:])
