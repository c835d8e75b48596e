"""What others asked to be told. Higher apps register here; `agencies` never imports them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class HolidayChange:
    """Days that stopped (`added`) or started again (`removed`) to count as working days."""

    added: tuple[date, ...] = ()
    removed: tuple[date, ...] = ()
    by: UUID | None = None
    """The user who changed the table; None for a seed or an import."""


@dataclass(frozen=True, slots=True)
class HoursChange:
    """A site whose opening hours are others now."""

    site: str
    by: UUID | None = None
    """The user who changed them."""


HolidayCallback = Callable[[HolidayChange], None]
HoursCallback = Callable[[HoursChange], None]

_holiday_callbacks: list[HolidayCallback] = []
_hours_callbacks: list[HoursCallback] = []


def on_holiday_changed(callback: HolidayCallback) -> HolidayCallback:
    """Call `callback` inside the transaction that changes the table; usable as a decorator.

    Registering twice is registering once, so an app that is set up again does no harm.
    """
    if callback not in _holiday_callbacks:
        _holiday_callbacks.append(callback)
    return callback


def holiday_changed(change: HolidayChange) -> None:
    """Tell everybody who asked. An exception undoes the change of the table as well."""
    if change.added or change.removed:
        for callback in tuple(_holiday_callbacks):
            callback(change)


def on_hours_changed(callback: HoursCallback) -> HoursCallback:
    """As `on_holiday_changed`, for the hours of a site."""
    if callback not in _hours_callbacks:
        _hours_callbacks.append(callback)
    return callback


def hours_changed(change: HoursChange) -> None:
    """Tell everybody who asked. An exception undoes the change of the hours as well."""
    for callback in tuple(_hours_callbacks):
        callback(change)
