"""Repayments with two signatures; the administrator's pages, and what she can never do there."""

import re
from datetime import date
from uuid import uuid4

import pytest

from agencies import clock
from agencies.ids import new_id
from agencies.models import Holiday, Membership
from tests.cases import MALL, at, browser, case_of, counted, staff, text_of
from tests.engine import DECIDED, played
from tests.factories import make_user
from workflows.actors import Actor
from workflows.charges import services as charges
from workflows.charges.models import Bill, RefundTask
from workflows.trail.models import Event, OutboxRow, OutboxState

pytestmark = pytest.mark.django_db

GRAVE = "DPMPTSP-MAKAM-PINDAH"
"""Has a fee that the mall bills."""


def paid_twice():
    """A charge paid a second time: money to give back."""
    script = played(GRAVE, *DECIDED, "pay")
    bill = Bill.objects.get(charge__case_id=script.case_id)
    pay_again(bill)
    return script, RefundTask.objects.get(payment__bill=bill)


def pay_again(bill, time=2):
    """Once more, although it is paid."""
    charges.take_payment(
        by=Actor.gateway(bill.gateway),
        gateway=bill.gateway,
        gateway_ref=bill.gateway_ref,
        payment_ref=f"{time}-{bill.pk}",
        amount=bill.amount,
        paid_at=clock.now(),
    )


def test_repayment_takes_two_people():
    script, task = paid_twice()
    first, second = browser(staff("manager")), browser(staff("administrator"))
    address = f"/meja/pengembalian-dana/{task.pk}/"
    listed = text_of(first.get("/meja/pengembalian-dana/"))
    assert task.payment.payment_ref in listed
    assert case_of(script).applicant.name not in listed + text_of(first.get(address))
    without = first.post(address, {"do": "request"})
    assert without.status_code == 422
    assert "Sebab dan cara pengembalian" in text_of(without)
    first.post(address, {"do": "request", "reason": "Dibayar dua kali; lewat gerbang"})
    assert "harus dari orang lain" in text_of(first.get(address))
    own = first.post(address, {"do": "confirm"})
    assert own.status_code == 403
    second.post(address, {"do": "confirm"})
    task.refresh_from_db()
    assert task.done_at
    assert task.requested_by_id != task.confirmed_by_id
    assert second.post(address, {"do": "confirm"}).status_code == 409
    assert task.payment.payment_ref not in text_of(first.get("/meja/pengembalian-dana/"))


@pytest.mark.parametrize(
    ("role", "agency"),
    [("clerk", MALL), ("verifier", MALL), ("approver", MALL), ("officer", "DINKES"), ("manager", "DINKES")],
)
def test_nobody_else_gives_money_back(role, agency):
    _script, task = paid_twice()
    tab = browser(staff(role, agency))
    one = f"/meja/pengembalian-dana/{task.pk}/"
    assert tab.get("/meja/pengembalian-dana/").status_code == 403
    assert tab.get(one).status_code == 403
    assert tab.post(one, {"do": "request", "reason": "Ganda"}).status_code == 403
    task.refresh_from_db()
    assert task.requested_by_id is None


def test_list_of_repayments_costs_the_same_for_one_and_fifty():
    _script, task = paid_twice()
    tab = browser(staff("manager"))
    with counted() as one:
        tab.get("/meja/pengembalian-dana/")
    for time in range(3, 52):
        pay_again(task.payment.bill, time)
    with counted() as many:
        tab.get("/meja/pengembalian-dana/")
    assert RefundTask.objects.count() == 50
    assert len(one) == len(many) <= 6


OFFICE = ("", "kegagalan/", "libur/", "peran/")


@pytest.mark.parametrize("what", OFFICE)
@pytest.mark.parametrize("role", ["clerk", "verifier", "officer", "approver", "manager"])
def test_only_administrators_come_in(what, role):
    assert browser(staff(role)).get(f"/meja/administrasi/{what}").status_code == 403
    assert browser(None).get(f"/meja/administrasi/{what}").status_code == 302


@pytest.mark.parametrize("what", OFFICE)
def test_administrator_comes_in(what):
    assert browser(staff("administrator")).get(f"/meja/administrasi/{what}").status_code == 200


def test_administrator_of_an_agency_keeps_its_roles_and_nothing_of_the_mall():
    tab = browser(staff("administrator", "DINKES"))
    assert tab.get("/meja/administrasi/peran/").status_code == 200
    for what in ("kegagalan/", "libur/"):
        assert tab.get(f"/meja/administrasi/{what}").status_code == 403
    other = Membership.objects.get(user=staff("officer", "DLH"))
    assert other.user.email not in text_of(tab.get("/meja/administrasi/peran/"))
    assert tab.post(f"/meja/administrasi/peran/{other.pk}/cabut/").status_code == 403
    said = {"email": other.user.email, "role": "officer", "agency": "DLH"}
    assert tab.post("/meja/administrasi/peran/", said).status_code == 422


def a_failure():
    event = Event.objects.create(
        subject_kind="case", subject_id=new_id(), seq=1, kind="case.submitted", at=clock.now(), hash="x"
    )
    return OutboxRow.objects.create(
        event_id=event.pk,
        consumer="documents",
        state=OutboxState.FAILED,
        attempts=10,
        created_at=clock.now(),
        next_attempt_at=clock.now(),
        last_error="builtins.ValueError",
    )


def test_administrator_sees_a_failed_promise_and_asks_again():
    row = a_failure()
    tab = browser(staff("administrator"))
    shown = text_of(tab.get("/meja/administrasi/kegagalan/"))
    assert "documents" in shown
    assert "builtins.ValueError" in shown
    tab.post(f"/meja/administrasi/kegagalan/{row.pk}/ulang/")
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("pending", 0)
    again = tab.post(f"/meja/administrasi/kegagalan/{row.pk}/ulang/", follow=True)
    assert "tidak gagal lagi" in text_of(again)


def test_looking_at_the_retry_address_retries_nothing():
    row = a_failure()
    browser(staff("administrator")).get(f"/meja/administrasi/kegagalan/{row.pk}/ulang/")
    row.refresh_from_db()
    assert row.state == "failed"


def test_failures_cost_the_same_for_one_and_fifty():
    a_failure()
    tab = browser(staff("administrator"))
    with counted() as one:
        tab.get("/meja/administrasi/kegagalan/")
    for _row in range(50):
        a_failure()
    with counted() as many:
        first = tab.get("/meja/administrasi/kegagalan/")
    assert len(one) == len(many) <= 7
    assert 'rel="next"' in text_of(first)


def boxes(tab, name, when):
    found = re.findall(rf'name="({name}_\w+)"', text_of(tab.get("/meja/administrasi/libur/")))
    return dict(zip(found, (str(when.day), str(when.month), str(when.year)), strict=True))


def test_administrator_adds_a_holiday_and_takes_it_out_again():
    tab, day = browser(staff("administrator")), date(2027, 9, 14)
    said = boxes(tab, "day", day) | {"name": "Hari jadi daerah", "kind": "LOCAL", "decree_no": "188/1/2027"}
    tab.post("/meja/administrasi/libur/", said)
    assert Holiday.objects.get(date=day).name == "Hari jadi daerah"
    assert "14 September 2027" in text_of(tab.get("/meja/administrasi/libur/?tahun=2027"))
    address = f"/meja/administrasi/libur/{day.isoformat()}/LOCAL/hapus/"
    assert "hari kerja lagi" in text_of(tab.get(address))
    assert Holiday.objects.filter(date=day).exists()
    tab.post(address)
    assert not Holiday.objects.filter(date=day).exists()
    assert tab.post(address).status_code == 404


@pytest.mark.parametrize("typed", ["abcd", "²", "99999", "-1", "0000"])
def test_odd_year_shows_this_year(typed):
    shown = browser(staff("administrator")).get("/meja/administrasi/libur/", {"tahun": typed})
    assert f"Hari libur {clock.today().year}" in text_of(shown)


def test_holiday_without_a_kind_is_told_beside_the_field():
    tab = browser(staff("administrator"))
    response = tab.post("/meja/administrasi/libur/", boxes(tab, "day", date(2027, 9, 14)) | {"name": "X"})
    assert response.status_code == 422
    assert "belum dipilih" in text_of(response)


def test_administrator_gives_and_takes_a_role_and_the_log_knows_who_did():
    admin, somebody = staff("administrator"), make_user("petugas.baru@contoh.id")
    tab = browser(admin)
    said = {"email": "Petugas.Baru@contoh.id", "role": "verifier", "agency": MALL}
    tab.post("/meja/administrasi/peran/", said)
    held = Membership.objects.get(user=somebody)
    assert (held.role, held.agency_id, held.active) == ("verifier", MALL, True)
    assert browser(somebody).get("/meja/").status_code == 200
    tab.post(f"/meja/administrasi/peran/{held.pk}/cabut/")
    assert browser(somebody).get("/meja/").status_code == 403
    events = Event.objects.filter(subject_kind="user", subject_id=somebody.pk).order_by("seq")
    assert [(one.kind, one.actor_id) for one in events] == [
        ("membership.granted", admin.pk),
        ("membership.revoked", admin.pk),
    ]


def test_administrator_never_changes_her_own_roles():
    admin = staff("administrator")
    tab = browser(admin)
    said = {"email": admin.email, "role": "approver", "agency": MALL}
    assert tab.post("/meja/administrasi/peran/", said).status_code == 403
    own = Membership.objects.get(user=admin)
    assert tab.post(f"/meja/administrasi/peran/{own.pk}/cabut/").status_code == 403
    assert [one.role for one in Membership.objects.filter(user=admin, active=True)] == ["administrator"]


def test_role_for_nobody_is_told_beside_the_field():
    said = {"email": "tidak.ada@contoh.id", "role": "clerk", "agency": MALL}
    response = browser(staff("administrator")).post("/meja/administrasi/peran/", said)
    assert response.status_code == 422
    assert "Belum ada akun" in text_of(response)


def test_administrator_opens_no_case():
    script = at("submitted")
    tab = browser(staff("administrator"))
    for address in (f"/meja/permohonan/{script.case_id}/", f"/loket/permohonan/{script.case_id}/", "/laporan/"):
        assert tab.get(address).status_code == 403
    assert tab.get(f"/meja/pengembalian-dana/{uuid4()}/").status_code == 404


def test_list_of_roles_costs_the_same_for_few_and_many():
    tab = browser(staff("administrator"))
    with counted() as few:
        tab.get("/meja/administrasi/peran/")
    for _time in range(30):
        staff("officer", "DINKES")
    with counted() as many:
        tab.get("/meja/administrasi/peran/")
    assert len(few) == len(many) <= 7
