"""People, agencies and accounts for every test. Numbers are valid and random; names are invented."""

import itertools
import random
from collections.abc import Iterable
from datetime import date
from typing import Any

from agencies.models import (
    Agency,
    AgencyKind,
    Capacity,
    Membership,
    Organisation,
    Person,
    Region,
    RegionKind,
    Role,
    Signatory,
    User,
)
from agencies.services import appoint_signatory, grant_membership, register_organisation, register_person

NAMES = ("Siti Aminah", "Budi Santoso", "Ketut Wirawan", "Suparmi", "Agus Hariyanto", "Dewi Lestari", "Mbok Ijah")
_count = itertools.count(1)
_dice = random.Random(42)


def make_nik(*, born: date = date(1990, 5, 5), female: bool = False, region: str = "351016") -> str:
    """A NIK that passes every rule and that no other call returns."""
    day = born.day + (40 if female else 0)
    kecamatan, serial = divmod(next(_count), 9999)
    prefix = region if not kecamatan else f"3510{kecamatan % 25 + 1:02d}"
    return f"{prefix}{day:02d}{born:%m%y}{serial + 1:04d}"


def make_phone() -> str:
    """A mobile number as people write it."""
    return f"0812{_dice.randrange(10**7, 10**8)}"


def make_agency(code: str = "DPMPTSP", **fields: Any) -> Agency:
    """The agency of that code, made when it is not there yet."""
    defaults = {"name_id": f"Dinas {code}", "name_en": f"{code} Office", "kind": AgencyKind.SKPD}
    return Agency.objects.get_or_create(code=code, defaults=defaults | fields)[0]


def make_user(email: str = "", *, roles: Iterable[tuple[str, str]] = (), password: str = "", **fields: Any) -> User:
    """An account; `roles` are pairs such as `("verifier", "DPMPTSP")`, whose agencies are made as needed."""
    address = email or f"orang{next(_count)}@contoh.id"
    user = User.objects.create_user(address, password or None, **fields)
    for role, agency in roles:
        make_membership(user, role, agency)
    return user


def make_membership(user: User, role: str = "clerk", agency: str = "DPMPTSP") -> Membership:
    """A role held for long, so that a test may travel back in time and keep it; who decides may also sign."""
    make_agency(agency)
    held = grant_membership(user, role, agency)
    held.since = date(2020, 1, 1)
    held.save(update_fields=["since"])
    if role == Role.APPROVER:
        make_signatory(user, agency)
    return held


def make_signatory(user: User, agency: str = "DPMPTSP", **fields: Any) -> Signatory:
    """The power to sign for an agency, by delegation unless said otherwise; held for long, as `make_membership`."""
    said = {
        "capacity": Capacity.DELEGATION,
        "title": f"Kepala Dinas {agency}",
        "decree_no": "Perbup 23/2017",
        "decree_date": date(2017, 6, 1),
        "since": date(2020, 1, 1),
    }
    return appoint_signatory(user, agency, **(said | fields))


def make_person(*, user: User | None = None, name: str = "", nik: str | None = None, **fields: Any) -> Person:
    """A person with a valid NIK of her own; `nik=""` for one without."""
    return register_person(
        user=user, name=name or _dice.choice(NAMES), nik=make_nik() if nik is None else nik, **fields
    )


def make_organisation(name: str = "PT Contoh Jaya", **fields: Any) -> Organisation:
    """A business with a NIB of its own."""
    return register_organisation(name=name, **({"nib": f"{_dice.randrange(10**12, 10**13)}"} | fields))


def make_village(code: str = "35.10.16.1001", name: str = "Contoh") -> Region:
    """A village with the regions above it."""
    kind = RegionKind.KELURAHAN if code.split(".")[3].startswith("1") else RegionKind.DESA
    levels = ((code[:5], RegionKind.KABUPATEN), (code[:8], RegionKind.KECAMATAN), (code, kind))
    above: Region | None = None
    for level, of_kind in levels:
        above, _made = Region.objects.get_or_create(
            code=level, defaults={"name": name, "kind": of_kind, "parent": above}
        )
    return Region.objects.get(code=code)
