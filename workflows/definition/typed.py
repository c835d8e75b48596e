"""One typed answer from what a person typed, or a sentence that says what is wrong with it.

Every reader takes text and gives a value for JSON; reading that value again gives the same value, so a
stored draft can pass through once more.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from agencies.identifiers import parse_nik, parse_phone
from workflows.definition.kinds import FieldType
from workflows.definition.model import Field

Answer = str | int | bool

MAX_TEXT: Final = 300
MAX_LONGTEXT: Final = 4000
MOST_NUMBER: Final = 10**18
LATITUDES: Final = (Decimal("-11.5"), Decimal("6.5"))
LONGITUDES: Final = (Decimal("94.5"), Decimal("141.5"))
YES: Final = frozenset({"true", "1", "on", "ya", "yes"})
NO: Final = frozenset({"false", "0", "off", "tidak", "no"})
MONTHS: Final = (
    "januari februari maret april mei juni juli agustus september oktober november desember".split()  # noqa: SIM905
)

_INVISIBLE = re.compile("[\u200b\ufeff\u2060]")
_WHOLE = re.compile(r"[+-]?\d{1,15}", re.ASCII)
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(\.\d{3}){1,4}", re.ASCII)
_GROUPED_ENGLISH = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3}){1,4}", re.ASCII)
_POINT = re.compile(r"([+-]?\d{1,15})\.(\d{1,9})", re.ASCII)
_COMMA = re.compile(r"([+-]?\d{1,15}|[+-]?[1-9]\d{0,2}(?:\.\d{3}){1,4}),(\d{1,9})", re.ASCII)
_DATE_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_DATE_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_DATE_WORDS = re.compile(r"(\d{1,2}) ([a-z]{3,9}) (\d{4})", re.ASCII)
_REGION = {
    FieldType.KECAMATAN: re.compile(r"\d{2}\.\d{2}\.\d{2}", re.ASCII),
    FieldType.VILLAGE: re.compile(r"\d{2}\.\d{2}\.\d{2}\.[12]\d{3}", re.ASCII),
}


def read(field: Field, given: object) -> Answer:
    """The typed answer; raises `ValueError` with an Indonesian sentence."""
    return _READERS[field.type](field, as_text(given))


def as_text(given: object) -> str:
    """What was given, as trimmed text; `ValueError` for lists and the like."""
    if given is None:
        return ""
    if isinstance(given, bool):
        return "true" if given else "false"
    if isinstance(given, int | Decimal | float):
        return _spelled(given)
    if not isinstance(given, str | UUID):
        raise ValueError(_("Isian ini tidak dapat dibaca."))  # noqa: TRY004 - a person gets the sentence
    text = unicodedata.normalize("NFC", str(given)).replace("\r\n", "\n").replace("\r", "\n")
    return _INVISIBLE.sub("", text).replace("\u00a0", " ").strip()


def _spelled(number: float | Decimal) -> str:
    """A JSON number as text; one beyond any sense is spelled so that no reader takes it."""
    if isinstance(number, int):
        return str(number) if abs(number) < MOST_NUMBER else "?"
    value = Decimal(str(number))
    return unambiguous(value) if value.is_finite() and abs(value) < MOST_NUMBER else "?"


def _text(field: Field, text: str) -> str:
    return _checked_text(" ".join(text.split()), field.max_length or MAX_TEXT, "")


def _longtext(field: Field, text: str) -> str:
    return _checked_text(text, field.max_length or MAX_LONGTEXT, "\n\t")


def _checked_text(text: str, most: int, allowed: str) -> str:
    if len(text) > most:
        raise ValueError(_("Paling panjang %(most)s huruf; isian ini %(length)s huruf.") % _two(most, len(text)))
    if any(unicodedata.category(letter).startswith("C") and letter not in allowed for letter in text):
        raise ValueError(_("Isian memuat karakter yang tidak dapat dibaca. Ketik ulang isian ini."))
    return text


def _two(most: int, length: int) -> dict[str, str]:
    return {"most": thousands(most), "length": thousands(length)}


def _integer(_asked: Field, text: str) -> int:
    if _WHOLE.fullmatch(text):
        return int(text)
    if _GROUPED.fullmatch(text):
        return int(text.replace(".", ""))
    raise ValueError(_("Isi dengan bilangan bulat, misalnya 12."))


def _decimal(_asked: Field, text: str) -> str:
    return unambiguous(_as_decimal(text.replace(" ", "")))


def _as_decimal(text: str) -> Decimal:
    """`1.234,5`, `1234,5`, `1234.5` and `1.234` (a thousand and more, as Indonesians write it)."""
    if _WHOLE.fullmatch(text):
        return Decimal(text)
    if _GROUPED.fullmatch(text):
        return Decimal(text.replace(".", ""))
    if match := _COMMA.fullmatch(text):
        return Decimal(f"{match[1].replace('.', '')}.{match[2]}")
    if match := _POINT.fullmatch(text):
        return Decimal(text)
    raise ValueError(_("Isi dengan angka, misalnya 12 atau 12,5."))


def unambiguous(value: Decimal) -> str:
    """The plain spelling, with never exactly three decimals, which would read as thousands."""
    text = format(value.normalize(), "f")
    return f"{text}0" if re.search(r"\.\d{3}$", text) else text


def _money(_asked: Field, text: str) -> int:
    bare = re.sub(r"^rp\.?|,00$|,-$|\s", "", text, flags=re.IGNORECASE)
    if _GROUPED_ENGLISH.fullmatch(bare):
        bare = bare.replace(",", "")
    try:
        return _integer(_asked, bare)
    except ValueError:
        raise ValueError(_("Isi dengan jumlah rupiah tanpa sen, misalnya 1.500.000.")) from None


def _date(_asked: Field, text: str) -> str:
    try:
        day, month, year = _date_parts(text.lower())
    except ValueError:
        raise ValueError(_no_date(text)) from None
    try:
        found = date(year, month, day)
    except ValueError:
        raise ValueError(_("Tanggal itu tidak ada di kalender. Periksa hari dan bulannya.")) from None
    if not 1850 <= found.year <= 2200:
        raise ValueError(_("Periksa tahunnya."))
    return found.isoformat()


def _no_date(text: str) -> str:
    """What is wrong with three boxes that make no date, the first fault first."""
    parts = [part.strip() for part in text.split("-")]
    if len(parts) != 3:
        return _("Isi dengan tanggal, misalnya 22-11-2026.")
    named = zip((_("Hari"), _("Bulan"), _("Tahun")), parts, strict=True)
    if missing := ", ".join(name.lower() for name, part in named if not part):
        return _("Tanggal belum lengkap: isi %(parts)s.") % {"parts": missing}
    if not all(part.isascii() and part.isdigit() for part in parts):
        return _("Tulis tanggal dengan angka, misalnya 22 11 2026.")
    return _("Tulis tahun dengan empat angka, misalnya 2026.")


def _date_parts(text: str) -> tuple[int, int, int]:
    if match := _DATE_ISO.fullmatch(text):
        return int(match[3]), int(match[2]), int(match[1])
    if match := _DATE_DAY_FIRST.fullmatch(text):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _DATE_WORDS.fullmatch(text):
        months = [at for at, name in enumerate(MONTHS, start=1) if name.startswith(match[2])]
        if len(months) == 1:
            return int(match[1]), months[0], int(match[3])
    raise ValueError(text)


def _year(_asked: Field, text: str) -> int:
    if re.fullmatch(r"(1[89]|2[01])\d\d", text, re.ASCII) is None:
        raise ValueError(_("Isi dengan tahun empat angka, misalnya 2026."))
    return int(text)


def _boolean(_asked: Field, text: str) -> bool:
    word = text.lower()
    if word in YES or word in NO:
        return word in YES
    raise ValueError(_("Pilih ya atau tidak."))


def _choice(field: Field, text: str) -> str:
    if text not in {option.value for option in field.options}:
        raise ValueError(_("Pilih salah satu dari daftar."))
    return text


def _geopoint(_asked: Field, text: str) -> str:
    parts = [part.strip() for part in text.split(";" if ";" in text else ",")]
    try:
        latitude, longitude = (Decimal(_as_coordinate(part)) for part in parts)
    except ValueError:
        raise ValueError(_("Isi dengan lintang dan bujur, misalnya -8.2192, 114.3691.")) from None
    if _within(longitude, LATITUDES) and _within(latitude, LONGITUDES):
        raise ValueError(_("Lintang dan bujur tertukar. Tulis lintang dahulu, misalnya -8.2192, 114.3691."))
    if not (_within(latitude, LATITUDES) and _within(longitude, LONGITUDES)):
        raise ValueError(_("Titik itu di luar Indonesia. Periksa lintang dan bujurnya."))
    step = Decimal("0.000001")
    return ",".join(format(value.quantize(step, ROUND_HALF_UP), "f") for value in (latitude, longitude))


def _as_coordinate(text: str) -> str:
    if re.fullmatch(r"[+-]?\d{1,3}([.,]\d{1,15})?", text, re.ASCII) is None:
        raise ValueError(text)
    return text.replace(",", ".")


def _within(value: Decimal, bounds: tuple[Decimal, Decimal]) -> bool:
    return bounds[0] <= value <= bounds[1]


def _nik(_asked: Field, text: str) -> str:
    return parse_nik(text).value


def _phone(_asked: Field, text: str) -> str:
    return parse_phone(text)


def _region(field: Field, text: str) -> str:
    if _REGION[field.type].fullmatch(text) is None:
        raise ValueError(_("Pilih salah satu dari daftar."))
    return text


def _file(_asked: Field, text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        raise ValueError(_("Unggah berkas ini sekali lagi.")) from None


_READERS: Final[Mapping[FieldType, Callable[[Field, str], Answer]]] = {
    FieldType.TEXT: _text,
    FieldType.LONGTEXT: _longtext,
    FieldType.INTEGER: _integer,
    FieldType.DECIMAL: _decimal,
    FieldType.MONEY: _money,
    FieldType.DATE: _date,
    FieldType.YEAR: _year,
    FieldType.BOOLEAN: _boolean,
    FieldType.CHOICE: _choice,
    FieldType.GEOPOINT: _geopoint,
    FieldType.NIK: _nik,
    FieldType.PHONE: _phone,
    FieldType.KECAMATAN: _region,
    FieldType.VILLAGE: _region,
    FieldType.FILE: _file,
}


def thousands(value: int | Decimal) -> str:
    """As Indonesians write a number: `1.234.567,5`."""
    whole, _dot, part = format(value, "f").partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    grouped = f"{int(digits):,}".replace(",", ".")
    return f"{sign}{grouped},{part.rstrip('0')}" if part.rstrip("0") else f"{sign}{grouped}"
