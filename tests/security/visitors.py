"""The people of the matrix as real accounts, each with her browser."""

from dataclasses import dataclass, field
from datetime import date

from django.test import Client

from agencies.models import Organisation, Person, User
from agencies.services import add_member, revoke_membership
from mall.doors import NOBODY
from tests.factories import make_membership, make_organisation, make_person, make_user
from tests.security import table
from workflows.actors import Actor

MALL = "DPMPTSP"
OWNER = "Kanarina Zxalfa"
WALKIN = "Burungman Zxbeta"
FIRM = "PT Kenarindah Zxgamma"
STREET = "Jalan Kanari Zx 7714"
PHONE = "081277140001"
WALKIN_PHONE = "081277140002"
PLAIN = ("newcomer", "owner", "colleague", "stranger")


@dataclass
class Visitor:
    """Somebody who comes: an account, or none, and a browser with her session."""

    name: str
    user: User | None
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    @property
    def actor(self) -> Actor:
        """She with the rights that she has now."""
        return Actor.of(self.user) if self.user and self.user.is_active else NOBODY


@dataclass
class People:
    """Everybody of the table, the person who comes to the counter, and the business."""

    visitors: dict[str, Visitor]
    persons: dict[str, Person]
    firm: Organisation

    def __getitem__(self, name: str) -> Visitor:
        return self.visitors[name]

    def actor(self, name: str) -> Actor:
        """One of them, with her rights."""
        return self.visitors[name].actor


def assemble() -> People:
    """Make them all. Rights are taken away after the log-in, as happens to sessions that are open."""
    users: dict[str, User | None] = {name: _user(name, said) for name, said in table.people().items()}
    visitors = {name: Visitor(name, user) for name, user in users.items()}
    persons = {name: _person(name, user) for name, user in users.items() if user and name not in ("newcomer", "root")}
    persons["walkin"] = make_person(
        name=WALKIN, phone=WALKIN_PHONE, address=f"{STREET} B", birth_date=date(1990, 5, 5), sex="male"
    )
    firm = make_organisation(FIRM)
    for name in table.members("@firm"):
        add_member(organisation_id=firm.pk, person_id=persons[name].pk)
    for visitor in visitors.values():
        if visitor.user:
            visitor.client.force_login(visitor.user)
    return People(visitors, persons, firm)


def dismiss(people: People) -> None:
    """What happened since they logged in: one role is taken back, one account closed, one clerk leaves."""
    for name, role in (("revoked", "verifier"), ("former", "clerk")):
        user = people[name].user
        assert user
        revoke_membership(user, role, MALL)
    closed = people["suspended"].user
    assert closed
    closed.is_active = False
    closed.save(update_fields=["is_active"])


EXTRA = {
    "suspended": [("verifier", MALL)],
    "revoked": [("verifier", MALL)],
    "opener": [("clerk", MALL)],
    "former": [("clerk", MALL)],
    "checker": [("verifier", MALL), ("approver", MALL)],
    "fieldchecker": [("officer", "DPUCKPP")],
    "mallhead": [("head", MALL)],
    "fieldhead": [("head", "DPUCKPP")],
    "inspector": [("inspectorate", "INSPEKTORAT")],
    "steward": [("steward", "DISKOMINFO")],
    "listener": [("complaints", MALL)],
    "fieldlistener": [("complaints", "DPUCKPP")],
    "ppid": [("information", MALL)],
    "registrar": [("registrar", "DINSOS")],
}
"""Roles of those whose name does not tell them."""


def _user(name: str, said: str) -> User | None:
    """The account; who has one is addressed by a name that is not her own, so that a header gives nothing away."""
    if name == "anonymous":
        return None
    address = f"{name.replace('@', '-')}@matriks.example"
    if name == "root":
        return User.objects.create_superuser(address, None)
    role, _at, agency = said.partition("@")
    user = make_user(address, name=f"Akun {name}")
    for held, where in EXTRA.get(name, [(role, agency)] if agency else []):
        make_membership(user, held, where)
    return user


def _person(name: str, user: User) -> Person:
    if name == "owner":
        return make_person(
            user=user, name=OWNER, phone=PHONE, address=STREET, birth_date=date(1990, 5, 5), sex="female"
        )
    return make_person(user=user)
