"""Data sets made up for tests of releases."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from agencies import clock
from mall.releases import datasets, printing
from mall.releases.datasets import Column, Dataset, Frequency, Kind, KipClass, Row
from mall.releases.models import Print, Release
from mall.releases.publishing import sha256
from mall.releases.shapes import Flat, Shape

COUNT = Column("cases", "Permohonan", "permohonan", "Banyaknya.", Kind.COUNT)
PLACE = Column("place", "Tempat", "", "Tempat.", Kind.TEXT)


def dataset(slug: str = "uji", **changes: Any) -> Dataset:
    """A complete data set with one count by place."""
    said: dict[str, Any] = dict.fromkeys(
        ("title", "description", "concept", "definition", "custodian", "contact", "source"), "Uji"
    )
    said |= {"slug": slug, "producer": "DPMPTSP", "frequency": Frequency.MONTHLY, "licence": "CC-BY-4.0"}
    said |= {"kip_class": KipClass.BERKALA, "region_codes": "", "k": 5, "method": "1", "dimensions": (PLACE,)}
    said |= {"measures": (COUNT,), "shape": Flat(("place",), complete=True), "rows": lambda _period: []}
    return Dataset(**(said | changes))


def counted(counts: Mapping[str, int], code: str = "cases") -> list[Row]:
    """Rows with one count by place."""
    return [Row({"place": place}, {code: count}) for place, count in counts.items()]


@contextmanager
def registered(one: Dataset) -> Iterator[Dataset]:
    """A data set that is known meanwhile."""
    datasets.register(one)
    try:
        yield one
    finally:
        datasets.unregister(one.slug)


def two_dimensions(shape: Shape) -> dict[str, Any]:
    """What makes a data set one of two dimensions."""
    columns = tuple(Column(code, code, "", code, Kind.TEXT) for code in shape.dimensions)
    return {"dimensions": columns, "shape": shape}


def frozen(slug: str, period: str, *rows: dict[str, Any]) -> Release:
    """A release with these rows, as it lies in the database."""
    body: dict[str, Any] = {"k": 5, "method": "1", "labels": {}, "rows": list(rows)}
    release = Release.objects.create(
        dataset=slug,
        period=period,
        revision=1,
        published_at=clock.now(),
        published_by="test",
        until=clock.now(),
        method="1",
        body=body,
        whole=rows[0]["cells"] if rows else {},
        sha256=sha256(body),
    )
    made = {"name": printing.name_of(release), "source": printing.source_of(release), "sha256": "0" * 64}
    Print.objects.create(**made, content=b"%PDF-1.7", made_at=clock.now())
    return release
