"""Which figures may be shown, so that no small one can be seen or computed back.

Counts form a tree: the mall is the sum of its agencies, an agency the sum of its services, and each
level is published beside its total. In one group of parts under a shown total:

1. every part below `k`, zero included, is hidden;
2. while the hidden parts are a single one, or their sum (total minus the shown ones) is below `k`,
   the next smallest part is hidden too;
3. below a hidden part everything is hidden.

So each equation that a reader can write down has at least two hidden parts of unknown size, or none,
and what he knows of a hidden count leaves at least `k + 1` possibilities. The test
`tests/web/test_transparency_suppression.py` attacks it with exact linear algebra.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from mall.transparency.metrics import K


def hidden_parts(parts: Mapping[str, int], *, k: int = K) -> frozenset[str]:
    """Names of the parts to hide under a total that is shown; parts that are zero may be left out."""
    hidden = {name for name, count in parts.items() if count < k}
    if not sum(parts[name] for name in hidden):
        return frozenset()
    for name in _by_size(parts, hidden):
        if _is_safe([parts[one] for one in hidden], k):
            break
        hidden.add(name)
    return frozenset(hidden)


def _is_safe(counts: Collection[int], k: int) -> bool:
    """Are at least two of them more than zero, and is their sum not small itself?"""
    return sum(count > 0 for count in counts) > 1 and sum(counts) >= k


def _by_size(parts: Mapping[str, int], taken: Collection[str]) -> list[str]:
    """The other parts, smallest first; names decide between equals so that a release can be repeated."""
    return sorted((name for name in parts if name not in taken), key=lambda name: (parts[name], name))


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole: `hits` of `of`; both ends of it say something about somebody."""

    of: int
    hits: int

    def is_small(self, k: int = K) -> bool:
        """May it not be shown: too few in all, or some but fewer than `k` on one side?"""
        return self.of < k or 0 < self.hits < k or 0 < self.of - self.hits < k


def hidden_shares(parts: Mapping[str, Share], hidden: Collection[str], *, k: int = K) -> frozenset[str]:
    """Names of the parts whose share is hidden under a total whose share is shown.

    `hidden` are the parts whose count is hidden already; they have no share, and together they are one
    unknown, whose size anybody can compute.
    """
    closed = {name for name, share in parts.items() if name in hidden or share.is_small(k)}
    unknown = [parts[name] for name in closed.difference(hidden) if parts[name].of]
    if rest := _together([parts[name] for name in closed.intersection(hidden)]):
        unknown.append(rest)
    left = _by_size({name: share.of for name, share in parts.items()}, closed)
    if len(unknown) == 1 and unknown[0].is_small(k) and left:
        closed.add(left[0])
    return frozenset(closed)


def _together(shares: Collection[Share]) -> Share | None:
    """The parts as one, if there is anything in them."""
    of = sum(share.of for share in shares)
    return Share(of, sum(share.hits for share in shares)) if of else None
