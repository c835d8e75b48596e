"""Which figures of a tree may be shown, so that no small one can be seen or computed back.

Counts form a tree: the mall is the sum of its agencies, an agency the sum of its services, and each
level is published beside its total. In one group of parts under a shown total:

1. every part below `k`, zero included, is hidden;
2. while their sum, which anybody can compute (total minus the shown ones), is below `k`, or one stands
   alone, the next smallest part is hidden too;
3. below a hidden part everything is hidden.

So of a hidden count a reader knows only that it lies between nothing and a sum of at least `k`. A table with two
margins is in `network.py`. `tests/security/test_release_attacks.py` attacks both by linear programming.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

Name = TypeVar("Name", str, tuple[str, ...])


def is_small(count: int, k: int) -> bool:
    """Would it point at somebody? Zero points at nobody."""
    return 0 < count < k


def hidden_parts(parts: Mapping[Name, int], *, k: int, must: Collection[Name] = ()) -> frozenset[Name]:
    """Names of the parts to hide under a total that is shown; parts that are zero may be left out.

    `must` names parts that have to be hidden whatever their size, as they were in the release before.
    """
    hidden = {name for name, count in parts.items() if count < k or name in must}
    if not sum(parts[name] for name in hidden) and not hidden & set(must):
        return frozenset()
    for name in _by_size(parts, hidden):
        if len(hidden) > 1 and sum(parts[one] for one in hidden) >= k:
            break
        hidden.add(name)
    return frozenset(hidden)


def _by_size(parts: Mapping[Name, int], taken: Collection[Name]) -> list[Name]:
    """The other parts, smallest first; names decide between equals so that a release can be repeated."""
    return sorted((name for name in parts if name not in taken), key=lambda name: (parts[name], name))


class Showing(Enum):
    """How much of a share is told."""

    EXACT = "exact"
    AT_LEAST = "at least"
    """Only that at most `k` are missing from the whole, perhaps none."""
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, such as decisions on time; both ends of it say something about somebody."""

    of: int
    hits: int

    @property
    def rest(self) -> int:
        """What is missing from the whole."""
        return self.of - self.hits

    def alone(self, k: int, *, bounds: bool = True) -> Showing:
        """How much may be told of it if nothing else were published."""
        if self.of < k or is_small(self.hits, k):
            return Showing.HIDDEN
        return self.blurred(k, bounds=bounds) if is_small(self.rest, k) else Showing.EXACT

    def blurred(self, k: int, *, bounds: bool = True) -> Showing:
        """The most that may be told when it must not be exact; a bound below a half tells nothing."""
        return Showing.AT_LEAST if bounds and self.rest <= k and self.of >= 2 * k else Showing.HIDDEN


def showings(
    parts: Mapping[Name, Share],
    hidden: Collection[Name],
    total: Showing,
    *,
    k: int,
    bounds: bool = True,
    must: Collection[Name] = (),
) -> dict[Name, Showing]:
    """How much to tell of the share of each part, given what is told of the total's.

    `hidden` are the parts whose count is hidden already; together they are one unknown, whose size
    anybody can compute. Where the total is not exact no part is, and where it is hidden no bound is told
    either, as bounds add up to one of the total. Else parts are blurred, those that
    lose least first, until what a reader knows leaves every unknown room for `k` more or less.
    """

    def first(name: Name, share: Share) -> Showing:
        if name in hidden or total is Showing.HIDDEN:
            return Showing.HIDDEN
        exact = total is Showing.EXACT and name not in must
        return share.alone(k, bounds=bounds) if exact else _softer(share, k, bounds=bounds)

    told = {name: first(name, share) for name, share in parts.items()}
    while total is Showing.EXACT and not _leaves_room(parts, told, hidden, k):
        name = _next_to_blur(parts, told, hidden)
        if name is None:
            break
        exact = told[name] is Showing.EXACT
        told[name] = parts[name].blurred(k, bounds=bounds) if exact else Showing.HIDDEN
    return told


def _softer(share: Share, k: int, *, bounds: bool) -> Showing:
    """What may be told of a share that must not be exact."""
    told = share.alone(k, bounds=bounds)
    return share.blurred(k, bounds=bounds) if told is Showing.EXACT else told


@dataclass(frozen=True, slots=True)
class _Unknown:
    """What is missing from one share that is not exact: it lies between nothing and `room`."""

    rest: int
    room: int
    pool: bool = False


def _leaves_room(parts: Mapping[Name, Share], told: Mapping[Name, Showing], hidden: Collection[Name], k: int) -> bool:
    """Given the sum of what is missing, does each unknown keep an interval of at least `k`?"""
    unknown = list(_unknown(parts, told, hidden, k))
    missing, room = sum(one.rest for one in unknown), sum(one.room for one in unknown)
    return not missing or all(_is_wide(one, missing, room, k) for one in unknown)


def _unknown(
    parts: Mapping[Name, Share], told: Mapping[Name, Showing], hidden: Collection[Name], k: int
) -> Iterator[_Unknown]:
    for name, how in told.items():
        if how is not Showing.EXACT and parts[name].of and name not in hidden:
            yield _Unknown(parts[name].rest, k if how is Showing.AT_LEAST else parts[name].of)
    if of := sum(parts[name].of for name in hidden):
        yield _Unknown(sum(parts[name].rest for name in hidden), of, pool=True)


def _is_wide(one: _Unknown, missing: int, room: int, k: int) -> bool:
    """The interval of one unknown. Of a pool only its ends matter: each of its parts may be nothing."""
    low, high = max(0, missing - (room - one.room)), min(one.room, missing)
    if one.pool:
        return (high >= k or not high) and (one.room - low >= k or one.room == low)
    return high - low >= k


def _next_to_blur(parts: Mapping[Name, Share], told: Mapping[Name, Showing], hidden: Collection[Name]) -> Name | None:
    """The part whose blurring loses least: an exact one that stays "at least", small ones first."""
    order = {Showing.EXACT: 0, Showing.AT_LEAST: 1}
    left = [name for name, how in told.items() if how in order and parts[name].of and name not in hidden]
    return min(left, key=lambda name: (order[told[name]], parts[name].rest > 0, parts[name].of, name), default=None)
