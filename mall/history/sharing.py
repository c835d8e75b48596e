"""The blocks of a history, written by several processes at once.

They are forked, so that all see the same world without making it again. None of them speaks to the database: they hand
their batches to the one that loads. They sit in a ring and take the blocks in turn, and where the numbers stand goes
round with the turn, so that every case is given the numbers that one process alone would give it.
"""

import gc
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from itertools import chain
from multiprocessing.connection import Connection
from typing import Any

from mall.history.plan import Batch, Block
from mall.history.series import Counters

Turn = AbstractContextManager[Counters]
"""Begins when every block before has its numbers; the block after it waits for its end."""
Writing = Callable[[Block, Turn], Batch]
_Pipe = tuple[Connection, Connection]
"""Where it comes out, where it goes in."""
_FORK = multiprocessing.get_context("fork")


def written(blocks: Sequence[Block], counters: Counters, write: Writing, hands: int) -> Iterator[Batch]:
    """The batches of all blocks, in their order; `write` writes one. By this process where `hands` is 1.

    Raises:
        RuntimeError: a process ended before its work did.
    """
    if hands == 1:
        for block in blocks:
            yield write(block, nullcontext(counters))
        return
    with ExitStack() as stack:
        ring, sent = _pipes(hands, stack), _pipes(hands, stack)
        pool = stack.enter_context(ThreadPoolExecutor(hands))
        _begin(_Work(blocks, counters, write), ring, sent, stack)
        yield from _collected([out for out, _into in sent], len(blocks), pool)


def _pipes(many: int, stack: ExitStack) -> list[_Pipe]:
    pipes = [_FORK.Pipe(duplex=False) for _one in range(many)]
    for end in chain.from_iterable(pipes):
        stack.enter_context(end)
    return pipes


@dataclass(frozen=True, slots=True)
class _Work:
    """What is to be done, the same for every hand."""

    blocks: Sequence[Block]
    counters: Counters
    write: Writing

    def done_by(self, hand: int, hands: int, before: Connection, after: Connection, into: Connection) -> None:
        """Write and send every block of this hand."""
        for block in self.blocks[hand::hands]:
            into.send(self.write(block, self._turn(block.year, before, after)))

    @contextmanager
    def _turn(self, year: int, before: Connection, after: Connection) -> Iterator[Counters]:
        self.counters.learn(before.recv())
        yield self.counters
        after.send(self.counters.of(year))


def _begin(work: _Work, ring: Sequence[_Pipe], sent: Sequence[_Pipe], stack: ExitStack) -> None:
    """Start processes that do the work and end with the stack."""
    for hand in range(len(ring)):
        process = _FORK.Process(target=_run, args=(work, hand, ring, sent), daemon=True)
        process.start()
        stack.callback(process.join)
        stack.callback(process.terminate)
    ring[0][1].send([])
    for _out, into in (*ring, *sent):
        into.close()


def _run(work: _Work, hand: int, ring: Sequence[_Pipe], sent: Sequence[_Pipe]) -> None:
    """One process. It closes what is not its own: else nobody would notice that another one, or the reader, is gone."""
    gc.disable()  # a life holds no circle to be looked for
    before, after, into = ring[hand][0], ring[(hand + 1) % len(ring)][1], sent[hand][1]
    for end in chain.from_iterable((*ring, *sent)):
        if end not in (before, after, into):
            end.close()
    work.done_by(hand, len(ring), before, after, into)


def _collected(outs: Sequence[Connection], blocks: int, pool: ThreadPoolExecutor) -> Iterator[Batch]:
    """The batches in turn. What each hand has ready is fetched while a batch of another one is loaded."""
    fetched: list[Future[Any]] = [pool.submit(out.recv) for out in outs]
    for place in range(blocks):
        hand = place % len(outs)
        try:
            batch: Batch = fetched[hand].result()
        except EOFError:
            raise RuntimeError("a process that writes the history ended too early") from None
        fetched[hand] = pool.submit(outs[hand].recv)
        yield batch
