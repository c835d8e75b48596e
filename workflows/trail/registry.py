"""Who reacts to what. Registered in `AppConfig.ready()`; the engine calls nothing above it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from workflows.trail.models import Event


@dataclass(frozen=True, slots=True)
class Delivered:
    """What a consumer gets. `outbox_id` is the key to be idempotent by."""

    outbox_id: UUID
    event: Event
    attempt: int


@dataclass(frozen=True, slots=True)
class Consumer:
    """`handle` is called at least once for each event whose kind is in `kinds`.

    It runs outside the transaction that made the event; raising asks for another attempt later.
    """

    name: str
    kinds: frozenset[str]
    handle: Callable[[Delivered], None]
    queue: str = "default"


@dataclass(frozen=True, slots=True)
class BatchConsumer:
    """`fold` is called with the ids of many due events, inside the transaction that marks their rows done.

    So what it writes to this database is written exactly once, however often its process dies. It must do nothing
    that a rollback does not take back. Nobody rings for it: beat drains it every second (`trail.fold`), so that
    a busy counter pays for its figures one row and nothing more.
    """

    name: str
    kinds: frozenset[str]
    fold: Callable[[Sequence[UUID]], None]


_consumers: dict[str, Consumer] = {}
_batches: dict[str, BatchConsumer] = {}


def register(consumer: Consumer) -> None:
    """Add a consumer; registering the same name again replaces it."""
    _consumers[consumer.name] = consumer


def register_batch(consumer: BatchConsumer) -> None:
    """Add a consumer of many events at once; registering the same name again replaces it."""
    _batches[consumer.name] = consumer


def unregister(name: str) -> None:
    """Forget a consumer of either kind."""
    _consumers.pop(name, None)
    _batches.pop(name, None)


def interested_in(kind: str) -> tuple[Consumer, ...]:
    """The consumers that want events of this kind."""
    return tuple(c for c in _consumers.values() if kind in c.kinds)


def folding(kind: str) -> tuple[str, ...]:
    """Names of the batch consumers that want events of this kind."""
    return tuple(c.name for c in _batches.values() if kind in c.kinds)


def batches() -> tuple[BatchConsumer, ...]:
    """Every consumer of many events at once."""
    return tuple(_batches.values())


def find(name: str) -> Consumer | None:
    """The consumer of that name, if it is installed."""
    return _consumers.get(name)


def names_in(queue: str) -> tuple[str, ...]:
    """The consumers that are served by this queue."""
    return tuple(c.name for c in _consumers.values() if c.queue == queue)


def queues() -> tuple[str, ...]:
    """Every queue that some consumer uses."""
    return tuple(sorted({c.queue for c in _consumers.values()}))
