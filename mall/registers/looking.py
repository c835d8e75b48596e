"""What a look is made of: whose purpose, which rows, the row that each person reads, and how many a day allows."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from agencies import clock
from agencies.errors import Conflict, Missing, Refused
from mall.registers.access import opened
from mall.registers.choices import BatchState, Register, Way
from mall.registers.kinds import KINDS
from mall.registers.models import Entry, Export, Look, Viewing
from mall.registers.permissions import may_keep, may_keep_any
from workflows.actors import Actor
from workflows.permissions import require, require_seen
from workflows.trail.services import record

SHORTEST, LONGEST = 20, 500
"""Letters of a reason. The people looked at read it, so it must say something."""
PIECE = 2000
"""Rows that a statement writes."""


def reason_fault(reason: str) -> str:
    """What is wrong with a reason; empty when nothing is."""
    if SHORTEST <= len(reason.strip()) <= LONGEST:
        return ""
    return _("Jelaskan alasannya dengan %(least)s sampai %(most)s huruf; orangnya dapat membacanya.") % {
        "least": SHORTEST,
        "most": LONGEST,
    }


def viewing_for(by: Actor, viewing_id: UUID) -> Viewing:
    """Her own purpose while it holds and she still keeps the register; `Missing` for another's. One query."""
    require(may_keep_any(by))
    with opened():
        found = Viewing.objects.filter(pk=viewing_id, by=by.signing()).first()
    if found is None:
        raise Missing
    require_seen(may_keep(by, KINDS[Register(found.register)], found.agency))
    if found.until <= clock.now():
        raise Conflict(_("Tujuan ini dinyatakan lebih dari 8 jam lalu. Nyatakan lagi tujuan Anda."))
    return found


def rows_of(of: Viewing | Export) -> QuerySet[Entry]:
    """The rows in force that a purpose or an export covers; with the schema opened by the caller."""
    rows = Entry.objects.select_related("batch").filter(
        current=True,
        batch__state=BatchState.CURRENT,
        batch__register=of.register,
        batch__agency=of.agency,
    )
    if of.region:
        rows = rows.filter(Q(region=of.region) | Q(region__startswith=f"{of.region}."))
    return rows.filter(programme=of.programme) if of.programme else rows


def looks_at(of: Viewing | Export, people: Iterable[Entry], way: Way, by: Actor, reason: str = "") -> list[Look]:
    """Write one row a person; with the schema opened by the caller."""
    now = clock.now()
    return Look.objects.bulk_create(
        (
            Look(
                nik_hash=one.nik_hash,
                register=of.register,
                entry=one.pk,
                way=way,
                purpose=of.purpose,
                reason=reason or of.reason,
                agency=of.agency,
                by=by.signing(),
                at=now,
            )
            for one in people
        ),
        batch_size=PIECE,
    )


def tell(subject_id: UUID, looks: list[Look], by: Actor) -> None:
    """The event of a look: how many were seen, and a digest of their rows, so that none can be taken out unseen."""
    first = looks[0]
    digest = hashlib.sha256("".join(sorted(one.pk.hex + one.nik_hash for one in looks)).encode()).hexdigest()
    data = {
        "register": first.register,
        "agency": first.agency,
        "purpose": first.purpose,
        "way": first.way,
        "people": len(looks),
        "sha256": digest,
    }
    record(subject_kind="register_viewing", subject_id=subject_id, kind="register.looked_at", by=by, data=data)


def one_at_a_time(by: Actor) -> None:
    """Two pages at once must not both be the last that the day allows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"register_look:{by.signing()}"])


def within_the_day(by: Actor, people: set[str], way: Way, most: int) -> None:
    """Not more people than a day allows; those whom she has seen today count once."""
    rows = Look.objects.filter(by=by.signing(), way=way, at__gte=_midnight())
    seen = set(rows.values_list("nik_hash", flat=True).distinct())
    if len(seen | people) > most:
        raise Refused(
            _("Batas hari ini tercapai: %(most)s orang. Lanjutkan besok, atau minta berkas dengan persetujuan rekan.")
            % {"most": most}
        )


def _midnight() -> datetime:
    return clock.wib(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
