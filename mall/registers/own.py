"""What a person may read of herself: her rows, what she asked, and who looked. Only with a proven identity.

A NIK that somebody merely states opens nothing: else whoever types a neighbour's would learn that she is poor or ill.
"""

from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import QuerySet

from agencies.errors import Missing
from agencies.models import Person
from mall.registers.access import opened
from mall.registers.choices import CORRECTION_LABEL, BatchState, CorrectionState, Purpose
from mall.registers.models import Correction, Entry, Look
from mall.registers.permissions import is_proven
from mall.registers.sealing import nik_hash
from workflows.looks import Seen

MOST = 200


@dataclass(slots=True)
class Mine:
    """One row of hers, with what she asked about it or about the row that it corrected, newest first."""

    entry: Entry
    corrections: list[Correction] = field(default_factory=list)

    @property
    def waits(self) -> bool:
        """Does a request wait for its answer?"""
        return any(one.state == CorrectionState.FILED for one in self.corrections)


def entries_of(person: Person) -> list[Mine]:
    """Her rows that are in force; none before her identity is proven. Two queries."""
    if not is_proven(person):
        return []
    digest = nik_hash(person.nik)
    with opened():
        rows = list(_in_force(digest).order_by("batch__register", "-batch__period", "programme", "id"))
        asked = list(Correction.objects.filter(nik_hash=digest).order_by("-filed_at"))
    found = [Mine(one) for one in rows]
    for mine in found:
        about = {mine.entry.pk, mine.entry.corrects_id}
        mine.corrections = [one for one in asked if one.entry_id in about]
    return found


def entry_of(person: Person, entry_id: UUID) -> Entry:
    """One row of hers that is in force, else `Missing`. One query."""
    if is_proven(person):
        with opened():
            found = _in_force(nik_hash(person.nik)).filter(pk=entry_id).first()
        if found is not None:
            return found
    raise Missing


def _in_force(digest: str) -> QuerySet[Entry]:
    rows = Entry.objects.select_related("batch").filter(nik_hash=digest, current=True)
    return rows.filter(batch__state=BatchState.CURRENT)


def looks_of(person: Person) -> list[Seen]:
    """Who looked at her rows, and why, for the page of all looks at her. One query."""
    if not is_proven(person):
        return []
    with opened():
        rows = list(Look.objects.filter(nik_hash=nik_hash(person.nik)).order_by("-at")[:MOST])
    return [Seen(one.at, purpose_label(one.purpose), (one.agency,), one.reason) for one in rows]


def purpose_label(code: str) -> str:
    """A purpose in words."""
    return str(Purpose(code).label if code in Purpose.values else CORRECTION_LABEL)
