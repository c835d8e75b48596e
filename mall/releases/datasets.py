"""What a public data set is: its metadata, its columns, how its rows add up, and where the exact rows come from.

Metadata follow Perpres 39/2019 (Satu Data): a data set that lacks any of them is refused at registration.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.errors import Missing
from mall.releases.periods import Period
from mall.releases.shapes import Flat, Key, Open, Shape, Tree, TwoWay

__all__ = (
    "Column",
    "Dataset",
    "Flat",
    "Frequency",
    "Incomplete",
    "Kind",
    "KipClass",
    "NotReady",
    "Open",
    "Row",
    "Tree",
    "TwoWay",
)
Words = str | Promise
Value = int | Decimal | str | None


class Kind(StrEnum):
    """What a column holds."""

    CODE = "code"
    TEXT = "text"
    COUNT = "count"
    """People or cases; hidden when small."""
    AMOUNT = "amount"
    """Rupiah."""
    SHARE = "share"
    """A row gives how many; the release tells the percentage of the column `of`."""
    NUMBER = "number"
    DAYS = "days"


class Frequency(StrEnum):
    """How often a data set is published; the value is the term of DCAT."""

    MONTHLY = "MONTHLY"
    QUARTERLY = "QUARTERLY"
    SEMESTER = "BIANNUAL"
    YEARLY = "ANNUAL"
    IRREGULAR = "IRREG"

    @property
    def months(self) -> int:
        """Length of a period; 0 where there is no rule."""
        return {"MONTHLY": 1, "QUARTERLY": 3, "BIANNUAL": 6, "ANNUAL": 12}.get(self.value, 0)

    @property
    def label(self) -> Words:
        """As people say it."""
        return _FREQUENCIES[self.value]


_FREQUENCIES: dict[str, Words] = {
    "MONTHLY": _("bulanan"),
    "QUARTERLY": _("triwulanan"),
    "BIANNUAL": _("semesteran"),
    "ANNUAL": _("tahunan"),
    "IRREG": _("tidak tetap"),
}


class KipClass(StrEnum):
    """Class of public information (UU 14/2008 art. 9-11). What is exempt is never a data set."""

    BERKALA = "berkala"
    SERTA_MERTA = "serta-merta"
    SETIAP_SAAT = "setiap saat"

    @property
    def label(self) -> Words:
        """As people say it."""
        return _CLASSES[self.value]


_CLASSES: dict[str, Words] = {
    "berkala": _("Informasi berkala"),
    "serta-merta": _("Informasi serta-merta"),
    "setiap saat": _("Informasi setiap saat"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One variable. `of` names the count that it hangs on and is hidden with.

    A COUNT with `of` is a part of that count (refusals of decisions); with `rest` it is what that other part
    leaves. TEXT, DAYS, NUMBER and AMOUNT with `of` are told only where that count, which may itself be such a part,
    is shown and at least `least` (k when 0).
    `grain` is what an amount is rounded to, so that public tariffs do not give away how many paid. Of a `coded`
    dimension people read the code before the name, as an account of the budget.
    """

    code: str
    name: Words
    unit: Words
    how: Words
    kind: Kind
    places: int = 0
    of: str = ""
    rest: str = ""
    least: int = 0
    grain: int = 1
    coded: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """Exact values of one combination of dimensions; an empty dimension sums over it. Never leaves the house."""

    dims: Mapping[str, str]
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Dataset:
    """One public data set.

    `rows` gives the exact rows of a period and is called only by publishing. `since` is the first day with data:
    closed periods from there on are published by the nightly chore; without it whoever imports publishes.
    `must` names, by measure, places of a period to hide whatever their size, because of what other data sets tell.
    `labels` are the official names of codes by dimension. `total` names a total that other data sets share.
    """

    slug: str
    title: Words
    description: Words
    concept: Words
    definition: Words
    producer: str
    custodian: Words
    contact: Words
    source: Words
    frequency: Frequency
    licence: str
    kip_class: KipClass
    region_codes: str
    k: int
    method: str
    dimensions: tuple[Column, ...]
    measures: tuple[Column, ...]
    shape: Shape
    rows: Callable[[Period], list[Row]]
    since: Callable[[], date | None] | None = None
    labels: Callable[[], Mapping[str, Mapping[str, str]]] = dict
    must: Callable[[Period], Mapping[str, frozenset[Key]]] | None = None
    total: str = ""
    keywords: tuple[Words, ...] = field(default=())

    def measure(self, code: str) -> Column:
        """One measure by its code."""
        return next(one for one in self.measures if one.code == code)


class Incomplete(ValueError):
    """A data set whose metadata or columns cannot be published; the text says which."""


class NotReady(Exception):
    """The exact rows cannot be trusted yet, such as while events wait to be counted; the chore comes again."""


_MAY_BE_EMPTY = ("region_codes", "since", "must", "total", "keywords", "dimensions", "labels")
_registered: dict[str, Dataset] = {}


def register(dataset: Dataset) -> None:
    """Add a data set; one of the same slug is replaced.

    Raises:
        Incomplete: metadata are missing, or a column hangs on nothing.
    """
    faults = [*_missing(dataset), *_faulty(dataset), *_overlapping(dataset)]
    if faults:
        raise Incomplete(f"{dataset.slug or '?'}: {'; '.join(faults)}")
    _registered[dataset.slug] = dataset


def _missing(dataset: Dataset) -> Iterable[str]:
    for one in fields(dataset):
        if one.name not in _MAY_BE_EMPTY and not getattr(dataset, one.name) and one.name != "k":
            yield f"{one.name} is missing"
    for column in (*dataset.dimensions, *dataset.measures):
        for name in ("code", "name", "how"):
            if not getattr(column, name):
                yield f"{name} of column {column.code} is missing"
    for column in dataset.measures:
        if not column.unit:
            yield f"unit of column {column.code} is missing"


def _overlapping(dataset: Dataset) -> Iterable[str]:
    """A year minus its shown months tells the hidden one; nothing protects two such data sets from each other."""
    for other in sharing(dataset.total):
        if other.slug != dataset.slug and other.frequency is not dataset.frequency:
            yield f"its total is that of {other.slug}, and their periods overlap"


def _faulty(dataset: Dataset) -> Iterable[str]:
    counts = {one.code for one in dataset.measures if one.kind is Kind.COUNT and not one.of}
    parts = {one.code for one in dataset.measures if one.kind is Kind.COUNT and one.of and not one.rest}
    free = isinstance(dataset.shape, Open)
    if not free and dataset.k < 2:
        yield "k below 2 protects nobody"
    if set(dataset.shape.dimensions) - {one.code for one in dataset.dimensions}:
        yield "the shape names an unknown dimension"
    for one in dataset.measures:
        if one.of and one.of not in (counts if one.kind in (Kind.COUNT, Kind.SHARE) else counts | parts):
            yield f"{one.code} hangs on {one.of}, which is no count"
        if not free and not one.of and one.kind is not Kind.COUNT:
            yield f"{one.code} must name the count it hangs on"
        if isinstance(dataset.shape, TwoWay) and one.of and one.kind in (Kind.COUNT, Kind.SHARE):
            yield f"{one.code}: parts of counts cannot be protected in a table with two margins"


def find(slug: str) -> Dataset:
    """The data set of that slug; `Missing` when there is none."""
    if slug not in _registered:
        raise Missing
    return _registered[slug]


def all_datasets() -> tuple[Dataset, ...]:
    """Every data set, by slug."""
    return tuple(_registered[slug] for slug in sorted(_registered))


def sharing(total: str) -> tuple[Dataset, ...]:
    """The data sets that share a total."""
    return tuple(one for one in all_datasets() if total and one.total == total)


def unregister(slug: str) -> None:
    """Forget a data set."""
    _registered.pop(slug, None)
