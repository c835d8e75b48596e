"""From counts to signals: every officer against the colleagues in the same line and service.

Who has no colleague there is compared with nobody and gets no signal. What is left to chance is said in advance: of
the signals of one run at most `SHARE` are expected to be honest officers by chance.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from mall.voice.signals import facts, odds
from mall.voice.signals.facts import Pair, Row, Window
from mall.voice.signals.kinds import SignalKind

SHARE: Final = 0.10
"""Of all signals, how many may be chance."""
LEAST_FOUND, LEAST_OF, LEAST_PEERS = 5, 20, 40
"""Cases: of the sign, of the officer, and of her colleagues. Below them nobody is compared."""
TIMES: Final = 2.0
"""So many times the colleagues' rate at least: a small difference over many cases is no reason to look."""
ODD: Final = 1e-4
"""Who is this unlikely at first sight is nobody's measure: one who cheats would raise the rate of her colleagues, and
hide herself and the next one."""
BORROWED: Final = 20
"""Cases of the whole line by which the rate of a rare service is steadied."""
STRONGEST: Final = 30.0
"""A strength counts no more than this, so that one kind never drowns the others."""
LEAST_EXPECTED: Final = 1e-6
VILLAGE: Final = "village"


@dataclass(frozen=True, slots=True)
class Finding:
    """One officer and one kind: what was found of how many, what colleagues show, and how odd it is."""

    kind: SignalKind
    officer: UUID
    agency: str
    found: int
    of: int
    peers_found: int
    peers_of: int
    expected: float
    chance: float = 1.0
    whom: str = ""
    quick: int = 0
    score: float = 0.0

    @property
    def rate(self) -> float:
        """What colleagues would show on these cases."""
        return self.expected / self.of


def find(window: Window) -> list[Finding]:
    """The signals of a window, most to look at first. Six queries."""
    plain = [kind for kind in SignalKind if kind is not SignalKind.BROKER]
    tested = [one for kind in plain for one in weigh(kind, facts.rows(kind, window))]
    return ranked([*tested, *weigh_brokers(facts.pairs(window))])


def ranked(tested: Sequence[Finding]) -> list[Finding]:
    """Those to believe, ordered by what the officer's signals say together, then by what each says alone."""
    limit = odds.believed([one.chance for one in tested], SHARE)
    signs = [one for one in tested if one.chance <= limit and is_plain(one)]
    sums: dict[UUID, float] = defaultdict(float)
    for one in signs:
        sums[one.officer] += min(STRONGEST, odds.strength(one.chance))
    scored = [replace(one, score=round(sums[one.officer], 2)) for one in signs]
    return sorted(scored, key=lambda one: (-one.score, one.chance, one.kind, str(one.officer), one.whom))


def is_plain(one: Finding) -> bool:
    """Is it much, whatever its chance?"""
    return one.found >= LEAST_FOUND and (one.found >= TIMES * one.expected or bool(one.quick))


def weigh(kind: SignalKind, rows: Sequence[Row]) -> list[Finding]:
    """Every officer with enough cases and colleagues, with the chance that an honest one shows as much.

    Twice: those who are odd at first sight are left out of what the others are compared with.
    """
    first = _compared(kind, rows, frozenset())
    odd = frozenset(one.officer for one in first if _is_odd(one))
    found = _compared(kind, rows, odd)
    steady = odds.steadiness([(one.found, one.of, one.rate) for one in found if one.officer not in odd])
    return [replace(one, chance=_chance(one, steady)) for one in found]


def _is_odd(one: Finding) -> bool:
    return one.found >= TIMES * one.expected and _chance(one, math.inf) <= ODD


def _compared(kind: SignalKind, rows: Sequence[Row], odd: frozenset[UUID]) -> list[Finding]:
    found = _sums(kind, list(_beside_peers(rows, odd)))
    return [one for one in found if one.of >= LEAST_OF and one.peers_of >= LEAST_PEERS]


def _beside_peers(rows: Iterable[Row], odd: frozenset[UUID]) -> Iterator[Row]:
    """With what colleagues of the same stratum show; without the strata in which there are none."""
    rows, total = list(rows), defaultdict[str, tuple[int, int]](lambda: (0, 0))
    for row in rows:
        if row.officer not in odd:
            found, of = total[row.stratum]
            total[row.stratum] = found + row.found, of + row.of
    for row in rows:
        found, of = total[row.stratum]
        mine = (0, 0) if row.officer in odd else (row.found, row.of)
        if of > mine[1]:
            yield replace(row, peers_found=found - mine[0], peers_of=of - mine[1])


def _sums(kind: SignalKind, rows: Sequence[Row]) -> Iterator[Finding]:
    """One finding an officer, over her strata; the rate of each stratum is steadied by the whole line."""
    common = sum(row.peers_found for row in rows) / max(1, sum(row.peers_of for row in rows))
    mine = defaultdict[UUID, list[Row]](list)
    for row in rows:
        mine[row.officer].append(row)
    for officer, hers in mine.items():
        expected = sum(row.of * (row.peers_found + BORROWED * common) / (row.peers_of + BORROWED) for row in hers)
        yield _summed(kind, officer, hers, expected)


def _summed(kind: SignalKind, officer: UUID, rows: Sequence[Row], expected: float) -> Finding:
    """Her strata as one."""
    return Finding(
        kind=kind,
        officer=officer,
        agency=max(rows, key=lambda row: row.of).agency,
        found=sum(row.found for row in rows),
        of=sum(row.of for row in rows),
        peers_found=sum(row.peers_found for row in rows),
        peers_of=sum(row.peers_of for row in rows),
        expected=max(expected, LEAST_EXPECTED),
    )


def _chance(one: Finding, steady: float) -> float:
    return odds.tail(one.found, one.of, one.rate, odds.together(steady, one.peers_of))


def weigh_brokers(pairs: Sequence[Pair]) -> list[Finding]:
    """Every intermediary with every officer: does she have more of its cases than her part of the work, or quicker?

    A village office may be on the round of one officer by a roster, so there both must be so.
    """
    mine = defaultdict[tuple[str, UUID, str], list[Pair]](list)
    for pair in pairs:
        mine[pair.share.whom, pair.share.officer, pair.share.stratum.partition("/")[0]].append(pair)
    found = [_shared(whom, officer, hers) for (whom, officer, _line), hers in mine.items()]
    enough = [(one, village) for one, village in found if one.of >= LEAST_FOUND and one.peers_of >= LEAST_PEERS]
    steady = odds.steadiness([(one.found, one.of, one.rate) for one, _village in enough if not _is_odd(one)])
    tested = [_told(one, steady, village=village) for one, village in enough]
    best: dict[tuple[UUID, str], Finding] = {}
    for one in sorted(tested, key=lambda one: one.chance):
        best.setdefault((one.officer, one.whom), one)
    return list(best.values())


def _shared(whom: str, officer: UUID, hers: Sequence[Pair]) -> tuple[Finding, bool]:
    rows = [pair.share for pair in hers]
    expected = sum(row.of * row.peers_found / row.peers_of for row in rows if row.peers_of)
    quick = sum(pair.quick for pair in hers)
    one = replace(_summed(SignalKind.BROKER, officer, rows, expected), whom=whom, quick=quick)
    return one, any(row.ground == VILLAGE for row in rows)


def _told(one: Finding, steady: float, *, village: bool) -> Finding:
    """Both questions as one chance; the quick ones are told only where they are more than honest work shows."""
    often = _chance(one, steady)
    hurried = odds.tail(one.quick, one.found, facts.QUICK, steady)
    quick = one.quick if hurried <= SHARE / 10 else 0
    chance = max(often, hurried) if village else min(1.0, 2 * min(often, hurried))
    return replace(one, chance=chance, quick=quick)
