"""The administrator's page of powers to sign: given by decree, ended after a question, never one's own."""

import pytest

from agencies.models import Signatory
from tests.cases import MALL, browser, counted, staff, text_of
from tests.factories import make_signatory, make_user
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db

PAGE = "/meja/administrasi/tanda-tangan/"
DECREE = {"decree_no": "821/12/2026", "decree_date_day": "2", "decree_date_month": "3", "decree_date_year": "2026"}


def said(email: str, **more: str) -> dict[str, str]:
    """A mandate as it is typed."""
    return {
        "email": email,
        "agency": MALL,
        "capacity": "mandate_an",
        "title": "Kepala Dinas",
        "principal": "Bupati Banyuwangi",
        "nip": "196904251994031005",
        **DECREE,
        **more,
    }


def test_administrator_gives_and_ends_a_power_and_the_log_knows_who_did() -> None:
    admin, somebody = staff("administrator"), make_user("Kadis@contoh.id")
    tab = browser(admin)
    assert tab.post(PAGE, said("kadis@contoh.id")).status_code == 302
    held = Signatory.objects.get(user=somebody)
    assert (held.capacity, held.principal, held.until) == ("mandate_an", "Bupati Banyuwangi", None)
    assert "Mandat (a.n.)" in text_of(tab.get(PAGE))
    end = f"{PAGE}{held.pk}/akhiri/"
    assert "tetap berlaku" in text_of(tab.get(end))
    tab.post(end)
    held.refresh_from_db()
    assert held.until is not None
    events = Event.objects.filter(subject_kind="user", subject_id=somebody.pk).order_by("seq")
    assert [(one.kind, one.actor_id) for one in events] == [
        ("signatory.appointed", admin.pk),
        ("signatory.ended", admin.pk),
    ]


def test_fault_stands_beside_its_field_and_nothing_typed_is_lost() -> None:
    make_user("kadis@contoh.id")
    wrong = said("kadis@contoh.id", principal="", nip="12", decree_no="", title="Kepala Bidang Sawah")
    answer = browser(staff("administrator")).post(PAGE, wrong)
    shown = text_of(answer)
    assert answer.status_code == 422
    for sentence in ("Tulis atas nama siapa", "NIP terdiri atas 18 angka", "Tulis nomor keputusannya"):
        assert sentence in shown
    for typed in ("Kepala Bidang Sawah", "kadis@contoh.id", 'value="2026"'):
        assert typed in shown
    assert not Signatory.objects.filter(title="Kepala Bidang Sawah").exists()


def test_power_for_nobody_and_a_second_power_are_told_beside_the_account() -> None:
    tab = browser(staff("administrator"))
    assert "Belum ada akun" in text_of(tab.post(PAGE, said("tidak.ada@contoh.id")))
    held = make_signatory(make_user("kadis@contoh.id"))
    answer = tab.post(PAGE, said("kadis@contoh.id"))
    assert answer.status_code == 422
    assert "masih mempunyai wewenang" in text_of(answer)
    assert list(Signatory.objects.filter(user=held.user)) == [held]


def test_administrator_never_gives_or_ends_her_own_power() -> None:
    admin = staff("administrator")
    tab = browser(admin)
    assert tab.post(PAGE, said(admin.email)).status_code == 403
    held = make_signatory(admin)
    assert tab.post(f"{PAGE}{held.pk}/akhiri/").status_code == 403
    held.refresh_from_db()
    assert held.until is None


def test_administrator_of_an_agency_keeps_its_powers_only() -> None:
    tab = browser(staff("administrator", "DINKES"))
    other = make_signatory(make_user(), "DLH")
    assert other.user.email not in text_of(tab.get(PAGE))
    assert tab.post(PAGE, said(other.user.email)).status_code == 422
    assert tab.post(f"{PAGE}{other.pk}/akhiri/").status_code == 403


def test_list_of_powers_costs_the_same_for_few_and_many() -> None:
    tab = browser(staff("administrator"))
    with counted() as few:
        tab.get(PAGE)
    for _time in range(30):
        make_signatory(make_user())
    with counted() as many:
        shown = text_of(tab.get(PAGE))
    assert len(few) == len(many) <= 7
    assert 'rel="next"' in shown
