"""The two registers with the fields that PerKI 1/2021 names, each marked whether everybody may read it.

The public form of a register shows no person and none of her words: what was asked stands there only in the neutral
summary that the PPID has released.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies import clock
from mall.design import formats
from mall.design.parts import Row
from mall.voice.information.models import InformationRequest, Receive
from mall.voice.information.objections import InformationObjection
from mall.voice.information.present import UNKNOWN, yes_no


@dataclass(frozen=True, slots=True)
class Field:
    """One field: what staff read, and what everybody reads; `shown` is None where that is nothing."""

    code: str
    label: str | Promise
    value: Callable[[Any], str]
    shown: Callable[[Any], str] | None = None


def _same(code: str, label: str | Promise, value: Callable[[Any], str]) -> Field:
    return Field(code, label, value, value)


def _kind(one: InformationRequest) -> str:
    return str(_("Melihat") if one.receive == Receive.SEE else _("Meminta salinan"))


def _grounds(one: InformationRequest) -> str:
    """The tests that were cited; the letters of the law, without words of anybody."""
    cited = {part.test_id: part.test for part in one.withheld.all()}
    return "; ".join(f"{test.number} ({test.get_ground_display()})" for test in cited.values())


def _day_and_date(when: date | datetime | None) -> str:
    """With the name of the day, as the register wants it."""
    if when is None:
        return ""
    return date_format(clock.wib_date(when) if isinstance(when, datetime) else when, "l, j F Y")


def _cost(one: InformationRequest) -> str:
    return formats.rupiah(one.cost) if one.cost else ""


def _cost_and_way(one: InformationRequest) -> str:
    return f"{_cost(one)}, {one.payment}" if one.cost else ""


def _yes(value: bool | None) -> str:
    return "" if value is None else yes_no(value)


REQUESTS: tuple[Field, ...] = (
    _same("nomor", _("Nomor pendaftaran"), lambda one: one.number),
    _same("tanggal", _("Tanggal"), lambda one: formats.day(one.registered_at)),
    Field("nama", _("Nama"), lambda one: one.name),
    Field("alamat", _("Alamat"), lambda one: one.address),
    Field("kontak", _("Kontak"), lambda one: one.contact),
    Field("pekerjaan", _("Pekerjaan"), lambda one: one.occupation),
    Field("informasi", _("Informasi yang diminta"), lambda one: one.wanted, lambda one: one.summary),
    Field("tujuan", _("Tujuan"), lambda one: one.purpose),
    _same("dikuasai", _("Di bawah penguasaan"), lambda one: _yes(one.under_control)),
    _same("didokumentasikan", _("Didokumentasikan"), lambda one: _yes(one.documented)),
    _same("bentuk", _("Bentuk informasi"), lambda one: one.get_form_held_display()),
    _same("jenis", _("Jenis permintaan"), _kind),
    _same("keputusan", _("Keputusan"), lambda one: one.get_decision_display()),
    _same("alasan", _("Alasan penolakan"), _grounds),
    _same("pemberitahuan", _("Hari dan tanggal pemberitahuan"), lambda one: _day_and_date(one.answered_at)),
    _same("pemberian", _("Hari dan tanggal pemberian"), lambda one: _day_and_date(one.given_on)),
    Field("biaya", _("Biaya dan cara membayar"), _cost_and_way, _cost),
)


def _response(one: InformationObjection) -> str:
    return f"{formats.day(one.responded_at)}: {one.response}" if one.responded_at else ""


def _decided(one: InformationObjection) -> str:
    return f"{one.get_verdict_display()}: {one.answer}" if one.answered_at else ""


OBJECTIONS: tuple[Field, ...] = (
    _same("nomor", _("Nomor keberatan"), lambda one: one.number),
    _same("tanggal", _("Tanggal"), lambda one: formats.day(one.filed_at)),
    Field("nama", _("Nama"), lambda one: one.request.name),
    Field("alamat", _("Alamat"), lambda one: one.request.address),
    Field("kontak", _("Kontak"), lambda one: one.request.contact),
    Field("pekerjaan", _("Pekerjaan"), lambda one: one.request.occupation),
    _same("permintaan", _("Nomor pendaftaran permintaan"), lambda one: one.request.number),
    Field("informasi", _("Informasi yang diminta"), lambda one: one.request.wanted, lambda one: one.request.summary),
    _same("alasan", _("Alasan keberatan"), lambda one: one.get_reason_display()),
    Field("keputusan", _("Keputusan atasan PPID"), _decided, lambda one: one.get_verdict_display()),
    Field(
        "tanggapan",
        _("Tanggal dan tanggapan pemohon"),
        _response,
        lambda one: formats.day(one.responded_at),
    ),
)
FIELDS = {"permintaan": REQUESTS, "keberatan": OBJECTIONS}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a register; with so many fields it is read as a list, not as a row."""

    title: str
    rows: list[Row]


def public_entries(fields: Sequence[Field], items: Iterable[Any]) -> list[Entry]:
    """What everybody may read; a field that is empty yet is left out."""
    open_ones = [(field.label, field.shown) for field in fields[1:] if field.shown]
    return [
        Entry(one.number, [Row(label, said) for label, shown in open_ones if (said := shown(one))]) for one in items
    ]


def whole_entries(fields: Sequence[Field], items: Iterable[Any]) -> list[Entry]:
    """What staff read."""
    return [Entry(one.number, [Row(field.label, field.value(one) or UNKNOWN) for field in fields[1:]]) for one in items]


def records(fields: Sequence[Field], items: Iterable[Any]) -> list[list[str]]:
    """The register as a file has it: a header, then a line each."""
    head = [field.code for field in fields]
    return [head, *([str(field.value(one)) for field in fields] for one in items)]
