"""The small values from which views build components; templates only show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from django.utils.functional import Promise

from mall.design import formats

Text = str | Promise
StepState = Literal["done", "current", "todo"]
TaskStatus = Literal["todo", "doing", "looked", "done", "wait", "fix", "none"]


@dataclass(frozen=True)
class Row:
    """One line of a summary list: what, which value, where to change it."""

    key: Text
    value: object
    change_url: str = ""
    change_label: Text = ""


@dataclass(frozen=True)
class Task:
    """One line of a task list."""

    title: Text
    status: TaskStatus = "todo"
    url: str = ""
    hint: Text = ""


@dataclass(frozen=True)
class Step:
    """One step of the way of a case; `note` says when or how long."""

    name: Text
    state: StepState = "todo"
    note: Text = ""


@dataclass(frozen=True)
class Moment:
    """One entry of a timeline; `who` and `detail` are for officers."""

    at: datetime | date
    title: Text
    text: Text = ""
    who: Text = ""
    detail: Text = ""
    current: bool = False

    @property
    def written(self) -> str:
        """When it was, for people: with the time if there is one."""
        return formats.moment(self.at) if isinstance(self.at, datetime) else formats.day(self.at)


@dataclass(frozen=True)
class Column:
    """One column of a table."""

    label: Text
    numeric: bool = False


@dataclass(frozen=True)
class Cell:
    """One cell that is a link; a plain string (or safe string) needs no Cell."""

    text: object
    url: str = ""


@dataclass(frozen=True)
class Crumb:
    """One breadcrumb; the last has no address."""

    text: Text
    url: str = ""


@dataclass(frozen=True)
class Problem:
    """One line of an error summary, with the id of the field it speaks of."""

    text: Text
    target: str = ""


@dataclass(frozen=True)
class Table:
    """A table ready to show: caption, columns, rows of cells."""

    caption: Text
    columns: Sequence[Column]
    rows: Sequence[Sequence[object]] = field(default_factory=list)
