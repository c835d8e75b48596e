"""From a charge to a bill and to money: with a gateway that works, one that is silent, and one that loses its word."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from agencies import clock
from agencies.errors import Unavailable
from agencies.models import Lane
from mall.payments import services
from mall.payments.drivers.simulator import Simulator
from mall.payments.simulator.server import Gateway
from tests.engine import CHECKED
from tests.factories import make_person, make_user
from tests.messages import PAID, script_of
from tests.payments import awaiting_payment, billed, gateway, money, post, word_of
from tests.threads import at_once
from workflows.cases import services as cases
from workflows.charges.models import Bill
from workflows.trail import relay
from workflows.trail.models import OutboxRow

pytestmark = pytest.mark.django_db
SOON = timedelta(minutes=3)


@pytest.fixture
def simulator(tmp_path: Path, settings: Settings) -> Iterator[Gateway]:
    """A gateway that makes bills and tells nobody of payments."""
    with gateway(tmp_path) as server:
        settings.MALL_GATEWAY_URL = f"http://127.0.0.1:{server.server_port}"
        yield server


def later(moment: timedelta) -> time_machine.travel:
    """So much later."""
    return time_machine.travel(clock.now() + moment)


def test_approval_with_a_fee_brings_a_bill(simulator: Gateway) -> None:
    case = awaiting_payment().case()
    relay.drain("default")
    bill = Bill.objects.get(charge__case=case)
    made = simulator.journal.by_code(bill.pay_code)
    assert made
    assert (made.amount, made.reference, made.description) == (case.charge.amount, str(case.charge.pk), case.reference)
    assert bill.expires_at == case.applicant_due_at
    assert bill.pay_url.endswith(f"/bayar/{bill.pay_code}")


def test_charge_is_billed_once_however_often_it_is_asked_for(simulator: Gateway) -> None:
    charge = awaiting_payment().case().charge
    bills = {services.bill(charge.pk) for _again in range(5)}
    assert len(bills) == 1
    assert len(simulator.journal.latest()) == 1
    again = Simulator().create_bill(str(charge.pk), charge.amount, clock.now(), "")
    assert {again.gateway_ref} == {bill.gateway_ref for bill in bills if bill}


def test_gateway_never_makes_a_second_bill_of_another_amount(simulator: Gateway) -> None:
    charge = awaiting_payment().case().charge
    services.bill(charge.pk)
    with pytest.raises(Unavailable):
        Simulator().create_bill(str(charge.pk), charge.amount + 1, clock.now(), "")
    assert len(simulator.journal.latest()) == 1


def test_gateway_is_down_and_the_outbox_asks_again(tmp_path: Path, settings: Settings) -> None:
    case = awaiting_payment().case()
    relay.drain("default")
    row = OutboxRow.objects.get(consumer="payments.bill")
    assert (row.state, row.attempts, row.last_error) == ("pending", 1, "agencies.errors.Unavailable")
    with gateway(tmp_path) as server, later(timedelta(seconds=5)):
        settings.MALL_GATEWAY_URL = f"http://127.0.0.1:{server.server_port}"
        relay.drain("default")
    assert OutboxRow.objects.get(pk=row.pk).state == "done"
    assert Bill.objects.filter(charge__case=case).count() == 1


def test_gateway_was_down_too_long_and_the_reconciler_makes_the_bill(simulator: Gateway) -> None:
    case = awaiting_payment().case()
    OutboxRow.objects.filter(consumer="payments.bill").update(state="failed")
    assert services.reconcile()["billed"] == 0
    with later(SOON):
        assert services.reconcile() == {"billed": 1, "found": 0}
        assert services.reconcile()["billed"] == 0
    assert Bill.objects.get(charge__case=case).amount == case.charge.amount


def test_silent_gateway_does_not_break_the_reconciler() -> None:
    awaiting_payment()
    with later(SOON):
        assert services.reconcile() == {"billed": 0, "found": 0}


def test_withdrawn_case_is_not_billed(simulator: Gateway) -> None:
    script = awaiting_payment()
    cases.withdraw(case_id=script.case_id, by=script.who.actor)
    relay.drain("default")
    with later(SOON):
        services.reconcile()
    assert simulator.journal.latest() == []
    assert not Bill.objects.exists()


def test_canary_is_never_billed_at_a_gateway(simulator: Gateway) -> None:
    script = script_of(make_person(user=make_user(), lane=Lane.CANARY), PAID)
    for part in (*CHECKED, "recommend", "inspect", "decide"):
        script.play(getattr(script, part))
    relay.drain("default")
    with later(SOON):
        services.reconcile()
    assert simulator.journal.latest() == []
    assert OutboxRow.objects.get(consumer="payments.bill").state == "done"
    script.play(script.pay)
    assert script.case().state in ("approved", "issued")


def test_notice_is_lost_and_the_reconciler_finds_the_money(simulator: Gateway) -> None:
    case = awaiting_payment().case()
    services.bill(case.charge.pk)
    [made] = simulator.journal.latest()
    simulator.journal.pay(made, made.amount, clock.now().isoformat(), silent=True)
    assert services.reconcile()["found"] == 0
    with later(SOON):
        assert services.reconcile()["found"] == 1
        assert services.reconcile()["found"] == 0
    state, payments, refunds = money(case)
    assert state in ("approved", "issued")
    assert (payments, refunds) == ([("accepted", made.amount)], 0)


def test_second_payment_whose_notice_is_lost_is_found_and_goes_back(simulator: Gateway) -> None:
    case = awaiting_payment().case()
    services.bill(case.charge.pk)
    [made] = simulator.journal.latest()
    for _twice in range(2):
        simulator.journal.pay(made, made.amount, clock.now().isoformat(), silent=True)
    with later(SOON):
        assert services.reconcile()["found"] == 2
    assert (money(case)[1:]) == ([("accepted", made.amount), ("double", made.amount)], 1)


def test_wrong_sum_found_at_the_gateway_is_not_taken(simulator: Gateway) -> None:
    case = awaiting_payment().case()
    services.bill(case.charge.pk)
    [made] = simulator.journal.latest()
    simulator.journal.pay(made, made.amount - 1, clock.now().isoformat(), silent=True)
    with later(SOON):
        assert services.reconcile()["found"] == 0
    assert money(case) == ("awaiting_payment", [], 0)


def test_gateway_that_talks_nonsense_counts_as_silent(simulator: Gateway, settings: Settings) -> None:
    """Another key: the simulator answers 401, which is no bill."""
    charge = awaiting_payment().case().charge
    settings.MALL_GATEWAY_KEY = settings.MALL_INDEX_KEY
    with pytest.raises(Unavailable):
        services.bill(charge.pk)
    with pytest.raises(Unavailable):
        Simulator().payments_of("SIM-1")
    assert not Bill.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_eight_workers_bill_one_charge_at_once_and_one_bill_stands(simulator: Gateway) -> None:
    charge = awaiting_payment().case().charge
    at_once(lambda: services.bill(charge.pk))
    assert len(simulator.journal.latest()) == 1
    assert Bill.objects.get().charge_id == charge.pk


@pytest.mark.django_db(transaction=True)
def test_one_word_told_eight_times_at_once_is_one_payment() -> None:
    case = awaiting_payment().case()
    word = word_of(billed(case))
    answers: list[int] = []
    at_once(lambda: answers.append(post(Client(), word).status_code))
    assert answers == [200] * 8
    assert money(case)[1:] == ([("accepted", word["amount"])], 0)


@pytest.mark.django_db(transaction=True)
def test_eight_payments_at_once_are_one_accepted_and_seven_to_give_back() -> None:
    case = awaiting_payment().case()
    bill = billed(case)
    numbers = iter(range(8))
    at_once(lambda: post(Client(), word_of(bill, payment=f"PAY-{next(numbers)}")))
    _state, payments, refunds = money(case)
    assert sorted(status for status, _amount in payments) == ["accepted"] + ["double"] * 7
    assert refunds == 7


@pytest.mark.django_db(transaction=True)
def test_eight_reconcilers_at_once_find_the_money_once(simulator: Gateway) -> None:
    case = awaiting_payment().case()
    services.bill(case.charge.pk)
    [made] = simulator.journal.latest()
    simulator.journal.pay(made, made.amount, clock.now().isoformat(), silent=True)
    with later(SOON):
        at_once(services.reconcile)
    assert money(case)[1:] == ([("accepted", made.amount)], 0)
