"""Numbers that stand for people and businesses: checked for form, never taken as truth.

A NIK tells where and when it was first registered, not where its holder lives now, and errors in its
encoded birth date are never corrected by the civil registry. So a wrong shape is refused, and whatever
merely looks odd is a warning. All numbers are text: some begin with 0.

Each parser raises `ValueError` with one Indonesian sentence fit for the form field.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import phonenumbers
from django.utils.translation import gettext as _

from agencies import clock
from agencies.sealing import Secret

PUNCTUATION = re.compile(r"[\s.\-/]")
NIK_PREFIX = "3510"
KECAMATAN_COUNT = 25
FEMALE_OFFSET = 40
DAYS_MALE = range(1, 32)
DAYS_FEMALE = range(41, 72)
NIK_LENGTH = 16
NPWP_OLD_LENGTH = 15
NPWP_LENGTHS = (NPWP_OLD_LENGTH, 16, 22)
MALE, FEMALE = "male", "female"


@dataclass(frozen=True, slots=True)
class Nik:
    """A well-formed NIK and what it encodes."""

    value: Secret = field(repr=False)
    birth_date: date
    """As encoded; the century follows the stated birth date, else the latest that is not in the future."""
    sex: str
    """As encoded: `male` or `female`."""
    region_prefix: str
    """Kecamatan of first registration, six digits without dots."""
    warnings: tuple[str, ...] = ()
    """Indonesian sentences; none of them is a reason to refuse."""

    def __str__(self) -> str:
        return mask_nik(self.value)


def parse_nik(text: str, *, stated_birth: date | None = None, stated_sex: str | None = None) -> Nik:
    """Read a NIK, with or without spaces and dots.

    Rules: 16 digits; day 1-31, or 41-71 for women; a date that exists; a serial from 0001.
    Source: Dukcapil's explanation of the 16 digits.

    Raises:
        ValueError: one of the rules is broken.
    """
    digits = _digits(text)
    if len(digits) != NIK_LENGTH:
        raise ValueError(_("NIK harus terdiri dari 16 angka."))
    day = int(digits[6:8])
    if day not in DAYS_MALE and day not in DAYS_FEMALE:
        raise ValueError(_("Tanggal lahir di dalam NIK tidak mungkin. Periksa angka ke-7 dan ke-8."))
    if digits[12:] == "0000":
        raise ValueError(_("Empat angka terakhir NIK tidak boleh 0000."))
    sex = FEMALE if day > FEMALE_OFFSET else MALE
    born = _encoded_birth(digits, day % FEMALE_OFFSET, stated_birth)
    return Nik(
        value=Secret(digits),
        birth_date=born,
        sex=sex,
        region_prefix=digits[:6],
        warnings=tuple(_warnings(digits, born, sex, stated_birth, stated_sex)),
    )


def _encoded_birth(digits: str, day: int, stated: date | None) -> date:
    """The encoded date. Two digits of a year leave the century open."""
    month, year = int(digits[8:10]), int(digits[10:12])
    centuries = [2000, 1900]
    if stated is not None and stated.year % 100 == year:
        centuries = [stated.year - year]
    elif _after_today(2000 + year, month, day):
        centuries = [1900]
    for century in centuries:
        try:
            return date(century + year, month, day)
        except ValueError:
            continue
    raise ValueError(_("Tanggal lahir di dalam NIK tidak ada di kalender. Periksa angka ke-7 sampai ke-12."))


def _after_today(year: int, month: int, day: int) -> bool:
    today = clock.today()
    return (year, month, day) > (today.year, today.month, today.day)


def _warnings(digits: str, born: date, sex: str, stated_birth: date | None, stated_sex: str | None) -> Iterator[str]:
    if not digits.startswith(NIK_PREFIX):
        yield _("NIK ini pertama kali diterbitkan di luar Kabupaten Banyuwangi.")
    elif not 1 <= int(digits[4:6]) <= KECAMATAN_COUNT:
        yield _("Kode kecamatan di dalam NIK tidak dikenal.")
    if stated_birth is not None and stated_birth != born:
        yield _("Tanggal lahir yang diisi berbeda dengan yang tersirat di NIK.")
    if stated_sex and stated_sex != sex:
        yield _("Jenis kelamin yang diisi berbeda dengan yang tersirat di NIK.")


def parse_kk(text: str) -> Secret:
    """A family card number: 16 digits and nothing else is certain about it."""
    digits = _digits(text)
    if len(digits) != NIK_LENGTH:
        raise ValueError(_("Nomor Kartu Keluarga harus terdiri dari 16 angka."))
    return Secret(digits)


def parse_npwp(text: str) -> str:
    """A tax number: 15 old digits become 16 with a leading 0; 22 digits are a branch (NITKU).

    Source: PMK 112/PMK.03/2022.
    """
    digits = _digits(text)
    if len(digits) not in NPWP_LENGTHS:
        raise ValueError(_("NPWP harus terdiri dari 15 atau 16 angka, atau 22 angka untuk cabang (NITKU)."))
    return f"0{digits}" if len(digits) == NPWP_OLD_LENGTH else digits


def parse_nib(text: str) -> str:
    """A business number of OSS: 13 digits, no checksum."""
    digits = _digits(text)
    if len(digits) != 13:
        raise ValueError(_("NIB harus terdiri dari 13 angka."))
    return digits


def parse_phone(text: str) -> Secret:
    """A telephone number as E.164; a number without a country is Indonesian."""
    sentence = _("Nomor telepon tidak dikenal. Contoh: 0812-3456-7890.")
    try:
        number = phonenumbers.parse(text, "ID")
    except phonenumbers.NumberParseException as fault:
        raise ValueError(sentence) from fault
    if not phonenumbers.is_valid_number(number) or number.extension:
        raise ValueError(sentence)
    return Secret(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def mask_nik(text: str) -> str:
    """`351016******9999`: enough for the holder to know her own, too little for anybody else."""
    return f"{text[:6]}******{text[-4:]}" if len(text) == NIK_LENGTH else "*" * len(text)


def mask_phone(text: str) -> str:
    """`+62******7890`."""
    return f"{text[:3]}******{text[-4:]}" if len(text) > 8 else "*" * len(text)


def _digits(text: str) -> str:
    """The text without its punctuation, or nothing when anything but ASCII digits is left."""
    bare = PUNCTUATION.sub("", text)
    return bare if bare.isascii() and bare.isdigit() else ""
