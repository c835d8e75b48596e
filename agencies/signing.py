"""The block under a decision: by which power somebody signs, in the words of official letters.

Delegation signs in its own title, a mandate "a.n." the official whose power it stays, Plh. and Plt. with
their prefix (UU 30/2014 art. 13-14). Composed once, when the decision is taken, and kept with it.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self

from django.utils.formats import date_format
from django.utils.translation import override

from agencies.choices import Capacity
from agencies.models import Signatory

_PREFIX = {Capacity.PLH: "Plh.", Capacity.PLT: "Plt."}


@dataclass(frozen=True, slots=True)
class Block:
    """What stands above and below the place of the signature."""

    capacity: str = ""
    heading: tuple[str, ...] = ()
    name: str = ""
    footing: tuple[str, ...] = ()
    decree: str = ""

    @classmethod
    def of(cls, held: Signatory) -> Self:
        """The block of a power to sign. `held.user` must be loaded."""
        return cls(
            capacity=held.capacity,
            heading=_heading(held),
            name=held.user.name,
            footing=tuple(line for line in (_own_title(held), held.rank, held.nip and f"NIP {held.nip}") if line),
            decree=_decree(held),
        )

    @classmethod
    def kept(cls, plain: Mapping[str, Any]) -> Self:
        """The block as it was frozen; an empty one where nobody's power was recorded."""
        return cls(
            capacity=plain.get("capacity", ""),
            heading=tuple(plain.get("heading", ())),
            name=plain.get("name", ""),
            footing=tuple(plain.get("footing", ())),
            decree=plain.get("decree", ""),
        )

    def plain(self) -> dict[str, Any]:
        """The block for JSON."""
        return asdict(self) if self.heading else {}


def _heading(held: Signatory) -> tuple[str, ...]:
    capacity = Capacity(held.capacity)
    if capacity is Capacity.MANDATE:
        return (f"a.n. {held.principal}", held.title)
    if prefix := _PREFIX.get(capacity):
        return (f"{prefix} {held.principal}",)
    return (held.title,)


def _own_title(held: Signatory) -> str:
    """Who stands in for another says below her name what she is herself."""
    return held.title if Capacity(held.capacity) in _PREFIX else ""


def _decree(held: Signatory) -> str:
    if not held.decree_no:
        return ""
    when = f" tanggal {_day(held.decree_date)}" if held.decree_date else ""
    return f"{held.decree_no}{when}"


def _day(when: date) -> str:
    """`2 Januari 2026`; an act of the state is written in Indonesian whatever the page."""
    with override("id"):
        return date_format(when, "j F Y")
