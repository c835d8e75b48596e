"""The people of the walks, with accounts to log in with. What they do afterwards they do on the pages."""

from datetime import date

from agencies.models import Person, User
from tests.e2e.visitor import PASSWORD
from tests.factories import make_nik, make_person, make_user
from tests.uploads import pdf, picture

PDF = ("berkas.pdf", pdf())
PHOTO = ("foto.jpg", picture())
BORN = date(1990, 5, 5)


def account(email: str, *, roles: tuple[tuple[str, str], ...] = (), name: str = "") -> User:
    """An account."""
    return make_user(email, roles=roles, password=PASSWORD, name=name)


def citizen(email: str, name: str, **about: str) -> Person:
    """Somebody who has told the mall who she is."""
    return make_person(
        user=account(email, name=name),
        name=name,
        nik=make_nik(born=BORN, female=True),
        birth_date=BORN,
        sex="female",
        phone="081234567890",
        address="Jalan Ikan Hiu 7, RT 02 RW 01",
        **about,
    )
