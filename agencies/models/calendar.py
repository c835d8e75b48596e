"""The holiday table: the truth about which days do not count."""

from django.db import models

from agencies.choices import HolidayKind
from agencies.models.fields import one_of


class Holiday(models.Model):
    """A day that is no working day, and by which decree (SKB)."""

    date = models.DateField(db_index=True, help_text="The day, WIB.")
    name = models.CharField(max_length=200, help_text="Indonesian name of the day.")
    kind = models.CharField(max_length=16, choices=HolidayKind.choices, help_text="Why.")
    decree_no = models.CharField(max_length=200, blank=True, help_text="Decree that says so.")
    source = models.CharField(
        max_length=200, blank=True, help_text="Where the row came from: a library, an import, a person."
    )

    class Meta:
        ordering = ["date", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["date", "kind"], name="agencies_holiday_once"),
            one_of("kind", HolidayKind, name="agencies_holiday_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.name}"
