"""Services and their versions: the identity that lasts, and the bodies that never change."""

from typing import Any, Final

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.ids import new_id
from agencies.models import Agency
from workflows.definition.canonical import definition_from_body, digest
from workflows.definition.model import ApplicantKind, Authority, Definition, Shape

_PARSED: Final[dict[str, Definition]] = {}
_MOST_PARSED: Final = 2000


class PublishedForever(RuntimeError):
    """Somebody tried to change or delete a version that has been published."""


class VersionState(models.TextChoices):
    DRAFT = "draft", _("Rancangan")
    PUBLISHED = "published", _("Berlaku")
    RETIRED = "retired", _("Tidak berlaku lagi")


class ServiceType(models.Model):
    """One kind of service, by its stable code. What is copied here is for lists and search only."""

    code = models.CharField(primary_key=True, max_length=60, help_text="Starts with the agency's code.")
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="services", help_text="The home agency, which answers for it."
    )
    category = models.CharField(max_length=60, db_index=True, help_text="Group in the public list.")
    name_id = models.CharField(_("nama"), max_length=200, help_text="Indonesian name in the current version.")
    name_en = models.CharField(max_length=200, blank=True, help_text="English name, if there is one.")
    keywords = models.TextField(blank=True, help_text="Words people look for, one a line.")
    searchable = models.TextField(blank=True, help_text="Code, names, summary and keywords, normalised.")
    shape = models.CharField(max_length=3, choices=[(s, s) for s in Shape], help_text="Route shape.")
    authority = models.CharField(
        max_length=8, choices=[(a, a) for a in Authority], help_text="Who decides: mall or agency."
    )
    applicant = models.CharField(max_length=12, choices=[(a, a) for a in ApplicantKind], help_text="Who may apply.")
    current = models.OneToOneField(
        "ServiceVersion",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The version that new cases get; empty while only drafts exist.",
    )
    active = models.BooleanField(default=True, help_text="False: retired, takes no new cases.")

    class Meta:
        app_label = "workflows"
        ordering = ("code",)
        constraints = [
            models.CheckConstraint(
                condition=Q(shape__in=[str(s) for s in Shape]), name="workflows_servicetype_shape_known"
            ),
            models.CheckConstraint(
                condition=Q(authority__in=[str(a) for a in Authority]),
                name="workflows_servicetype_authority_known",
            ),
        ]
        indexes = [models.Index(fields=["agency", "code"], name="workflows_servicetype_agency")]

    def __str__(self) -> str:
        return self.name_id


class ServiceVersion(models.Model):
    """One body of a service. A draft may change; from publication on it is fixed for ever."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(ServiceType, models.PROTECT, related_name="versions", help_text="Of which service.")
    number = models.PositiveIntegerField(help_text="1 for the first version of the service.")
    body = models.JSONField(help_text="The definition, canonical and whole.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of the canonical body, hex.")
    state = models.CharField(max_length=12, choices=VersionState.choices, default=VersionState.DRAFT)
    effective_from = models.DateField(null=True, blank=True, help_text="First day (WIB) for new cases.")
    published_at = models.DateTimeField(null=True, blank=True, help_text="When it was published.")
    note = models.CharField(max_length=500, blank=True, help_text="What changed, for the register.")

    class Meta:
        app_label = "workflows"
        ordering = ("service", "number")
        constraints = [
            models.UniqueConstraint(fields=["service", "number"], name="workflows_serviceversion_number_once"),
            models.UniqueConstraint(fields=["service", "digest"], name="workflows_serviceversion_digest_once"),
            models.UniqueConstraint(
                fields=["service"], condition=Q(state="draft"), name="workflows_serviceversion_one_draft"
            ),
            models.UniqueConstraint(
                fields=["service"], condition=Q(state="published"), name="workflows_serviceversion_one_published"
            ),
            models.CheckConstraint(
                condition=Q(state__in=VersionState.values), name="workflows_serviceversion_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(published_at__isnull=False),
                name="workflows_serviceversion_published_at_known",
            ),
            models.CheckConstraint(
                condition=~Q(body__population_document=True) | Q(body__fee__kind="free"),
                name="workflows_serviceversion_population_is_free",
                violation_error_message="A population document is free (UU 24/2013 art. 79A).",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="published_body_is_fixed",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state__in=["published", "retired"])
                & (
                    pgtrigger.Q(old__body__df=pgtrigger.F("new__body"))
                    | pgtrigger.Q(old__digest__df=pgtrigger.F("new__digest"))
                    | pgtrigger.Q(old__number__df=pgtrigger.F("new__number"))
                    | pgtrigger.Q(old__service_id__df=pgtrigger.F("new__service_id"))
                    | pgtrigger.Q(old__published_at__df=pgtrigger.F("new__published_at"))
                    | pgtrigger.Q(new__state="draft")
                ),
            ),
            pgtrigger.Protect(
                name="published_version_stays",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__state__in=["published", "retired"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} v{self.number}"

    @property
    def definition(self) -> Definition:
        """The typed body; that of a published version is parsed once per process."""
        if self.state == VersionState.DRAFT:
            return definition_from_body(self.body)
        if self.digest not in _PARSED:
            if len(_PARSED) >= _MOST_PARSED:
                _PARSED.clear()
            _PARSED[self.digest] = definition_from_body(self.body)
        return _PARSED[self.digest]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """As usual, except that a published body is refused, and the digest is always the body's own."""
        actual = digest(self.body)
        if self.state == VersionState.DRAFT:
            self.digest = actual
        elif actual != self.digest:
            raise PublishedForever(f"{self} has been published; publish a new version instead.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Only a draft can be deleted."""
        if self.state != VersionState.DRAFT:
            raise PublishedForever(f"{self} has been published and stays in the register.")
        return super().delete(*args, **kwargs)


class CatalogueStamp(models.Model):
    """What was loaded from a folder last, so that loading it again unchanged costs one query."""

    name = models.CharField(primary_key=True, max_length=60)
    digest = models.CharField(max_length=64, help_text="SHA-256 over every file of the folder, hex.")
    loaded_at = models.DateTimeField()

    class Meta:
        app_label = "workflows"
