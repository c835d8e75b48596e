"""Reading what people typed: every fault is collected, so that a form can show them all at once."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError
from django.utils.translation import gettext as _

from agencies import clock
from agencies.errors import Invalid
from agencies.models import Region, RegionKind, Sex

NAME_LENGTH = 200
OLDEST_YEARS = 130
VILLAGE_KINDS = (RegionKind.KELURAHAN, RegionKind.DESA)

T = TypeVar("T")


class Intake:
    """Parses fields one by one and remembers the sentences of those that fail."""

    def __init__(self) -> None:
        self.faults: dict[str, list[str]] = {}

    def read(self, field: str, parse: Callable[[str], T], text: str) -> T | None:
        """`parse(text)`, or None for a blank text or one that `parse` refuses with `ValueError`."""
        if not text.strip():
            return None
        try:
            return parse(text)
        except ValueError as fault:
            self.add(field, str(fault))
            return None

    def add(self, field: str, sentence: str) -> None:
        """Remember a fault."""
        self.faults.setdefault(field, []).append(sentence)

    def finish(self) -> None:
        """Raise `Invalid` with everything that was found, if anything was."""
        if self.faults:
            raise Invalid(self.faults)


def parse_name(text: str) -> str:
    """A name with single spaces; one word is enough, digits alone are not."""
    name = " ".join(text.split())
    if not any(letter.isalpha() for letter in name):
        raise ValueError(_("Isi nama lengkap sesuai KTP-el."))
    if len(name) > NAME_LENGTH:
        raise ValueError(_("Nama paling panjang 200 huruf."))
    return name


def parse_email(text: str) -> str:
    """An e-mail address, as typed but for the spaces around it."""
    address = text.strip()
    try:
        validate_email(address)
    except ValidationError as fault:
        raise ValueError(_("Alamat surel tidak lengkap. Contoh: nama@contoh.id.")) from fault
    return address


def parse_sex(text: str) -> Sex:
    """`male` or `female`."""
    try:
        return Sex(text)
    except ValueError as fault:
        raise ValueError(_("Pilih jenis kelamin dari daftar.")) from fault


def check_birth(born: date) -> None:
    """Refuse a birth in the future or beyond any human age."""
    today = clock.today()
    if born > today:
        raise ValueError(_("Tanggal lahir tidak boleh di masa depan."))
    if today.year - born.year > OLDEST_YEARS:
        raise ValueError(_("Tanggal lahir terlalu jauh di masa lalu. Periksa tahunnya."))


def parse_village(code: str) -> str:
    """The code of a desa or kelurahan that is in the table (one query)."""
    if not Region.objects.filter(code=code.strip(), kind__in=VILLAGE_KINDS).exists():
        raise ValueError(_("Pilih desa atau kelurahan dari daftar."))
    return code.strip()


def broken_constraint(fault: IntegrityError) -> str:
    """The name of the constraint that PostgreSQL says was broken, or nothing."""
    diagnosis = getattr(fault.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", None) or ""
