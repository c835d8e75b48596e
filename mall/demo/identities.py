"""Who is behind the demo's staff accounts, so that the rules on conflicts of interest are alive in the demo.

Every card is a sample: its serial lies from 9001 on, and the name of its holder says so.
"""

from datetime import date, timedelta

from agencies.models import Membership, User
from agencies.services import record_identity, register_person
from mall.canary.cast import Applicant
from mall.demo.people import DOMAIN
from workflows.actors import Actor
from workflows.definition.model import Definition

SAMPLE = "(contoh)"
HOUSEHOLD = "3510160101159001"
"""Family card of a verifier and of the citizen who applies while he would have to check it."""
KIN = ("warga.6", "Sulastri", "3510165506859901", date(1985, 6, 15), "female", "081234567806")
HUSBAND = "verifikator"
FEMALE_OFFSET = 40
FIRST_BIRTH, FIRST_SERIAL = date(1970, 1, 1), 9001


def sample_nik(number: int) -> str:
    """A NIK that keeps the rule: a kecamatan of the regency, a day that exists (women 41-71), a serial of a sample."""
    born = FIRST_BIRTH + timedelta(days=53 * number)
    day = born.day + (FEMALE_OFFSET if number % 2 else 0)
    return f"3510{number % 25 + 1:02d}{day:02d}{born:%m%y}{FIRST_SERIAL + number:04d}"


def load_identities() -> int:
    """A person for every account that works here; an administrator notes each, and a colleague hers. How many."""
    users = list(User.objects.filter(pk__in=Membership.objects.values("user")).order_by("email"))
    noting = User.objects.get(email=f"admin@{DOMAIN}")
    other = User.objects.get(email=f"manajer@{DOMAIN}")
    for number, user in enumerate(users):
        kk = HOUSEHOLD if user.email == f"{HUSBAND}@{DOMAIN}" else ""
        name = f"{user.name} {SAMPLE}"
        record_identity(user=user, nik=sample_nik(number), kk=kk, name=name, by=other if user == noting else noting)
    return len(users)


def load_kin(password: str) -> None:
    """The citizen who lives with a verifier."""
    login, name, nik, born, sex, phone = KIN
    user = User.objects.create(email=f"{login}@{DOMAIN}", name=name, password=password)
    register_person(
        user=user, name=name, nik=nik, kk=HOUSEHOLD, birth_date=born, sex=sex, phone=phone, email=user.email
    )


def kin(_definition: Definition) -> Applicant:
    """She applies."""
    actor = Actor.of(User.objects.get(email=f"{KIN[0]}@{DOMAIN}"))
    assert actor.person_id
    return Applicant(actor, actor.person_id, None)
