"""Agencies, the places where they serve, and the regions people live in."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from agencies.choices import AgencyKind, AnswersBy, RegionKind
from agencies.models.fields import one_of


def no_components() -> dict[str, Any]:
    """The empty default; a function because Django wants a callable."""
    return {}


class Agency(models.Model):
    """An office that recommends, decides or serves at the mall."""

    code = models.CharField(primary_key=True, max_length=32, help_text="Stable short name, e.g. DINKES.")
    name_id = models.CharField(max_length=200, help_text="Official Indonesian name.")
    name_en = models.CharField(max_length=200, help_text="Working translation, not official.")
    kind = models.CharField(max_length=16, choices=AgencyKind.choices, help_text="To whom it belongs.")
    role = models.TextField(blank=True, help_text="What it does at the mall, in English.")
    component_defaults = models.JSONField(
        default=no_components,
        blank=True,
        help_text="Components of the service standard that its services inherit unless they state their own.",
    )
    phone = models.CharField(max_length=32, blank=True, help_text="Public number of the office, E.164.")
    answers_by = models.CharField(
        max_length=8,
        choices=AnswersBy.choices,
        default=AnswersBy.SCREEN,
        help_text="How it recommends: at the desk on a screen, or by one-time links from the mall.",
    )
    active = models.BooleanField(default=True, help_text="False: no longer at the mall.")
    digest = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text="SHA-256 of the catalogue entry that was loaded; equal means nothing to do.",
    )

    class Meta:
        verbose_name_plural = "agencies"
        ordering = ["code"]
        constraints = [
            one_of("kind", AgencyKind, name="agencies_agency_kind"),
            one_of("answers_by", AnswersBy, name="agencies_agency_answers_by"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        return self.name_en if (get_language() or "").startswith("en") else self.name_id


class Site(models.Model):
    """A building in which people are served."""

    code = models.CharField(primary_key=True, max_length=16, help_text="Stable short name.")
    name = models.CharField(max_length=200, help_text="As written above the door.")
    address = models.TextField(blank=True, help_text="Street and village, for people.")
    phone = models.CharField(max_length=32, blank=True, help_text="Public number, E.164.")

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class OpeningHours(models.Model):
    """Ordinary hours of a site on one weekday; a weekday without a row is closed."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField(help_text="0 is Monday, 6 is Sunday.")
    opens = models.TimeField(help_text="Wall clock, WIB.")
    closes = models.TimeField(help_text="Wall clock, WIB; what arrives later counts tomorrow.")

    class Meta:
        verbose_name_plural = "opening hours"
        constraints = [
            models.UniqueConstraint(fields=["site", "weekday"], name="agencies_hours_once"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="agencies_hours_weekday"),
            models.CheckConstraint(condition=Q(opens__lt=F("closes")), name="agencies_hours_order"),
        ]

    def __str__(self) -> str:
        return f"{self.site_id} {self.weekday} {self.opens:%H:%M}-{self.closes:%H:%M}"


class OpeningException(models.Model):
    """Other hours on one date (a festival until 22:00), or closed when both times are empty."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="opening_exceptions")
    date = models.DateField(help_text="The day, WIB.")
    opens = models.TimeField(null=True, blank=True, help_text="Empty: closed that day.")
    closes = models.TimeField(null=True, blank=True, help_text="Empty: closed that day.")
    reason = models.CharField(max_length=200, help_text="Shown to people, in Indonesian.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "date"], name="agencies_exception_once"),
            models.CheckConstraint(
                condition=Q(opens__isnull=True, closes__isnull=True)
                | Q(opens__isnull=False, closes__isnull=False, opens__lt=F("closes")),
                name="agencies_exception_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.site_id} {self.date}"


class Region(models.Model):
    """A region by its Kemendagri code; BPS numbers the same places differently."""

    code = models.CharField(primary_key=True, max_length=13, help_text="Kemendagri code as text, e.g. 35.10.16.1001.")
    name = models.CharField(max_length=100, help_text="Name without the word kecamatan or desa.")
    kind = models.CharField(max_length=16, choices=RegionKind.choices, help_text="Its level.")
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        help_text="The region one level above; empty for the regency.",
    )
    bps_code = models.CharField(max_length=10, blank=True, help_text="Code of Statistics Indonesia, when known.")

    class Meta:
        ordering = ["code"]
        constraints = [
            one_of("kind", RegionKind, name="agencies_region_kind"),
            models.CheckConstraint(
                condition=Q(code__regex=r"^\d{2}\.\d{2}(\.\d{2}(\.[12]\d{3})?)?$"),
                name="agencies_region_code",
            ),
        ]

    def __str__(self) -> str:
        return self.name
