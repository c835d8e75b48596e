"""Nobody learns by asking whether a code, an account, a NIK or a thing exists."""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agencies.ids import new_id
from agencies.models import Person, User
from mall.portal.people import MOST_NIKS
from tests.factories import make_nik, make_user
from tests.security.bodies import profile
from tests.security.things import Thing, World
from tests.security.visitors import Visitor
from workflows.cases.codes import ALPHABET, check_character, tracking_code

pytestmark = pytest.mark.django_db
PASSWORD = "kata-sandi-9"
CHANGING = r'name="csrfmiddlewaretoken" value="[^"]*"|[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32}|\b[0-9a-f]{8}\b'


@pytest.fixture(autouse=True)
def nobody_has_asked() -> None:
    """Forget how often this address has asked."""
    cache.clear()


@pytest.fixture
def member() -> User:
    """Somebody with a password."""
    return make_user("warga@contoh.id", password=PASSWORD)


def plain(response: Any, *typed: str) -> tuple[int, str]:
    """Status and text without what differs from one answer to the next: tokens, numbers, what was typed."""
    text = re.sub(CHANGING, "…", response.content.decode())
    for word in typed:
        text = text.replace(word, "…")
    return response.status_code, text


def code_and_digits(thing: Thing) -> tuple[str, str]:
    """What is printed on the receipt, and the end of the applicant's NIK."""
    case = thing.case
    return str(case.tracking_code), str(Person.objects.get(pk=case.applicant_id).nik)[-4:]


def tracked(code: str, digits: str) -> HttpResponse:
    """The tracking form, sent by nobody in particular."""
    return Client().post(reverse("portal:track"), {"code": code, "digits": digits})  # type: ignore[return-value]


def other(digits: str) -> str:
    """Four other digits."""
    return f"{(int(digits) + 1) % 10000:04d}"


def test_wrong_code_and_wrong_digits_get_the_same_answer_for_the_same_work(world: World) -> None:
    code, digits = code_and_digits(world.things["submitted"])
    answers, work = [], []
    for asked in (
        (code, other(digits)),
        (tracking_code(), digits),
        (tracking_code(), other(digits)),
        ("AAAAAAAA", digits),
    ):
        with CaptureQueriesContext(connection) as queries:
            answers.append(plain(tracked(*asked), *asked))
        work.append(len(queries))
    assert len(set(answers)) == 1
    assert len(set(work)) == 1
    assert tracked(code, digits).status_code == 302


def test_api_tells_wrong_code_from_wrong_digits_as_little(world: World) -> None:
    code, digits = code_and_digits(world.things["submitted"])
    asked = ((code, other(digits)), (tracking_code(), digits))
    answers = [
        Client().post(reverse("api:tracking"), {"code": one, "digits": two}, "application/json") for one, two in asked
    ]
    assert len({plain(answer) for answer in answers}) == 1
    assert answers[0].status_code == 404


@pytest.mark.usefixtures("still")
@pytest.mark.parametrize("face", ["portal:track", "api:tracking"])
def test_eleventh_try_at_a_code_is_refused_also_with_the_right_digits(world: World, face: str) -> None:
    code, digits = code_and_digits(world.things["submitted"])
    kind = {"content_type": "application/json"} if face.startswith("api:") else {}
    for _try in range(10):
        answer = Client().post(reverse(face), {"code": code, "digits": other(digits)}, **kind)
        assert answer.status_code in (404, 422)
    assert Client().post(reverse(face), {"code": code, "digits": digits}, **kind).status_code == 429


def test_codes_are_drawn_and_not_derived() -> None:
    codes = {tracking_code() for _one in range(2000)}
    assert len(codes) == 2000
    assert all(check_character(code[:7]) == code[7] for code in codes)
    for place in range(7):
        assert {code[place] for code in codes} == set(ALPHABET)


def test_log_in_answers_alike_for_a_known_and_an_unknown_address(member: User) -> None:
    address = reverse("account_login")
    answers = []
    for email in (member.email, "tidak-ada@contoh.id"):
        cache.clear()
        answers.append(plain(Client().post(address, {"login": email, "password": "salah-salah-9"}), email))
    assert answers[0] == answers[1]


def test_forgotten_password_answers_alike_for_a_known_and_an_unknown_address(member: User) -> None:
    address = reverse("account_reset_password")
    answers = []
    for email in (member.email, "tidak-ada@contoh.id"):
        cache.clear()
        response = Client().post(address, {"email": email})
        answers.append((plain(response, email), response.headers.get("Location")))
    assert answers[0] == answers[1]


@override_settings(ACCOUNT_EMAIL_VERIFICATION="mandatory")
def test_sign_up_answers_alike_for_a_known_and_an_unknown_address(member: User) -> None:
    """As production is set: `mall.settings.production`. The demo lets a newcomer in at once, and so tells."""
    answers = []
    for email in (member.email, "baru@contoh.id"):
        cache.clear()
        said = {"name": "Warga", "email": email, "password1": "kata-sandi-baru-9", "password2": "kata-sandi-baru-9"}
        response = Client().post(reverse("account_signup"), said)
        answers.append((plain(response, email), response.headers.get("Location")))
    assert answers[0] == answers[1]


def test_taken_nik_is_told_without_whose_it_is_and_nobody_goes_on_asking(world: World) -> None:
    client, owner = Client(), world.people.persons["owner"]
    client.force_login(make_user())
    said = profile(world, Thing())
    for _try in range(MOST_NIKS):
        answer = client.post(reverse("portal:profile_edit"), said | {"nik": str(owner.nik)})
        assert answer.status_code == 422
        shown = answer.content.decode()
        assert "sudah terdaftar" in shown
        assert not [word for word in (owner.name, owner.phone, owner.address, str(owner.pk)) if word in shown]
    for nik in (str(owner.nik), make_nik()):
        answer = client.post(reverse("portal:profile_edit"), said | {"nik": nik})
        assert answer.status_code == 422
        assert "Terlalu banyak percobaan" in answer.content.decode()
        assert "sudah terdaftar" not in answer.content.decode()


FOREIGN = {
    "portal:case": ("stranger", "case_id"),
    "portal:answers": ("stranger", "case_id"),
    "portal:message": ("stranger", "message_id"),
    "desk:case": ("officer@other", "case_id"),
    "desk:approve": ("officer@other", "case_id"),
    "desk:recommend": ("officer@other", "recommendation_id"),
    "desk:report": ("officer@other", "inspection_id"),
    "desk:paper": ("officer@other", "attachment_id"),
    "desk:photo": ("officer@other", "photo_id"),
    "counter:fill": ("clerk@mall", "case_id"),
    "stored_file": ("stranger", "file_id"),
    "permit_document": ("stranger", "case_id"),
    "api:case": ("stranger", "case_id"),
    "api:transitions": ("stranger", "case_id"),
}
"""Pages, a visitor who has no business with them, and the part of the address that names the thing."""


@pytest.mark.parametrize("name", sorted(FOREIGN))
def test_foreign_thing_and_unknown_thing_are_told_apart_by_nothing(world: World, name: str) -> None:
    visitor, part = FOREIGN[name]
    thing = world.things["letter" if part == "message_id" else "advising"]
    who: Visitor = world.people[visitor]
    foreign, unknown = (
        who.client.get(reverse(name, kwargs={part: one}), headers={"X-Purpose": "decision"})
        for one in (thing.ids[part], new_id())
    )
    assert plain(foreign) == plain(unknown)
    assert foreign.status_code == 404
    same = {key: value for key, value in foreign.headers.items() if key != "X-Request-ID"}
    assert same == {key: value for key, value in unknown.headers.items() if key != "X-Request-ID"}
