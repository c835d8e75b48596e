"""The daily tie-out: a bank's file against the books, and two people for what differs."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from agencies import clock
from agencies.errors import Invalid
from agencies.models import User
from mall.payments.simulator.journal import Journal
from mall.payments.simulator.pages import bank_file
from tests.cases import browser, staff, text_of
from tests.engine import DECIDED, played
from workflows.actors import Actor
from workflows.charges import services as charges
from workflows.charges.bank.models import BankFile, BankLine, Difference
from workflows.charges.bank.reading import read
from workflows.charges.bank.services import TieOut, tie_out
from workflows.charges.models import Bill, Charge
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 28)
HEAD = "tanggal,referensi,jumlah,keterangan\n"
PAGE = "/meja/pencocokan-bank/"
FEE = 200_000


def paid(ref: str, times: int = 1) -> Bill:
    """A paid fee, under this reference of the gateway; paid again under `ref-2` and so on."""
    script = played("DPMPTSP-MAKAM-PINDAH", *DECIDED)
    by = Actor.gateway("test")
    bill = charges.issue_bill(
        charge_id=Charge.objects.get(case_id=script.case_id).pk,
        by=by,
        gateway="test",
        gateway_ref=f"BILL-{ref}",
        pay_code="1",
        pay_url="",
        expires_at=clock.now() + timedelta(days=1),
    )
    for time in range(1, times + 1):
        charges.take_payment(
            by=by,
            gateway="test",
            gateway_ref=bill.gateway_ref,
            payment_ref=ref if time == 1 else f"{ref}-{time}",
            amount=bill.amount,
            paid_at=clock.now(),
        )
    return bill


def file_of(*lines: tuple[str, int], day: date | None = None) -> bytes:
    """A bank's file of a day."""
    when = (day or clock.today()).isoformat()
    return (HEAD + "".join(f"{when},{ref},{amount},VA\n" for ref, amount in lines)).encode()


def tied(content: bytes, day: date | None = None, by: User | None = None) -> TieOut:
    return tie_out(by=Actor.of(by or staff("manager")), content=content, day=day or clock.today())


def differences() -> list[tuple[str, str, str]]:
    return sorted(Difference.objects.values_list("reference", "kind", "state"))


# --- Reading ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "2026-11-28,PAY-1,200000,VA 88035\n",
        "\ufeff" + HEAD + "28/11/2026,PAY-1,200.000,VA 88035\r\n",
        "Tanggal;Referensi;Jumlah;Keterangan\n28-11-2026;PAY-1;200.000,00;VA 88035\n\n",
        HEAD + '2026-11-28,PAY-1,200000,"VA 88035"',
    ],
)
def test_file__in_each_documented_spelling__says_the_same(text: str) -> None:
    assert [line[1:] for line in read(text.encode(), DAY)] == [("PAY-1", 200_000, "VA 88035")]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "Baris 1: judul"),
        (b"date,ref,amount,text\n", "Baris 1: judul"),
        ((HEAD + "2026-11-28,PAY-1,200000,Pe\u00f1a\n").encode("latin-1"), "Baris 2: berkas bukan teks UTF-8"),
        ((HEAD + "2026-11-28,PAY-1,200000,x\n").encode("utf-16"), "Baris 1"),
        ((HEAD + "2026-11-28,PAY-1,200000,\0\n").encode(), "Baris 2: ada karakter"),
        ((HEAD + "31/02/2026,PAY-1,200000,x\n").encode(), "Baris 2: “31/02/2026” bukan tanggal"),
        ((HEAD + "2026-11-27,PAY-1,200000,x\n").encode(), "Baris 2: tanggal 2026-11-27 bukan hari"),
        ((HEAD + "2026-11-28,PAY-1,-200000,x\n").encode(), "Baris 2: jumlah di bawah nol"),
        ((HEAD + "2026-11-28,PAY-1,0,x\n").encode(), "Baris 2: “0” bukan jumlah"),
        ((HEAD + "2026-11-28,PAY-1,1.5,x\n").encode(), "Baris 2: “1.5” bukan jumlah"),
        ((HEAD + "2026-11-28,PAY-1,1e6,x\n").encode(), "Baris 2: “1e6” bukan jumlah"),
        ((HEAD + "2026-11-28,PAY-1,200000,50,x\n").encode(), "Baris 2: harus ada 4 kolom, bukan 5"),
        ((HEAD + "2026-11-28,,200000,x\n").encode(), "Baris 2: referensi kosong"),
        ((HEAD + "2026-11-28,=1+1,200000,x\n").encode(), "Baris 2: referensi kosong"),
        ((HEAD + '2026-11-28,PAY-1,200000,"x\n').encode(), "tanda kutip"),
        ((HEAD + "2026-11-28,PAY-1,2,x\n" * 2).encode(), "Baris 3: referensi ini sudah ada di baris 2"),
        ((HEAD + f"2026-11-28,PAY-1,2,{'x' * 201}\n").encode(), "Baris 2: keterangan"),
    ],
)
def test_file__that_is_wrong__is_refused_with_the_line(content: bytes, told: str) -> None:
    with pytest.raises(Invalid) as refused:
        read(content, DAY)
    assert told in refused.value.fields["file"][0]


def test_file__with_one_wrong_line__leaves_nothing_behind() -> None:
    content = file_of(("PAY-1", FEE), ("PAY-2", FEE)) + b"rusak\n"
    with pytest.raises(Invalid) as refused:
        tied(content)
    assert refused.value.fields["file"] == ["Baris 4: harus ada 4 kolom, bukan 1."]
    assert (BankFile.objects.count(), BankLine.objects.count(), differences()) == (0, 0, [])


# --- Comparing --------------------------------------------------------------------------------------------------------


def test_manager_ties_out_a_day__and_every_difference_is_found_once() -> None:
    paid("PAY-A")
    paid("PAY-B")
    paid("PAY-C", times=2)
    content = file_of(("PAY-A", FEE), ("PAY-B", FEE - 1), ("PAY-C", FEE), ("PAY-X", 1000))
    assert tied(content) == TieOut(matched=2, total=2 * FEE, found=3, resolved=0)
    assert differences() == [
        ("PAY-B", "amount", "open"),
        ("PAY-C-2", "ledger_only", "open"),
        ("PAY-X", "bank_only", "open"),
    ]
    event = Event.objects.get(kind="bank.tied_out")
    assert (event.data["matched"], event.data["found"]) == (2, 3)


def test_same_file_again__changes_nothing() -> None:
    paid("PAY-A")
    content = file_of(("PAY-A", FEE), ("PAY-X", 1000))
    tied(content)
    before = (BankFile.objects.count(), BankLine.objects.count(), differences(), Event.objects.count())
    assert tied(content) == TieOut(matched=1, total=FEE, found=0, resolved=0)
    assert (BankFile.objects.count(), BankLine.objects.count(), differences(), Event.objects.count()) == before


def test_bank_that_says_something_else_of_the_same_payment__is_not_believed() -> None:
    tied(file_of(("PAY-X", 1000)))
    with pytest.raises(Invalid) as refused:
        tied(file_of(("PAY-Y", 5), ("PAY-X", 2000)))
    assert refused.value.fields["file"] == ["Baris 3: referensi ini sudah tercatat dengan tanggal atau jumlah lain."]
    assert BankLine.objects.count() == 1


def test_payment_booked_by_the_bank_the_next_day__agrees_then_and_its_difference_is_over() -> None:
    paid("PAY-A")
    tied(file_of(("PAY-X", 1000)))
    assert ("PAY-A", "ledger_only", "open") in differences()
    tomorrow = clock.today() + timedelta(days=1)
    assert tied(file_of(("PAY-A", FEE), day=tomorrow), tomorrow).resolved == 1
    assert ("PAY-A", "ledger_only", "resolved") in differences()


def test_canary__is_never_missed_at_the_bank() -> None:
    paid("PAY-A")
    Bill.objects.get(gateway_ref="BILL-PAY-A")
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE workflows_ledgerentry SET lane = 'canary'")
        cursor.execute("SET session_replication_role = DEFAULT")
    tied(file_of(("PAY-X", 1000)))
    assert [one for one in differences() if one[1] == "ledger_only"] == []
    transaction.set_rollback(True)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE workflows_bankline SET amount = 1",
        "DELETE FROM workflows_bankline",
        "DELETE FROM workflows_bankfile",
        "DELETE FROM workflows_difference",
        "UPDATE workflows_difference SET state = 'closed'",
        "UPDATE workflows_difference SET state = 'closed', explanation = 'x', closed_by_id = owner_id",
    ],
)
def test_database__refuses_to_change_what_the_bank_said_or_to_close_alone(sql: str) -> None:
    tied(file_of(("PAY-X", 1000)))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


# --- Page, command, simulator -----------------------------------------------------------------------------------------


def posted(content: bytes, day: date) -> dict[str, Any]:
    parts = {"day_day": str(day.day), "day_month": str(day.month), "day_year": str(day.year)}
    return {**parts, "file": SimpleUploadedFile("bank.csv", content, "text/csv")}


def test_manager_hands_in_a_file_and_two_people_settle_the_difference() -> None:
    first, second = browser(staff("manager")), browser(staff("administrator"))
    shown = text_of(first.post(PAGE, posted(file_of(("PAY-X", 1000)), clock.today()), follow=True))
    assert "1 selisih baru" in shown
    one = Difference.objects.get()
    address = f"{PAGE}{one.pk}/"
    assert address in shown
    assert first.post(address, {"do": "close"}).status_code == 409
    assert first.post(address, {"do": "explain", "explanation": " "}).status_code == 422
    first.post(address, {"do": "explain", "explanation": "Salah kirim oleh bank"})
    assert "harus dari orang lain" in text_of(first.get(address))
    assert first.post(address, {"do": "close"}).status_code == 403
    second.post(address, {"do": "close"})
    one.refresh_from_db()
    assert (one.state, one.explanation) == ("closed", "Salah kirim oleh bank")
    assert one.reference not in text_of(first.get(PAGE))


def test_manager__whose_file_is_wrong__reads_the_lines_and_keeps_the_day() -> None:
    answer = browser(staff("manager")).post(PAGE, posted(file_of(("PAY-X", 0)), clock.today()))
    shown = text_of(answer)
    assert answer.status_code == 422
    assert "Baris 2" in shown
    assert f'value="{clock.today().year}"' in shown


@pytest.mark.parametrize(("role", "agency"), [("clerk", "DPMPTSP"), ("approver", "DPMPTSP"), ("manager", "DINKES")])
def test_nobody_else__sees_the_books(role: str, agency: str) -> None:
    assert browser(staff(role, agency)).get(PAGE).status_code == 403


def test_list_of_differences__costs_the_same_for_one_and_many(django_assert_max_num_queries: Any) -> None:
    tied(file_of(*((f"PAY-{number}", 1000) for number in range(40))))
    tab = browser(staff("manager"))
    with django_assert_max_num_queries(9):  # session, user, bonds, roles, notices, list, last day, books
        tab.get(PAGE)


def test_operator__ties_out_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paid("PAY-A")
    path, user = tmp_path / "bank.csv", staff("manager")
    path.write_bytes(file_of(("PAY-A", FEE)))
    call_command("tie_out", str(path), "--day", clock.today().isoformat(), "--by", user.email)
    assert "matched 1 (Rp 200000)" in capsys.readouterr().out
    path.write_bytes(b"rusak")
    with pytest.raises(CommandError, match="Nothing was taken"):
        call_command("tie_out", str(path), "--day", clock.today().isoformat(), "--by", user.email)


def test_simulator__prints_a_file_that_the_mall_can_read(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal.jsonl")
    bill = journal.make("ref", FEE, (clock.now() + timedelta(days=1)).isoformat(), "MPP-2026-000001")
    journal.pay(bill, FEE, clock.now().isoformat())
    journal.pay(bill, FEE, (clock.now() - timedelta(days=2)).isoformat())
    today = clock.today()
    lines = read(bank_file(today, journal.paid_on(today)).encode(), today)
    assert [line.amount for line in lines] == [FEE]
