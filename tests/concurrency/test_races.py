"""Sixteen threads at one moment on real PostgreSQL: one winner, a clear no for the others, nothing half done."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from agencies import clock
from agencies.errors import Conflict, MallError, Refused
from agencies.ids import new_id
from agencies.models import Role
from tests.engine import ADVISED, CHECKED, DECIDED, TestCast, fresh, played
from workflows.actors import Actor
from workflows.cases import services
from workflows.cases.advice import Recommendation
from workflows.cases.models import Case
from workflows.charges import services as charges
from workflows.charges.models import Payment
from workflows.invariants.check import offenders
from workflows.permits.models import Permit

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 16


def race(moves: Sequence[Callable[[], object]]) -> tuple[int, list[MallError]]:
    """Release all moves at once: how many went through, and what the others were told."""
    barrier = threading.Barrier(len(moves))

    def run(move: Callable[[], object]) -> MallError | None:
        try:
            barrier.wait(timeout=30)
            move()
        except MallError as error:
            return error
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(len(moves)) as pool:
        told = list(pool.map(run, moves))
    losers = [error for error in told if error]
    return len(told) - len(losers), losers


def all_is_well() -> None:
    assert [f"{one.rule}: {one.why}" for one in offenders()] == []


def test_sixteen_approvers_at_once_give_one_decision() -> None:
    cast = TestCast()
    script = played("DPMPTSP-SIP-DOKTER", *ADVISED, cast=cast)
    actors = [cast.player(Role.APPROVER, "DPMPTSP", n) for n in range(THREADS)]
    won, lost = race([lambda by=by: services.approve(case_id=script.case_id, by=by, reason="Lengkap") for by in actors])
    assert won == 1
    assert all(isinstance(error, Conflict) for error in lost)
    assert fresh(script.case_id).decisions.count() == 1
    all_is_well()


def test_one_person_submitting_sixteen_times_with_one_key_gives_one_receipt() -> None:
    script = played("DPMPTSP-SIP-DOKTER", "open", "answer", "attach")
    key = new_id()
    won, _lost = race([lambda: services.submit(case_id=script.case_id, by=script.who.actor, key=key)] * THREADS)
    assert won == THREADS
    assert fresh(script.case_id).reference
    all_is_well()


def test_one_person_submitting_with_sixteen_keys_wins_once() -> None:
    script = played("DPMPTSP-SIP-DOKTER", "open", "answer", "attach")
    won, lost = race([lambda: services.submit(case_id=script.case_id, by=script.who.actor, key=new_id())] * THREADS)
    assert won == 1
    assert all(isinstance(error, Conflict) for error in lost)
    all_is_well()


def test_the_last_two_recommenders_at_once_pass_the_case_on_once() -> None:
    cast = TestCast()
    script = played("DPMPTSP-TDU-PKL", *CHECKED, cast=cast)
    asked = list(Recommendation.objects.filter(case_id=script.case_id))
    assert len(asked) >= 2
    for advice in asked:
        script._visit(advice.agency_id)
    moves = [
        lambda advice=advice, n=n: services.give_recommendation(
            recommendation_id=advice.pk,
            by=cast.player(Role.OFFICER, advice.agency_id, 3 + n),
            verdict="favourable",
            reason="Sesuai",
            legal_basis="UU",
        )
        for n in range(THREADS // len(asked))
        for advice in asked
    ]
    won, lost = race(moves)
    assert won == len(asked)
    assert all(isinstance(error, Conflict) for error in lost)
    assert fresh(script.case_id).state == "awaiting_decision"
    all_is_well()


def test_withdrawing_and_approving_at_once_leave_one_of_the_two() -> None:
    cast = TestCast()
    script = played("DPMPTSP-SIP-DOKTER", *ADVISED, cast=cast)
    by = cast.player(Role.APPROVER, "DPMPTSP")
    moves: list[Callable[[], object]] = [
        lambda: services.approve(case_id=script.case_id, by=by, reason="Lengkap"),
        lambda: services.withdraw(case_id=script.case_id, by=script.who.actor),
    ] * (THREADS // 2)
    won, lost = race(moves)
    assert won == 1
    assert all(isinstance(error, Conflict) for error in lost)
    assert fresh(script.case_id).state in ("approved", "withdrawn")
    all_is_well()


def test_sixteen_different_payments_of_one_bill_settle_once_and_open_refunds() -> None:
    script = played("DPMPTSP-REKLAME-TETAP", *DECIDED)
    charge = fresh(script.case_id).charge
    by = Actor.gateway("test")
    charges.issue_bill(
        charge_id=charge.pk,
        by=by,
        gateway="test",
        gateway_ref="b1",
        pay_code="1",
        pay_url="",
        expires_at=clock.now() + timedelta(days=1),
    )

    def pay(ref: str) -> Callable[[], object]:
        return lambda: charges.take_payment(
            by=by, gateway="test", gateway_ref="b1", payment_ref=ref, amount=charge.amount, paid_at=clock.now()
        )

    won, _lost = race([pay(f"p{n}") for n in range(THREADS)])
    assert won == THREADS
    assert Payment.objects.filter(status="accepted").count() == 1
    assert Payment.objects.filter(status="double", refund__isnull=False).count() == THREADS - 1
    assert fresh(script.case_id).state == "approved"
    all_is_well()


def test_the_same_payment_told_sixteen_times_counts_once() -> None:
    script = played("DPMPTSP-REKLAME-TETAP", *DECIDED)
    charge = fresh(script.case_id).charge
    by = Actor.gateway("test")
    charges.issue_bill(
        charge_id=charge.pk,
        by=by,
        gateway="test",
        gateway_ref="b1",
        pay_code="1",
        pay_url="",
        expires_at=clock.now() + timedelta(days=1),
    )
    tell = lambda: charges.take_payment(  # noqa: E731
        by=by, gateway="test", gateway_ref="b1", payment_ref="p1", amount=charge.amount, paid_at=clock.now()
    )
    won, _lost = race([tell] * THREADS)
    assert won == THREADS
    assert Payment.objects.count() == 1
    all_is_well()


def test_sixteen_cases_approved_at_once_take_consecutive_numbers() -> None:
    cast = TestCast()
    scripts = [played("DPMPTSP-SIP-DOKTER", *ADVISED, cast=cast) for _n in range(THREADS)]
    by = cast.player(Role.APPROVER, "DPMPTSP")
    won, lost = race([lambda s=s: services.approve(case_id=s.case_id, by=by, reason="Lengkap") for s in scripts])
    assert (won, lost) == (THREADS, [])
    assert sorted(Permit.objects.values_list("seq", flat=True)) == list(range(1, THREADS + 1))
    all_is_well()


def test_one_person_cannot_take_two_duties_at_once() -> None:
    cast = TestCast()
    script = played("DPMPTSP-SIP-DOKTER", "open", "answer", "attach", "submit", cast=cast)
    both = Actor.of(cast.user(Role.VERIFIER, "DPMPTSP"))
    script.verify()
    advice = Recommendation.objects.get(case_id=script.case_id)
    two_hats = Actor(both.kind, user_id=both.user_id, memberships=frozenset({(Role.OFFICER, advice.agency_id)}))
    with pytest.raises(Refused):
        services.give_recommendation(
            recommendation_id=advice.pk,
            by=two_hats,
            verdict="favourable",
            reason="Ya",
            legal_basis="UU",
        )
    all_is_well()


def test_the_same_draft_begun_sixteen_times_at_once_is_one_draft() -> None:
    script = played("DPMPTSP-SIP-DOKTER")
    key = new_id()
    begin = lambda: services.open_draft(  # noqa: E731
        by=script.who.actor, service_code="DPMPTSP-SIP-DOKTER", applicant_id=script.who.person_id, key=key
    )
    won, _lost = race([begin] * THREADS)
    assert won == THREADS
    assert Case.objects.filter(draft_key=key).count() == 1
    all_is_well()
