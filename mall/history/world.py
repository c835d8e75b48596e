"""Who lives in the history: staff of every agency, applicants of every district, services with their weight."""

import random
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate
from typing import Final

from agencies.models import Capacity, Membership, Region, RegionKind, Role, Signatory, User
from agencies.services import appoint_signatory
from agencies.signing import Block
from mall.history.rows import escaped, plain
from workflows.definition.model import Authority, Definition, FeeKind
from workflows.definition.models import ServiceType
from workflows.permissions import MALL

SINCE: Final = date(2015, 1, 1)
DOMAIN: Final = "riwayat.mall"
APPROVERS: Final = 4
"""As many as a definition may have levels of decision, and one to spare."""
VILLAGES: Final = (RegionKind.DESA, RegionKind.KELURAHAN)
NAMES = ("Siti", "Budi", "Made", "Ketut", "Slamet", "Nur", "Agus", "Dewi", "Rizal", "Sri", "Wahyu", "Endang")
SURNAMES = ("Aminah", "Santoso", "Suardana", "Wirawan", "Hidayat", "Lestari", "Rahman", "Wahyuni", "Osing", "Utami")


@dataclass(frozen=True, slots=True)
class Office:
    """The staff of one agency and how punctual it is: the share of the term that it needs, as a median."""

    code: str
    checker: str
    approvers: tuple[str, ...]
    powers: tuple[tuple[str | None, str], ...]
    """Of each approver the appointment and its block of signature, as JSON; decisions of an agency need none."""
    pace: float


@dataclass(frozen=True, slots=True)
class Service:
    """A service with the version that is in force, and what the history needs of its definition."""

    code: str
    version: str
    number: int
    definition: Definition
    at_mall: bool
    charged: bool
    same_visit: bool
    returns: float
    """Chance that an application comes back for repair."""


@dataclass(frozen=True, slots=True)
class World:
    offices: dict[str, Office]
    services: tuple[Service, ...]
    weights: tuple[float, ...]
    totals: tuple[float, ...]
    """The weights added up, as far as each."""
    officers: dict[str, dict[str, str]]
    """By service, who of each recommending agency answers."""
    clerk: str
    villages: tuple[str, ...]


def made(seed: int) -> World:
    """The world of a seed; its staff are written once and found again by later seeds."""
    dice = random.Random(f"world {seed}")  # noqa: S311 - the same world for the same seed
    services = _services(dice)
    agencies = {one.definition.agency for one in services} | {MALL}
    agencies |= {ask.agency for one in services for ask in one.definition.recommenders}
    offices = {code: _office(code, dice) for code in sorted(agencies)}
    villages = Region.objects.filter(kind__in=VILLAGES).order_by("code").values_list("code", flat=True)
    order = sorted(services, key=lambda _one: dice.random())
    weights = tuple(1 / (place + 3) for place in range(len(order)))
    officers = {
        one.code: {ask.agency: offices[ask.agency].checker for ask in one.definition.recommenders} for one in order
    }
    totals = tuple(accumulate(weights))
    return World(
        offices, tuple(order), weights, totals, officers, str(_user("loket", MALL, Role.CLERK).pk), tuple(villages)
    )


def _services(dice: random.Random) -> list[Service]:
    rows = ServiceType.objects.filter(active=True, current__isnull=False).select_related("current").order_by("code")
    found = []
    for row in rows:
        version = row.current
        if version is None or version.definition.product.effect != "none":
            continue
        definition = version.definition
        paid = definition.fee.kind in (FeeKind.FIXED, FeeKind.FORMULA) and not definition.population_document
        mall, returns = definition.authority is Authority.MALL, dice.uniform(0.03, 0.35)
        facts = mall, paid, definition.same_visit, returns
        found.append(Service(row.code, str(version.pk), version.number, definition, *facts))
    return found


def _office(code: str, dice: random.Random) -> Office:
    approvers = [_user(f"pejabat{number}", code, Role.APPROVER) for number in range(1, APPROVERS + 1)]
    powers = [_power(user, code) if code == MALL else (None, "{}") for user in approvers]
    checker = _user("petugas", code, Role.VERIFIER if code == MALL else Role.OFFICER)
    names = tuple(str(user.pk) for user in approvers)
    return Office(code, str(checker.pk), names, tuple(powers), dice.lognormvariate(-0.4, 0.35))


def colleague(office: Office, number: int) -> Office:
    """The same office with another checker and another final approver; itself for 0."""
    if not number:
        return office
    mall = office.code == MALL
    checker = _user(f"petugas-{number + 1}", office.code, Role.VERIFIER if mall else Role.OFFICER)
    approver = _user(f"pejabat-{number + 1}", office.code, Role.APPROVER)
    power = _power(approver, office.code) if mall else (None, "{}")
    return replace(
        office,
        checker=str(checker.pk),
        approvers=(str(approver.pk), *office.approvers[1:]),
        powers=(power, *office.powers[1:]),
    )


def _user(name: str, agency: str, role: str) -> User:
    email = f"{name}.{agency.lower()}@{DOMAIN}"
    user, new = User.objects.get_or_create(email=email, defaults={"name": f"{name} {agency}", "password": "!"})
    if new:
        Membership.objects.create(user=user, role=role, agency_id=agency, since=SINCE)
    return user


def _power(user: User, agency: str) -> tuple[str | None, str]:
    held = Signatory.objects.filter(user=user, agency_id=agency).first() or appoint_signatory(
        user,
        agency,
        capacity=Capacity.DELEGATION,
        title="Kepala Bidang Perizinan",
        decree_no="Contoh 800/1/2015",
        decree_date=SINCE,
        since=SINCE,
    )
    return str(held.pk), escaped(plain(Block.of(held).plain()))
