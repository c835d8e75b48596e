"""The books: both sides of every rupiah, in the transaction that moved it, and never changed."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Sum

from agencies import clock
from agencies.errors import Conflict
from agencies.ids import new_id
from agencies.models import Role
from tests.engine import ADVISED, DECIDED, EngineScript, TestCast, played
from workflows.actors import Actor
from workflows.cases import services
from workflows.cases.models import Case
from workflows.charges import services as charges
from workflows.charges.books import Account, LedgerEntry, Occasion
from workflows.charges.models import Bill, Charge, Payment, RefundTask
from workflows.charges.receipts import Receipt
from workflows.charges.refunds import REFUND_DAYS
from workflows.clock import sweep
from workflows.clock.due import Terms
from workflows.definition.models import ServiceVersion
from workflows.definition.services import publish_version
from workflows.invariants.check import offenders

pytestmark = pytest.mark.django_db

GRAVE = "DPMPTSP-MAKAM-PINDAH"
FEE = 200_000
GATEWAY = Actor.gateway("test")


def balances(case_id: UUID) -> dict[str, int]:
    """By account what was debited more than credited; accounts that are even are left out."""
    rows = LedgerEntry.objects.filter(case_id=case_id).values_list("account").annotate(Sum("debit"), Sum("credit"))
    return {account: debit - credit for account, debit, credit in rows if debit != credit}


def owed() -> EngineScript:
    """A case that waits for its fee."""
    return played(GRAVE, *DECIDED)


def bill_of(script: EngineScript) -> Bill:
    return charges.issue_bill(
        charge_id=Charge.objects.get(case_id=script.case_id).pk,
        by=GATEWAY,
        gateway="test",
        gateway_ref=f"B-{script.case_id}",
        pay_code="1",
        pay_url="",
        expires_at=clock.now() + timedelta(days=1),
    )


def pay(bill: Bill, ref: str = "P-1", **said: Any) -> Payment:
    words = {"amount": bill.amount, "paid_at": clock.now()} | said
    return charges.take_payment(
        by=GATEWAY, gateway="test", gateway_ref=bill.gateway_ref, payment_ref=f"{ref}-{bill.pk}"[-60:], **words
    )


def test_fee_when_assessed__is_owed_and_earned() -> None:
    assert balances(owed().case_id) == {Account.RECEIVABLE: FEE, Account.REVENUE: -FEE}


def test_fee_when_paid__lies_in_the_treasury() -> None:
    script = owed()
    pay(bill_of(script))
    assert balances(script.case_id) == {Account.TREASURY: FEE, Account.REVENUE: -FEE}


def test_same_payment_twice__is_booked_and_receipted_once() -> None:
    bill = bill_of(owed())
    assert pay(bill).pk == pay(bill).pk
    assert LedgerEntry.objects.filter(occasion=Occasion.PAID, charge=bill.charge_id).count() == 2
    assert Receipt.objects.filter(payment__bill=bill).count() == 1


def test_payment_under_a_known_reference_of_another_bill__is_refused() -> None:
    first, second = bill_of(owed()), bill_of(owed())
    taken = pay(first)
    with pytest.raises(Conflict):
        charges.take_payment(
            by=GATEWAY,
            gateway="test",
            gateway_ref=second.gateway_ref,
            payment_ref=taken.payment_ref,
            amount=second.amount,
            paid_at=clock.now(),
        )


@pytest.mark.parametrize("how", ["withdrawn", "lapsed"])
def test_fee_of_a_case_that_ends_without_it__is_owed_no_more(how: str) -> None:
    script = owed()
    if how == "withdrawn":
        services.withdraw(case_id=script.case_id, by=script.who.actor)
    else:
        with clock.pretend(clock.now() + timedelta(days=120)):
            sweep.lapse(script.case_id)
    assert balances(script.case_id) == {}


def test_payment_after_the_end__waits_in_suspense_and_goes_back_through_two_hands() -> None:
    cast = TestCast()
    script = played(GRAVE, *DECIDED, cast=cast)
    bill = bill_of(script)
    services.withdraw(case_id=script.case_id, by=script.who.actor)
    late = pay(bill)
    assert balances(script.case_id) == {Account.TREASURY: FEE, Account.SUSPENSE: -FEE}
    assert not hasattr(late, "receipt")

    task = RefundTask.objects.get(payment=late)
    first, second = cast.player(Role.MANAGER, "DPMPTSP"), cast.player(Role.ADMINISTRATOR, "DPMPTSP")
    charges.request_refund(task_id=task.pk, by=first, reason="Terlambat")
    assert balances(script.case_id) == {Account.TREASURY: FEE, Account.REFUNDS: -FEE}
    charges.confirm_refund(task_id=task.pk, by=second)
    assert balances(script.case_id) == {}


def test_refund__has_a_day_until_which_the_money_must_be_back() -> None:
    bill = bill_of(owed())
    pay(bill)
    task = RefundTask.objects.get(payment=pay(bill, "P-2"))
    assert task.due_at == Terms.at("MPP", task.opened_at).resume(task.opened_at, REFUND_DAYS)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE workflows_refundtask SET state = 'done'",
        "UPDATE workflows_refundtask SET state = 'requested'",
        "DELETE FROM workflows_refundtask",
        "UPDATE workflows_ledgerentry SET debit = debit + 1 WHERE debit > 0",
        "DELETE FROM workflows_ledgerentry",
        "TRUNCATE workflows_ledgerentry",
        "UPDATE workflows_receipt SET number = 'KW-1'",
        "DELETE FROM workflows_receipt",
        "UPDATE workflows_charge SET lines = '[]', law = 'x'",
        "DELETE FROM workflows_payment",
    ],
)
def test_database__refuses_to_change_what_was_booked(sql: str) -> None:
    bill = bill_of(owed())
    pay(bill)
    pay(bill, "P-2")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize(("debit", "credit"), [(100, 90), (100, None)])
def test_database__refuses_a_transaction_that_does_not_balance(debit: int, credit: int | None) -> None:
    charge = Charge.objects.get(case_id=owed().case_id)
    case = Case.objects.get(pk=charge.case_id)
    told: dict[str, Any] = {"transaction": new_id(), "occasion": Occasion.PAID, "agency_id": case.agency_id}
    told |= {"case": case, "charge": charge, "at": clock.now()}
    LedgerEntry.objects.create(**told, account=Account.TREASURY, debit=debit)
    if credit:
        LedgerEntry.objects.create(**told, account=Account.RECEIVABLE, credit=credit)
    with pytest.raises(IntegrityError, match="does not balance"):
        connection.check_constraints()
    transaction.set_rollback(True)


def test_receipts__count_without_a_gap_and_only_accepted_payments() -> None:
    first, second = bill_of(owed()), bill_of(owed())
    pay(first)
    with pytest.raises(Conflict):
        pay(second, amount=FEE - 1)
    pay(first, "P-2")
    pay(second)
    numbers = list(Receipt.objects.order_by("seq").values_list("number", flat=True))
    assert numbers == [f"KW-{clock.today().year}-00000{seq}" for seq in (1, 2)]


def test_i9__holds_after_everything_that_money_can_do_and_finds_what_was_tampered_with() -> None:
    bill = bill_of(owed())
    pay(bill)
    pay(bill, "P-2")
    owed()
    assert [one for one in offenders() if one.rule.startswith("I-9")] == []
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE workflows_ledgerentry SET debit = debit - 1 WHERE account = 'treasury' AND debit > 0")
        cursor.execute("DELETE FROM workflows_receipt")
        cursor.execute("SET session_replication_role = DEFAULT")
    told = {one.why for one in offenders() if one.rule.startswith("I-9")}
    assert "a transaction that does not balance" in told
    assert "the treasury does not hold what the payments brought" in told
    assert "accepted without a receipt, or receipted without being accepted" in told
    transaction.set_rollback(True)


# --- Population documents ---------------------------------------------------------------------------------------------


def test_m19_database_refuses_a_population_document_with_a_fee() -> None:
    version = ServiceVersion.objects.get(service="DUKCAPIL-KIA", state="published")
    body = {**version.body, "fee": {"kind": "fixed", "amount": 5000, "law": "Perda Kab. Banyuwangi 1/2024"}}
    with pytest.raises(IntegrityError, match="population_is_free"), transaction.atomic():
        ServiceVersion(service_id=version.service_id, number=99, body=body).save()
    sql = (
        "INSERT INTO workflows_serviceversion (id, service_id, number, body, digest, state, note) "
        "SELECT gen_random_uuid(), service_id, 98, jsonb_set(body, '{fee}', %s), repeat('0', 64), 'draft', '' "
        "FROM workflows_serviceversion WHERE id = %s"
    )
    for fee in ('{"kind": "fixed", "amount": 1}', '{"kind": "formula", "lines": []}', '{"kind": "external"}'):
        with (
            pytest.raises(IntegrityError, match="population_is_free"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql, [fee, version.pk])


def test_m19_database_refuses_a_charge_for_a_population_document() -> None:
    script = played("DUKCAPIL-KIA", "open", "answer", "attach", "submit")
    sql = (
        "INSERT INTO workflows_charge (id, case_id, amount, lines, law, state, assessed_at) "
        "VALUES (gen_random_uuid(), %s, 1, '[]', 'x', 'assessed', now())"
    )
    with pytest.raises(IntegrityError, match="79A"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [script.case_id])


def test_m19_every_shipped_service_of_the_civil_registry_is_a_population_document() -> None:
    bodies = ServiceVersion.objects.filter(service__agency="DUKCAPIL", state="published").values_list("body", flat=True)
    assert len(bodies) == 17
    assert all(body["population_document"] is True and body["fee"]["kind"] == "free" for body in bodies)


# --- The fee of a case ------------------------------------------------------------------------------------------------


def test_m03_fee_of_a_case_is_that_of_its_version_after_the_service_is_edited() -> None:
    script = played(GRAVE, *ADVISED)
    version = ServiceVersion.objects.get(service=GRAVE, state="published")
    dearer = {**version.body, "fee": {**version.body["fee"], "amount": FEE * 2}}
    dearer["term"] = {**dearer["term"], "working_days": dearer["term"]["working_days"] + 9}
    before = Case.objects.get(pk=script.case_id)
    administrator = script.cast.player(Role.ADMINISTRATOR, "DPMPTSP")
    publish_version(GRAVE, dearer, by=administrator)
    script.play(script.decide)
    after = Case.objects.get(pk=script.case_id)
    charge = Charge.objects.get(case=after)
    assert (charge.amount, charge.law) == (FEE, version.definition.fee.law)
    assert after.service_version_id == before.service_version_id
    assert after.definition.term == before.definition.term
    assert balances(script.case_id)[Account.RECEIVABLE] == FEE
