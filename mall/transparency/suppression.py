"""Which figures may be shown, so that no small one can be seen or computed back.

Counts form a tree: the mall is the sum of its agencies, an agency the sum of its services, and each
level is published beside its total. In one group of parts under a shown total:

1. every part below `k`, zero included, is hidden;
2. while their sum, which anybody can compute (total minus the shown ones), is below `k`, the next
   smallest part is hidden too, so that there are always at least two;
3. below a hidden part everything is hidden.

So each equation that a reader can write down has at least two hidden parts of unknown size, or none,
and what he knows of a hidden count leaves at least `k + 1` possibilities. The test
`tests/web/test_transparency_suppression.py` attacks it with exact linear algebra.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum

from mall.transparency.metrics import K


def hidden_parts(parts: Mapping[str, int], *, k: int = K) -> frozenset[str]:
    """Names of the parts to hide under a total that is shown; parts that are zero may be left out."""
    hidden = {name for name, count in parts.items() if count < k}
    if not sum(parts[name] for name in hidden):
        return frozenset()
    for name in _by_size(parts, hidden):
        if sum(parts[one] for one in hidden) >= k:
            break
        hidden.add(name)
    return frozenset(hidden)


def _by_size(parts: Mapping[str, int], taken: Collection[str]) -> list[str]:
    """The other parts, smallest first; names decide between equals so that a release can be repeated."""
    return sorted((name for name in parts if name not in taken), key=lambda name: (parts[name], name))


class Showing(Enum):
    """How much of a share is told."""

    EXACT = "exact"
    AT_LEAST = "at least"
    """Only that fewer than `k` are missing from the whole, perhaps none."""
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

    def alone(self, k: int = K) -> Showing:
        """How much may be told of it if nothing else were published."""
        if self.of < k or 0 < self.hits < k:
            return Showing.HIDDEN
        return Showing.AT_LEAST if 0 < self.rest < k else Showing.EXACT

    def blurred(self, k: int = K) -> Showing:
        """The most that may be told when it must not be exact."""
        told = self.alone(k)
        if told is not Showing.EXACT:
            return told
        return Showing.AT_LEAST if self.rest < k else Showing.HIDDEN


def showings(parts: Mapping[str, Share], hidden: Collection[str], total: Showing, *, k: int = K) -> dict[str, Showing]:
    """How much to tell of the share of each part, given what is told of the total's.

    `hidden` are the parts whose count is hidden already; together they are one unknown, whose size
    anybody can compute. Where the total is not exact no part is. Else parts are blurred, those that
    lose least first, until what a reader knows leaves every unknown at least two possible values.
    """
    if total is not Showing.EXACT:
        return {name: Showing.HIDDEN if name in hidden else share.blurred(k) for name, share in parts.items()}
    told = {name: Showing.HIDDEN if name in hidden else share.alone(k) for name, share in parts.items()}
    while not _leaves_room(parts, told, hidden, k):
        name = _next_to_blur(parts, told, hidden)
        told[name] = parts[name].blurred(k) if told[name] is Showing.EXACT else Showing.HIDDEN
    return told


def _leaves_room(parts: Mapping[str, Share], told: Mapping[str, Showing], hidden: Collection[str], k: int) -> bool:
    """Given the sum of what is missing, could each unknown be one more or less than it is?

    An unknown lies between 0 and its room: `k - 1` where "at least" is told, else its whole.
    """
    single = [name for name, how in told.items() if how is not Showing.EXACT and parts[name].of and name not in hidden]
    unknown = [(parts[name].rest, k - 1 if told[name] is Showing.AT_LEAST else parts[name].of) for name in single]
    together = Share(sum(parts[name].of for name in hidden), sum(parts[name].hits for name in hidden))
    if together.of and not unknown:
        return together.alone(k) is Showing.EXACT
    if together.of:
        unknown.append((together.rest, together.of))
    missing, room = sum(rest for rest, _room in unknown), sum(room for _rest, room in unknown)
    return not missing or (len(unknown) > 1 and missing < room)


def _next_to_blur(parts: Mapping[str, Share], told: Mapping[str, Showing], hidden: Collection[str]) -> str:
    """The part whose blurring loses least: an exact one that stays "at least", small ones first."""
    order = {Showing.EXACT: 0, Showing.AT_LEAST: 1}
    left = [name for name, how in told.items() if how in order and parts[name].of and name not in hidden]
    return min(left, key=lambda name: (order[told[name]], parts[name].rest > 0, parts[name].of, name))
