"""Complaints as files for SP4N-LAPOR!, and its numbers back. There is no interface: people carry the files."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from agencies import clock
from agencies.errors import Invalid
from agencies.ids import new_id
from mall.releases.files import harmless
from mall.releases.xlsx import workbook
from mall.voice.complaints.models import Complaint, Manner
from mall.voice.complaints.permissions import may_exchange, tied, within_reach
from mall.voice.complaints.queries import filed_between
from mall.voice.complaints.work import record
from workflows.actors import Actor, ActorKind
from workflows.permissions import require
from workflows.trail import services as trail

COLUMNS: Final = (
    "kode", "diterima", "golongan", "instansi", "keadaan", "cara", "pelapor", "kontak", "isi", "nomor_lapor",
)  # fmt: skip
NUMBERS: Final = ("kode", "nomor_lapor")
"""The first line of the file that comes back."""
MOST_ROWS: Final = 1000
LARGEST: Final = 1024 * 1024
LONGEST_NUMBER: Final = 32
FILE: Final = "file"


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which complaints go out: those that came on these days; without `again` only those that have no number yet."""

    first: date
    last: date
    again: bool = False


@transaction.atomic
def export(*, by: Actor, chosen: Chosen) -> list[tuple[str, ...]]:
    """The chosen complaints, the names of the columns first; that they went out is an event.

    Name and contact go along only where the reporter gave her name to everybody: of a confidential one they stay here,
    of an anonymous one there are none.
    """
    require(may_exchange(by))
    if chosen.last < chosen.first:
        raise Invalid({"last": [_("Tanggal akhir mendahului tanggal awal.")]})
    rows = filed_between(chosen.first, chosen.last).select_related("agency", "person")
    if by.kind is ActorKind.USER:
        rows = rows.filter(within_reach(by)).exclude(tied(by))
    if not chosen.again:
        rows = rows.filter(lapor_number="")
    found = [_row(one) for one in rows]
    data = {"count": len(found), "first": chosen.first.isoformat(), "last": chosen.last.isoformat()}
    trail.record(subject_kind="complaint_export", subject_id=new_id(), kind="complaint.exported", by=by, data=data)
    return [COLUMNS, *found]


def _row(one: Complaint) -> tuple[str, ...]:
    named = one.manner == Manner.NAMED
    known = one.name or (one.person.name if one.person else "")
    return (
        one.code,
        clock.wib(one.filed_at).isoformat(timespec="minutes"),
        str(one.get_kind_display()),
        one.agency.name_id if one.agency else "",
        str(one.get_state_display()),
        str(one.get_manner_display()),
        known if named else "",
        one.contact if named else "",
        one.text,
        one.lapor_number,
    )


def as_csv(rows: Sequence[Sequence[str]]) -> bytes:
    """The rows as CSV (RFC 4180), UTF-8, without a cell that a spreadsheet would run."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode()


def as_xlsx(rows: Sequence[Sequence[str]]) -> bytes:
    """The rows as a workbook."""
    return workbook({"pengaduan": rows})


@transaction.atomic
def import_numbers(*, by: Actor, content: bytes) -> int:
    """Take in the numbers that SP4N-LAPOR! gave, all of them or none; how many are new.

    Raises `Invalid` under `file`, one sentence a faulty line.
    """
    require(may_exchange(by))
    lines = _lines(content)
    codes, numbers = {one.code for one in lines}, {one.number for one in lines}
    rows = Complaint.objects.filter(Q(code__in=codes) | Q(lapor_number__in=numbers)).order_by("pk")
    rows = rows.filter(within_reach(by)).exclude(tied(by)) if by.kind is ActorKind.USER else rows
    found = list(rows.select_for_update(of=("self",)))
    known = {one.code: one for one in found}
    holder = {one.lapor_number: one.code for one in found if one.lapor_number}
    faults = [_line(one.at, said) for one in lines for said in _faults(one, known.get(one.code), holder)]
    faults += _twice(lines)
    if faults:
        raise Invalid({FILE: faults})
    new = [(known[one.code], one.number) for one in lines if known[one.code].lapor_number != one.number]
    for complaint, number in new:
        complaint.lapor_number = number
        complaint.save(update_fields=["lapor_number"])
        record(complaint, "complaint.numbered", by, {"number": number})
    return len(new)


@dataclass(frozen=True, slots=True)
class _Number:
    """One line of the file."""

    at: int
    code: str
    number: str


def _lines(content: bytes) -> list[_Number]:
    """The lines of the file; `Invalid` when it cannot be read as one."""
    if len(content) > LARGEST:
        raise Invalid({FILE: [_("Berkas lebih besar dari 1 MB.")]})
    try:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise Invalid({FILE: [_("Berkas ini bukan CSV dalam UTF-8.")]}) from error
    if not rows or tuple(cell.strip().lower() for cell in rows[0]) != NUMBERS:
        raise Invalid({FILE: [_("Baris pertama harus berisi: %(columns)s") % {"columns": ",".join(NUMBERS)}]})
    if len(rows) > MOST_ROWS + 1:
        raise Invalid({FILE: [_("Paling banyak %(most)s baris.") % {"most": MOST_ROWS}]})
    found = [_Number(at, *_cells(row)) for at, row in enumerate(rows[1:], start=2) if any(row)]
    if not found:
        raise Invalid({FILE: [_("Berkas ini tidak berisi baris data.")]})
    return found


def _cells(row: Sequence[str]) -> tuple[str, str]:
    code, number, *_more = (*(cell.strip() for cell in row), "", "")
    return code.upper(), number


def _line(at: int, sentence: str) -> str:
    return _("Baris %(line)s: %(what)s") % {"line": at, "what": sentence}


def _faults(one: _Number, known: Complaint | None, holder: Mapping[str, str]) -> Iterator[str]:
    if known is None:
        yield _("kode “%(code)s” tidak dikenal.") % {"code": one.code}
    elif known.lapor_number and known.lapor_number != one.number:
        yield _("pengaduan ini sudah bernomor %(number)s.") % {"number": known.lapor_number}
    if not one.number or len(one.number) > LONGEST_NUMBER:
        yield _("nomor SP4N-LAPOR! kosong atau terlalu panjang.")
    elif holder.get(one.number, one.code) != one.code:
        yield _("nomor %(number)s sudah dipakai pengaduan lain.") % {"number": one.number}


def _twice(lines: Sequence[_Number]) -> list[str]:
    """Codes and numbers that stand in the file more than once."""
    counted = Counter(one.code for one in lines) + Counter(one.number for one in lines)
    return [
        _line(one.at, _("kode atau nomor ini tertulis dua kali."))
        for one in lines
        if counted[one.code] > 1 or counted[one.number] > 1
    ]
