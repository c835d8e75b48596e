"""Readers of the tables of `agencies`. Each docstring names its queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from agencies import clock
from agencies.errors import Invalid
from agencies.identifiers import parse_kk, parse_nik, parse_phone
from agencies.models import (
    Agency,
    AgencyKind,
    Holiday,
    HolidayKind,
    Lane,
    Membership,
    Person,
    Region,
    RegionKind,
    Signatory,
    User,
)
from agencies.sealing import blind_index

PAGE = 20
WARN_MONTH = 11
"""From November on the decree (SKB) for the next year should be known."""


@dataclass(frozen=True, slots=True, order=True)
class MembershipInfo:
    """One role in one agency, held today."""

    role: str
    agency_code: str
    site_code: str | None = None


def memberships_of(user: User) -> tuple[MembershipInfo, ...]:
    """The roles a user holds today. One query; none for a user who may not log in."""
    if not user.is_active:
        return ()
    rows = held_today().filter(user=user).order_by("role", "agency_id")
    return tuple(MembershipInfo(*row) for row in rows.values_list("role", "agency_id", "site_id"))


def holders(posts: Iterable[tuple[str, str]]) -> list[User]:
    """Who holds one of these roles at its agency today (an empty code: at any) and may log in. One query."""
    wanted = Q(pk=None)
    for role, agency in posts:
        wanted |= Q(role=role, agency_id=agency) if agency else Q(role=role)
    held = held_today().filter(wanted, user__is_active=True)
    return list(User.objects.filter(pk__in=held.values("user_id")).order_by("pk"))


def filled(posts: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Which of these pairs of role and agency somebody holds today. One query."""
    wanted = Q(pk=None)
    for role, agency in posts:
        wanted |= Q(role=role, agency_id=agency)
    return set(held_today().filter(wanted, user__is_active=True).values_list("role", "agency_id"))


def held_today() -> QuerySet[Membership]:
    """The roles that count today, at agencies that are open."""
    today = clock.today()
    rows = Membership.objects.filter(active=True, agency__active=True, since__lte=today)
    return rows.filter(Q(until__isnull=True) | Q(until__gte=today))


def signatory_of(user_id: UUID, agency_code: str) -> Signatory | None:
    """By which power this person signs for that agency today; None when by none. One query."""
    today = clock.today()
    return (
        Signatory.objects.select_related("user")
        .filter(user_id=user_id, agency_id=agency_code, since__lte=today)
        .filter(Q(until__isnull=True) | Q(until__gte=today))
        .first()
    )


def active_agencies() -> QuerySet[Agency]:
    """The agencies at the mall, by code; those who watch over it are not among them. One query."""
    return Agency.objects.filter(active=True).exclude(kind=AgencyKind.OVERSIGHT).order_by("code")


def kecamatan() -> list[Region]:
    """All kecamatan by code. One query."""
    return list(Region.objects.filter(kind=RegionKind.KECAMATAN).order_by("code"))


def villages(kecamatan_code: str = "") -> list[Region]:
    """The desa and kelurahan of one kecamatan, or of all, each with its parent. One query."""
    found = Region.objects.filter(kind__in=(RegionKind.KELURAHAN, RegionKind.DESA)).select_related("parent")
    if kecamatan_code:
        found = found.filter(parent_id=kecamatan_code)
    return list(found.order_by("code"))


def search_villages(text: str, *, limit: int = PAGE) -> list[Region]:
    """Villages whose own name, or whose kecamatan's, contains `text`. One query."""
    words = text.split()
    found = Region.objects.filter(kind__in=(RegionKind.KELURAHAN, RegionKind.DESA)).select_related("parent")
    for word in words:
        found = found.filter(Q(name__icontains=word) | Q(parent__name__icontains=word))
    return list(found.order_by("name", "code")[:limit]) if words else []


def find_person_by_nik(nik: str, *, lane: str = Lane.REAL) -> Person | None:
    """The person with this NIK, by its blind index. One query.

    Raises:
        Invalid: the text is no NIK.
    """
    return Person.objects.filter(lane=lane, nik_index=nik_index(nik)).first()


def nik_index(nik: str) -> str:
    """The blind index of a NIK, for joining or filtering; `Invalid` when the text is no NIK."""
    try:
        return blind_index(parse_nik(nik).value, purpose="nik")
    except ValueError as fault:
        raise Invalid({"nik": [str(fault)]}) from fault


def find_people(
    *, nik: str = "", phone: str = "", name: str = "", birth_date: date | None = None, limit: int = PAGE
) -> list[Person]:
    """Real people for the desk: by NIK, by phone, or by part of a name together with the birth date.

    A name alone finds nobody: whoever stands at the counter knows her birthday, and nobody browses.
    One query at most.
    """
    people = Person.objects.filter(lane=Lane.REAL).select_related("village__parent").order_by("name", "id")
    try:
        if nik.strip():
            return list(people.filter(nik_index=blind_index(parse_nik(nik).value, purpose="nik"))[:limit])
        if phone.strip():
            return list(people.filter(phone_index=blind_index(parse_phone(phone), purpose="phone"))[:limit])
    except ValueError as fault:
        raise Invalid({"nik" if nik.strip() else "phone": [str(fault)]}) from fault
    if name.strip() and birth_date is not None:
        return list(people.filter(birth_date=birth_date, name__icontains=name.strip())[:limit])
    return []


def same_household(one: Person, other: Person) -> bool:
    """Do both stand on one family card, or are they one person? No query."""
    return one.pk == other.pk or (one.kk_index is not None and one.kk_index == other.kk_index)


def household_of(kk: str) -> Sequence[Person]:
    """The people on one family card, by its blind index; `ValueError` when the text is no KK. One query."""
    return list(Person.objects.filter(lane=Lane.REAL, kk_index=blind_index(parse_kk(kk), purpose="kk")))


def year_without_cuti_bersama(today: date | None = None) -> int | None:
    """The first year whose cuti bersama should be known by now but is not, else None. One query."""
    day = today or clock.today()
    needed = [day.year] + ([day.year + 1] if day.month >= WARN_MONTH else [])
    rows = Holiday.objects.filter(kind=HolidayKind.CUTI_BERSAMA, date__year__in=needed)
    known = {found.year for found in rows.dates("date", "year")}
    return next((year for year in needed if year not in known), None)
