"""The years of a history, written by several processes at once.

They are forked, so that all see the same world without making it again. None of them speaks to the database: they hand
their batches to the one that loads.
"""

import gc
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from multiprocessing.connection import Connection, wait

from mall.history.plan import Batch

Years = dict[int, list[int]]
Writing = Callable[[list[int], int], Iterator[Batch]]
_FORK = multiprocessing.get_context("fork")


def deal(years: Years, hands: int) -> list[Years]:
    """The years in as many hands, so that each has about the same to do."""
    dealt: list[Years] = [{} for _hand in range(hands)]
    for year in sorted(years, key=lambda one: -len(years[one])):
        least = min(dealt, key=lambda hand: sum(map(len, hand.values())))
        least[year] = years[year]
    return [hand for hand in dealt if hand]


def written(years: Years, write: Writing, hands: int) -> Iterator[Batch]:
    """The batches of all years, as they come; `write` writes one year. By this process where `hands` is 1.

    Raises:
        RuntimeError: a process ended before its work did.
    """
    if hands == 1:
        for year, cases in years.items():
            yield from write(cases, year)
        return
    with ExitStack() as stack:
        yield from _collected([_begun(share, write, stack) for share in deal(years, hands)])


def _begun(share: Years, write: Writing, stack: ExitStack) -> Connection:
    """A process that writes these years, ended with the stack; where its batches come out."""
    out, into = _FORK.Pipe(duplex=False)
    process = _FORK.Process(target=_work, args=(share, write, out, into), daemon=True)
    process.start()
    into.close()
    stack.callback(process.join)
    stack.callback(process.terminate)
    stack.callback(out.close)
    return out


def _work(share: Years, write: Writing, out: Connection, into: Connection) -> None:
    """Write and send; an end without the last word tells that something went wrong."""
    out.close()  # else nobody would notice that the reader is gone
    gc.disable()  # a life holds no circle to be looked for
    for year, cases in share.items():
        for batch in write(cases, year):
            into.send(batch)
    into.send(None)


def _collected(outs: Sequence[Connection]) -> Iterator[Batch]:
    """Batches of whoever has one."""
    working = list(outs)
    while working:
        for out in [one for one in wait(working) if isinstance(one, Connection)]:
            try:
                batch = out.recv()
            except EOFError:
                raise RuntimeError("a process that writes the history ended too early") from None
            if batch is None:
                working.remove(out)
            else:
                yield batch
