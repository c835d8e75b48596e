"""Promises whose workers die, hang or choke: the others are kept, and a hopeless one reaches a human (F-02, F-11)."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from agencies import clock
from agencies.ids import new_id
from workflows.actors import Actor
from workflows.trail import registry, relay
from workflows.trail.models import OutboxRow, OutboxState
from workflows.trail.registry import Consumer, Delivered
from workflows.trail.services import record

pytestmark = pytest.mark.django_db
KIND, QUEUE = "storm.tried", "storm"
Hear = Callable[[Delivered], None]


@pytest.fixture
def heard() -> Iterator[list[Delivered]]:
    """What a consumer of its own queue has heard; replace its `handle` by `hearing`."""
    told: list[Delivered] = []
    hearing(told.append)
    yield told
    registry.unregister("storm")


def hearing(handle: Hear) -> None:
    """From now on this is the consumer."""
    registry.register(Consumer("storm", frozenset({KIND}), handle, queue=QUEUE))


def promised(number: int) -> list[OutboxRow]:
    """So many promises, the oldest first."""
    for _one in range(number):
        record(subject_kind="storm", subject_id=new_id(), kind=KIND, by=Actor.system("storm"))
    return list(OutboxRow.objects.filter(consumer="storm").order_by("id"))


def expired() -> None:
    """Every lease has ended."""
    OutboxRow.objects.filter(leased_until__isnull=False).update(leased_until=clock.now() - timedelta(seconds=1))


def state_of(row: OutboxRow) -> str:
    return str(OutboxRow.objects.values_list("state", flat=True).get(pk=row.pk))


def test_dead_worker_holds_one_promise_and_only_for_a_lease(heard: list[Delivered]) -> None:
    first, *others = promised(20)
    assert relay._lease(["storm"]) is not None  # and dies
    assert relay.drain(QUEUE) == len(others)
    assert (state_of(first), {state_of(row) for row in others}) == ("pending", {"done"})
    expired()
    assert relay.drain(QUEUE) == 1
    assert state_of(first) == "done"
    assert heard[-1].attempt == 2


def test_promise_that_kills_every_worker_is_given_to_a_human(heard: list[Delivered]) -> None:
    deadly, other = promised(2)
    for _death in range(relay.MAX_ATTEMPTS):
        assert relay._lease(["storm"]) is not None
        expired()
    assert relay.drain(QUEUE) == 2
    assert [delivered.outbox_id for delivered in heard] == [other.pk]
    row = OutboxRow.objects.get(pk=deadly.pk)
    assert (row.state, row.last_error, row.leased_until) == (OutboxState.FAILED, relay.WORKER_DIED, None)
    assert relay.retry_failed(str(deadly.pk))
    assert relay.drain(QUEUE) == 1
    assert state_of(deadly) == "done"


def test_promise_about_an_event_that_is_gone_stops_nobody(heard: list[Delivered]) -> None:
    orphan, other = promised(2)
    OutboxRow.objects.filter(pk=orphan.pk).update(event_id=new_id())
    assert relay.drain(QUEUE) == 2
    assert [delivered.outbox_id for delivered in heard] == [other.pk]
    assert OutboxRow.objects.get(pk=orphan.pk).last_error == relay.EVENT_GONE


def test_worker_that_outslept_its_lease_cannot_undo_what_another_did(heard: list[Delivered]) -> None:
    (row,) = promised(1)

    def sleep_and_fail(delivered: Delivered) -> None:
        expired()
        hearing(heard.append)
        assert relay.drain(QUEUE) == 1, "another worker takes it meanwhile"
        raise TimeoutError

    hearing(sleep_and_fail)
    assert relay.drain(QUEUE) == 1
    assert state_of(row) == "done"
    assert OutboxRow.objects.get(pk=row.pk).last_error == ""


def test_worker_that_outslept_its_lease_does_not_take_it_from_another(heard: list[Delivered]) -> None:
    (row,) = promised(1)

    def sleep_and_fail(delivered: Delivered) -> None:
        expired()
        assert relay._lease(["storm"]) is not None, "another worker has it now"
        raise TimeoutError

    hearing(sleep_and_fail)
    assert relay.drain(QUEUE) == 1
    held = OutboxRow.objects.get(pk=row.pk)
    assert held.leased_until is not None
    assert held.leased_until > clock.now()


def test_failing_promise_is_tried_ten_times_and_then_given_to_a_human(heard: list[Delivered]) -> None:
    (row,) = promised(1)

    def fail(delivered: Delivered) -> None:
        heard.append(delivered)
        raise ValueError("3510165605900007")

    hearing(fail)
    moment = clock.now()
    for _attempt in range(relay.MAX_ATTEMPTS + 3):
        with clock.pretend(moment):
            relay.drain(QUEUE)
        moment += relay.LONGEST_WAIT
    assert [delivered.attempt for delivered in heard] == list(range(1, relay.MAX_ATTEMPTS + 1))
    given = OutboxRow.objects.get(pk=row.pk)
    assert (given.state, given.last_error) == (OutboxState.FAILED, "builtins.ValueError")
