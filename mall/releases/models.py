"""What was published, for good; and what was held back, with the reason."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, ClassVar

import pgtrigger
from django.db import models

from agencies.ids import new_id
from mall.releases.hiding import Cell, Line
from mall.releases.periods import Period


def append_only(name: str) -> list[pgtrigger.Trigger]:
    """What keeps a table from being changed, by whomever."""
    return [
        pgtrigger.Protect(name=f"{name}_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        pgtrigger.Trigger(
            name=f"{name}_no_truncate",
            operation=pgtrigger.Truncate,
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            func="RAISE EXCEPTION 'what was published stays';",
        ),
    ]


SAMPLE = "DATA CONTOH"
"""Publishes figures that are made up, in the demo only; every page and document of them says so."""


class Release(models.Model):
    """One data set in one period, frozen: pages, charts and files show this and nothing else."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    dataset = models.CharField(max_length=64, help_text="Slug of the data set.")
    period = models.CharField(max_length=8, help_text="Code of the period, e.g. `2026-10`.")
    revision = models.PositiveSmallIntegerField(help_text="From 1; a correction is a new revision.")
    published_at = models.DateTimeField(help_text="When.")
    published_by = models.CharField(max_length=64, help_text="The part of the mall, or the id of the user.")
    until = models.DateTimeField(help_text="Up to when it counts.")
    method = models.CharField(max_length=32, help_text="Version of the definitions.")
    body = models.JSONField(help_text="Published rows and labels; nothing that is not for everybody.")
    whole = models.JSONField(help_text="Cells of the total, for series over time.")
    sha256 = models.CharField(max_length=64, help_text="Digest of the body in canonical form.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dataset", "period", "revision"], name="release_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["dataset", "-period", "-revision"], name="release_latest")]
        triggers: ClassVar = append_only("release")

    def __str__(self) -> str:
        return f"{self.dataset} {self.period} r{self.revision}"

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Its rows, the total first."""
        return tuple(Line(row["dims"], cells_of(row["cells"])) for row in self.body["rows"])

    @cached_property
    def total(self) -> Mapping[str, Cell]:
        """The cells of the total."""
        return cells_of(self.whole)

    @property
    def over(self) -> Period:
        """The period."""
        return Period.parse(self.period)

    @property
    def is_sample(self) -> bool:
        """Are its figures made up for the demo?"""
        return self.published_by == SAMPLE

    def label(self, dimension: str, code: str) -> str:
        """The official name of a code, as it was when this was published."""
        return str(self.body["labels"].get(dimension, {}).get(code, code))


def cells_of(cells: Mapping[str, Mapping[str, Any]]) -> dict[str, Cell]:
    """Frozen cells as values."""
    return {
        code: Cell(cell["value"], cell.get("suppressed", False), cell.get("at_least")) for code, cell in cells.items()
    }


class Print(models.Model):
    """A document of what was published, as a worker rendered it: the bytes that everybody gets."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=96, help_text="Of which document, e.g. `layanan/2026-10`.")
    source = models.CharField(max_length=64, help_text="Digest of the releases that it shows.")
    sha256 = models.CharField(max_length=64, help_text="Digest of the bytes.")
    content = models.BinaryField(help_text="The PDF.")
    made_at = models.DateTimeField(help_text="When it was rendered.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name", "source"], name="print_once"),
        ]
        triggers: ClassVar = append_only("print")

    def __str__(self) -> str:
        return self.name


class HeldRelease(models.Model):
    """A revision that the guard kept back: comparing it with the one before would point at somebody."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    dataset = models.CharField(max_length=64)
    period = models.CharField(max_length=8)
    sha256 = models.CharField(max_length=64, help_text="Digest of the body that was not published.")
    held_at = models.DateTimeField()
    reasons = models.JSONField(help_text="Where it would tell too much: place, measure and rule, never a figure.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dataset", "period", "sha256"], name="held_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["-held_at"], name="held_newest")]
        triggers: ClassVar = append_only("held")

    def __str__(self) -> str:
        return f"{self.dataset} {self.period} held"
