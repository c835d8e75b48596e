"""The only writer of releases: counts, hides, asks the guard, freezes."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.utils.translation import override

from agencies import clock
from agencies.errors import Conflict
from mall.releases import datasets, guard, queries
from mall.releases.datasets import Dataset, NotReady, Row
from mall.releases.hiding import Cell, Hidden, Line, hidden_in, protected
from mall.releases.models import HeldRelease, Release
from mall.releases.periods import Period, last_closed
from mall.releases.shapes import Key, Open, key_of
from workflows.actors import Actor

RECENT = 3
"""Periods that the nightly chore looks at again: corrections that come later are published by hand."""


class HeldBack(Conflict):
    """The guard kept a first release back, so that there is nothing to show."""


def publish(slug: str, period: Period | str, by: Actor) -> Release:
    """Freeze one data set in one period; the standing release when nothing changed, or when the guard says no.

    Raises:
        Missing: no such data set or period.
        HeldBack: the guard says no and nothing was published before.
    """
    over = Period.parse(period) if isinstance(period, str) else period
    found = _published(datasets.find(slug), over, by)
    if found is None:  # raised out here, so that what was noted of it is kept
        raise HeldBack
    return found


@transaction.atomic
def _published(dataset: Dataset, over: Period, by: Actor) -> Release | None:
    """The release that stands now; None where there is none because the guard said no."""
    slug = dataset.slug
    _lock(slug, over.code if dataset.frequency.months else "")
    earlier = queries.revisions(slug, over.code)
    standing = earlier[-1] if earlier else None
    rows, must = dataset.rows(over), _must(dataset, over)
    lines = protected(dataset, rows, must)
    body = _body(dataset, lines)
    if standing and standing.sha256 != sha256(body):
        before = _hidden_before(dataset, rows, standing.lines)
        lines = protected(dataset, rows, _together(before, must))
        body = _body(dataset, lines)
    digest = sha256(body)
    if standing and standing.sha256 == digest:
        return standing
    if reasons := _reasons(dataset, over, earlier, lines):
        _hold(dataset, over, digest, reasons)
        return standing
    return Release.objects.create(
        dataset=slug,
        period=over.code,
        revision=standing.revision + 1 if standing else 1,
        published_at=clock.now(),
        published_by=by.name or str(by.user_id),
        until=min(over.end, clock.now()),
        method=dataset.method,
        body=body,
        whole=body["rows"][0]["cells"] if body["rows"] else {},
        sha256=digest,
    )


def draft(dataset: Dataset, period: Period, rows: Iterable[Row]) -> Release:
    """What would be published of these rows, hidden as it would be; nothing is saved."""
    body = _body(dataset, protected(dataset, rows, _must(dataset, period)))
    return Release(dataset=dataset.slug, period=period.code, revision=0, method=dataset.method, body=body)


def _must(dataset: Dataset, period: Period) -> Hidden:
    return dataset.must(period) if dataset.must else {}


def _together(one: Hidden, other: Hidden) -> Hidden:
    return {code: one.get(code, frozenset()) | other.get(code, frozenset()) for code in {*one, *other}}


def _lock(slug: str, period: str) -> None:
    """One publisher of a data set and period at a time; of all its periods where they may overlap."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"release:{slug}:{period}"])


def _hidden_before(dataset: Dataset, rows: Iterable[Row], lines: tuple[Line, ...]) -> Hidden:
    """What was hidden stays hidden; so does what was not even listed."""
    dimensions = dataset.shape.dimensions
    hidden = hidden_in(lines, dimensions)
    if dataset.shape.complete:
        return hidden
    new: frozenset[Key] = frozenset(key_of(row.dims, dimensions) for row in rows)
    new -= {key_of(line.dims, dimensions) for line in lines}
    return {one.code: hidden.get(one.code, frozenset()) | new for one in dataset.measures}


def _reasons(
    dataset: Dataset, period: Period, earlier: Sequence[Release], lines: tuple[Line, ...]
) -> list[guard.Reason]:
    """Against every revision: who kept the first one compares it with the third."""
    found = [reason for one in earlier for reason in guard.against_before(dataset, one.lines, lines)]
    if isinstance(dataset.shape, Open):
        return found
    if not earlier and not dataset.frequency.months:
        found += guard.against_overlap(period, map(Period.parse, queries.codes(dataset.slug)))
    for other in datasets.sharing(dataset.total):
        theirs = queries.standing(other.slug, period.code) if other.slug != dataset.slug else None
        if theirs and not earlier:
            found += guard.against_sibling(dataset, other, theirs.lines, lines)
    return found


def _hold(dataset: Dataset, period: Period, digest: str, reasons: Iterable[guard.Reason]) -> None:
    told = {"held_at": clock.now(), "reasons": [one.as_data() for one in dict.fromkeys(reasons)]}
    HeldRelease.objects.get_or_create(dataset=dataset.slug, period=period.code, sha256=digest, defaults=told)


def _body(dataset: Dataset, lines: Iterable[Line]) -> dict[str, Any]:
    rows: list[dict[str, Any]] = [
        {"dims": dict(line.dims), "cells": {code: _cell(cell) for code, cell in line.cells.items()}} for line in lines
    ]
    used = {(name, code) for row in rows for name, code in row["dims"].items()}
    with override("id"):  # what is frozen is official, in whatever language its publisher reads the site
        labels = {
            name: {code: str(label) for code, label in sorted(known.items()) if (name, code) in used}
            for name, known in sorted(dataset.labels().items())
        }
    return {"k": dataset.k, "method": dataset.method, "labels": labels, "rows": rows}


def _cell(cell: Cell) -> dict[str, Any]:
    value = float(cell.value) if isinstance(cell.value, Decimal) else cell.value
    found: dict[str, Any] = {"value": value, "suppressed": cell.suppressed}
    return found if cell.at_least is None else found | {"at_least": cell.at_least}


def sha256(body: dict[str, Any]) -> str:
    """Digest of a body in canonical form: keys sorted, no space, UTF-8."""
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def due(dataset: Dataset, *, again: int = RECENT) -> Iterator[Period]:
    """The closed periods to publish, in order: those without a release, and the latest ones again."""
    since, months = dataset.since() if dataset.since else None, dataset.frequency.months
    if since is None or not months:
        return
    first = next(one for one in _of_length(since.year, months) if one.later(1).first > since)
    last, have = last_closed(months), set(queries.codes(dataset.slug))
    for one in first.until(last):
        if one.code not in have or one > last.later(-again):
            yield one


def _of_length(year: int, months: int) -> Iterator[Period]:
    first = Period.year(year)
    return (Period(one.first, months) for one in first.in_months() if (one.first.month - 1) % months == 0)


def publish_due(*, by: Actor, again: int = RECENT) -> int:
    """Publish every closed period of every data set that is due; how many releases are new."""
    before = Release.objects.count()
    for dataset in datasets.all_datasets():
        for period in due(dataset, again=again):
            try:
                publish(dataset.slug, period, by)
            except (HeldBack, NotReady):
                continue
    return Release.objects.count() - before
