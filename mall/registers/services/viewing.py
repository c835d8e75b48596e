"""Looking into a register: a purpose is stated first, and everybody who is seen reads who saw her, and why."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from agencies import clock
from agencies.errors import Invalid, Missing
from mall.registers.access import opened
from mall.registers.choices import Way
from mall.registers.kinds import PROGRAMMES, Told, kind_of, regions
from mall.registers.looking import looks_at, one_at_a_time, reason_fault, rows_of, tell, viewing_for, within_the_day
from mall.registers.models import Entry, Viewing
from mall.registers.permissions import keeps, may_keep
from workflows.actors import Actor
from workflows.paging import Page, page
from workflows.permissions import require
from workflows.trail.services import record

HOLDS_FOR = timedelta(hours=8)
"""A working day; after that a purpose is stated anew."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One page of a list, under the purpose that was stated."""

    viewing: Viewing
    page: Page[Entry]


@transaction.atomic
def state_purpose(
    *, register: str, purpose: str, reason: str, by: Actor, agency: str = "", region: str = "", programme: str = ""
) -> Viewing:
    """Say why one wants to look, and at whom. Nothing is shown yet.

    Raises:
        Invalid: the purpose is none of this register's list, the reason says too little, or the filter is unknown.
    """
    told = kind_of(register)
    require(may_keep(by, told, agency))
    faults = {} if purpose in told.purposes else {"purpose": [_("Pilih tujuan dari daftar.")]}
    faults |= _filter_faults(told, region, programme)
    if wrong := reason_fault(reason):
        faults["reason"] = [wrong]
    if faults:
        raise Invalid(faults)
    now = clock.now()
    made = Viewing(
        register=told.register,
        agency=agency or keeps(by, told)[0],
        purpose=purpose,
        reason=reason.strip(),
        region=region,
        programme=programme,
        by=by.signing(),
        at=now,
        until=now + HOLDS_FOR,
    )
    with opened():
        made.save(force_insert=True)
    data = {"register": made.register, "agency": made.agency, "purpose": made.purpose}
    record(subject_kind="register_viewing", subject_id=made.pk, kind="register.purpose_stated", by=by, data=data)
    return made


def _filter_faults(told: Told, region: str, programme: str) -> dict[str, list[str]]:
    faults = {}
    if region and region not in regions():
        faults["region"] = [_("Pilih wilayah dari daftar.")]
    if programme and not (told.by_programme and programme in PROGRAMMES):
        faults["programme"] = [_("Pilih program dari daftar.")]
    return faults


@transaction.atomic
def look_at_page(*, viewing_id: UUID, by: Actor, cursor: str = "") -> Seen:
    """One page of people. Everybody on it gets her row of who looked, in the transaction that shows the page.

    Raises:
        Conflict: the purpose was stated too long ago.
        Refused: more people than one official may see in a day.
    """
    viewing = viewing_for(by, viewing_id)
    with opened():
        one_at_a_time(by)
        shown = page(rows_of(viewing), order=("region", "id"), cursor=cursor)
        within_the_day(by, {one.nik_hash for one in shown.items}, Way.LIST, settings.MALL_REGISTRY_ROWS)
        looks = looks_at(viewing, shown.items, Way.LIST, by)
    if shown.items:
        tell(viewing.pk, looks, by)
    return Seen(viewing, shown)


@transaction.atomic
def unmask(*, viewing_id: UUID, entry_id: UUID, reason: str, by: Actor) -> Entry:
    """The row of one person with her whole NIK (M17): for a reason of its own, and so many a day.

    Raises:
        Invalid: the reason says too little.
        Refused, Conflict: as `look_at_page`.
    """
    viewing = viewing_for(by, viewing_id)
    if wrong := reason_fault(reason):
        raise Invalid({"reason": [wrong]})
    with opened():
        one_at_a_time(by)
        found = rows_of(viewing).filter(pk=entry_id).first()
        if found is None:
            raise Missing
        within_the_day(by, {found.nik_hash}, Way.UNMASKED, settings.MALL_REGISTRY_UNMASKED)
        looks = looks_at(viewing, [found], Way.UNMASKED, by, reason.strip())
    tell(viewing.pk, looks, by)
    return found
