"""The account, the person behind it, the organisations she speaks for, and the log-in pages."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from agencies.models import Organisation, Person, ProofLevel
from agencies.services import check_ktp
from tests.factories import make_nik, make_person, make_user, make_village
from tests.web.portal import Citizen, errors_in

pytestmark = pytest.mark.django_db
PRACTICE = "DPMPTSP-SIP-DOKTER"
PASSWORD = "kata-sandi-panjang"


@pytest.fixture
def newcomer() -> Client:
    """Somebody with an account who has not said who she is."""
    client = Client()
    client.force_login(make_user(name="Siti"))
    return client


def said(**changed: str) -> dict[str, str]:
    """A whole profile as it is posted."""
    return {
        "name": "Siti Aminah",
        "nik": make_nik(female=True),
        "birth_date_day": "5",
        "birth_date_month": "5",
        "birth_date_year": "1990",
        "sex": "female",
        "phone": "0812-3456-7890",
        "email": "siti@contoh.id",
        "address": "Jalan Kembang 3",
        "village_code": "",
        "kk": "",
    } | changed


def test_newcomer_starts_an_application_and_is_led_to_her_profile_and_back(newcomer: Client) -> None:
    start = reverse("portal:start", args=[PRACTICE])
    answer = newcomer.get(start)
    assert answer["Location"].startswith(reverse("portal:profile_edit"))
    shown = newcomer.get(answer["Location"])
    assert f'name="next" value="{start}"' in shown.content.decode()
    saved = newcomer.post(reverse("portal:profile_edit"), said(next=start))
    assert saved["Location"] == start
    assert newcomer.get(start).status_code == 200


def test_profile_with_every_village_stays_light_enough_for_a_slow_phone(newcomer: Client) -> None:
    assert len(newcomer.get(reverse("portal:profile_edit")).content) < 60_000


def test_newcomer_is_never_led_to_another_site(newcomer: Client) -> None:
    for elsewhere in ("https://jahat.example/", "//jahat.example/", "javascript:alert(1)"):
        answer = newcomer.post(reverse("portal:profile_edit"), said(next=elsewhere))
        assert answer["Location"] == reverse("portal:profile")


def test_newcomer_saves_her_profile_and_sees_only_a_masked_nik(newcomer: Client) -> None:
    village = make_village()
    nik = make_nik(female=True)
    newcomer.post(reverse("portal:profile_edit"), said(nik=nik, village_code=village.code, kk="3510160101900001"))
    person = Person.objects.get(name="Siti Aminah")
    assert person.proof_level == ProofLevel.SELF_DECLARED
    for name in ("portal:profile", "portal:profile_edit"):
        shown = newcomer.get(reverse(name)).content.decode()
        assert nik not in shown
        assert "3510160101900001" not in shown
        assert f"{nik[:6]}******{nik[-4:]}" in shown


@pytest.mark.parametrize(
    ("nik", "sentence"),
    [
        ("", "belum diisi"),
        ("351016050590000", "16 angka"),
        ("35101605059000A7", "16 angka"),
        ("3510163205900001", "tidak mungkin"),
        ("3510168105900001", "tidak mungkin"),
        ("3510163002900001", "tidak ada di kalender"),
        ("3510160505900000", "0000"),
    ],
)
def test_newcomer_types_a_wrong_nik_and_keeps_all_she_typed(newcomer: Client, nik: str, sentence: str) -> None:
    answer = newcomer.post(reverse("portal:profile_edit"), said(nik=nik))
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert any(sentence in one for one in errors_in(answer))
    assert "Jalan Kembang 3" in shown
    assert "Siti Aminah" in shown
    assert not Person.objects.filter(name="Siti Aminah").exists()


@pytest.mark.parametrize("nik", ["3510160101150001", "3578010505900001", "3510160605900001"])
def test_newcomer_types_an_odd_but_possible_nik_and_is_only_warned(newcomer: Client, nik: str) -> None:
    """A child, another regency, another birth day or sex than stated: the registry does not correct these."""
    assert newcomer.post(reverse("portal:profile_edit"), said(nik=nik)).status_code == 302
    assert "Tidak apa-apa jika memang demikian" in newcomer.get(reverse("portal:profile")).content.decode()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"birth_date_day": "31", "birth_date_month": "2"}, "kalender"),
        ({"birth_date_year": "2199"}, "masa depan"),
        ({"birth_date_year": ""}, "belum lengkap"),
        ({"phone": "12345"}, "telepon"),
        ({"email": "bukan-surel"}, "surel"),
        ({"kk": "123"}, "16 angka"),
        ({"village_code": "99.99.99.9999"}, ""),
        ({"sex": ""}, "belum dipilih"),
    ],
)
def test_newcomer_types_something_wrong_and_is_told_beside_the_field(
    newcomer: Client, changed: dict[str, str], sentence: str
) -> None:
    answer = newcomer.post(reverse("portal:profile_edit"), said(**changed))
    assert answer.status_code == 422
    assert any(sentence in one for one in errors_in(answer))


def test_newcomer_takes_a_nik_of_somebody_else_and_learns_no_name(newcomer: Client) -> None:
    owner = make_person(name="Pemilik Asli")
    answer = newcomer.post(reverse("portal:profile_edit"), said(nik=owner.nik))
    assert answer.status_code == 422
    assert any("sudah terdaftar" in one for one in errors_in(answer))
    assert "Pemilik Asli" not in answer.content.decode()


def test_newcomer_sends_her_profile_twice_and_is_one_person(newcomer: Client) -> None:
    data = said()
    for _time in range(2):
        assert newcomer.post(reverse("portal:profile_edit"), data).status_code == 302
    assert Person.objects.filter(name="Siti Aminah").count() == 1


def test_newcomer_has_a_single_name_and_that_is_enough(newcomer: Client) -> None:
    assert newcomer.post(reverse("portal:profile_edit"), said(name="Suparmi")).status_code == 302


def test_citizen_leaves_the_nik_box_empty_and_it_stays_as_it_was() -> None:
    citizen = Citizen()
    known = citizen.person.nik
    assert citizen.client.post(reverse("portal:profile_edit"), said(nik="", name="Nama Baru")).status_code == 302
    citizen.person.refresh_from_db()
    assert (citizen.person.nik, citizen.person.name) == (known, "Nama Baru")


def test_citizen_changes_a_checked_identity_and_is_warned_before() -> None:
    citizen = Citizen()
    check_ktp(person_id=citizen.person.pk, by=make_user(roles=[("clerk", "DPMPTSP")]), level="ktp_checked")
    assert "KTP-el perlu diperiksa lagi" in citizen.get("portal:profile_edit").content.decode()
    citizen.client.post(reverse("portal:profile_edit"), said(nik="", name="Nama Lain"))
    citizen.person.refresh_from_db()
    assert citizen.person.proof_level == ProofLevel.SELF_DECLARED


def test_citizen_adds_a_business_twice_and_has_one() -> None:
    citizen = Citizen()
    data = {"name": "CV Contoh", "kind": "CV", "nib": "", "npwp": "", "address": "", "title": "Direktur"}
    for _time in range(2):
        assert citizen.client.post(reverse("portal:organisation_new"), data).status_code == 302
    assert Organisation.objects.filter(name="CV Contoh").count() == 1
    assert "CV Contoh" in citizen.get("portal:profile").content.decode()


def test_citizen_adds_a_business_with_a_wrong_or_taken_nib_and_is_told() -> None:
    citizen = Citizen()
    data = {"name": "CV Contoh", "kind": "CV", "npwp": "", "address": "", "title": ""}
    wrong = citizen.client.post(reverse("portal:organisation_new"), data | {"nib": "123"})
    assert any("13 angka" in one for one in errors_in(wrong))
    taken = Citizen().organisation()
    answer = citizen.client.post(reverse("portal:organisation_new"), data | {"nib": str(taken.nib)})
    assert any("sudah terdaftar" in one for one in errors_in(answer))


def test_newcomer_types_her_profile_while_the_session_ended_and_finds_it_again() -> None:
    user = make_user()
    user.set_password(PASSWORD)
    user.save()
    client = Client()
    where = reverse("portal:profile_edit")
    answer = client.post(where, said(name="Nama Yang Diketik"))
    assert "login" in answer["Location"]
    client.post(answer["Location"], {"login": user.email, "password": PASSWORD})
    shown = client.get(where).content.decode()
    assert "Nama Yang Diketik" in shown
    assert not Person.objects.filter(name="Nama Yang Diketik").exists()


def test_visitor_makes_an_account_in_plain_words_and_is_logged_in(client: Client) -> None:
    shown = client.get(reverse("account_signup")).content.decode()
    assert "Paling sedikit 10 huruf" in shown
    data = {"name": "Siti", "email": "baru@contoh.id", "password1": PASSWORD, "password2": PASSWORD}
    answer = client.post(reverse("account_signup"), data)
    assert answer.status_code == 302, errors_in(answer)
    assert "Keluar" in client.get("/").content.decode()


def test_visitor_asks_for_a_new_password_and_gets_a_letter_from_the_mall(client: Client) -> None:
    make_user("ada@contoh.id", password=PASSWORD)
    client.post(reverse("account_reset_password"), {"email": "ada@contoh.id"})
    assert "Mal Pelayanan Publik Banyuwangi" in mail.outbox[0].body
    assert "/akun/password/reset/key/" in mail.outbox[0].body


@pytest.mark.parametrize(
    "name",
    ["account_login", "account_signup", "account_reset_password", "account_reset_password_done"],
)
def test_visitor_opens_the_pages_of_the_log_in_in_our_dress(client: Client, name: str) -> None:
    answer = client.get(reverse(name))
    assert answer.status_code == 200
    assert "mall-header" in answer.content.decode()


@pytest.mark.parametrize("name", ["account_logout", "account_change_password", "account_email", "portal:profile"])
def test_citizen_opens_the_pages_of_her_account_in_our_dress(name: str) -> None:
    user = make_user(password=PASSWORD)
    make_person(user=user)
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    answer = client.get(reverse(name))
    assert answer.status_code == 200, answer["Location"] if answer.status_code == 302 else ""
    assert "mall-header" in answer.content.decode()


@pytest.mark.parametrize("name", ["portal:profile", "portal:cases", "portal:inbox", "portal:looks"])
def test_visitor_opens_a_personal_page_and_is_led_to_the_log_in(client: Client, name: str) -> None:
    assert client.get(reverse(name))["Location"].startswith(reverse("account_login"))
