"""What somebody who works here has declared about herself. Data and constraints only."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.ids import new_id
from agencies.sealing import SealedTextField


class Relation(models.Model):
    """A person or business with whom an officer has an interest; she handles none of its cases.

    UU 30/2014 art. 42-45. It names the other by NIK or NIB, so that it also holds for who comes only later.
    A declaration is never taken back: it ends, and stays as history.
    """

    class Kind(models.TextChoices):
        SPOUSE = "spouse", _("Suami atau istri")
        PARENT = "parent", _("Orang tua")
        CHILD = "child", _("Anak")
        SIBLING = "sibling", _("Saudara")
        BUSINESS = "business", _("Usaha milik atau tempat bekerja")
        OTHER = "other", _("Hubungan lain")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="relations", help_text="Who declared it."
    )
    kind = models.CharField(max_length=16, choices=Kind.choices, help_text="What binds them.")
    nik = SealedTextField(blank=True, help_text="NIK of the other, sealed; empty for a business.")
    nik_index = models.CharField(max_length=64, blank=True, editable=False, help_text="Keyed hash of that NIK.")
    nib = models.CharField(max_length=13, blank=True, help_text="NIB of the business; empty for a person.")
    declared_at = models.DateTimeField(help_text="When, UTC.")
    until = models.DateField(null=True, help_text="Last day on which it binds, WIB; empty: no end.")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=["spouse", "parent", "child", "sibling", "business", "other"]),
                name="relation_kind_known",
            ),
            models.CheckConstraint(
                condition=(~Q(nik_index="") & Q(nib="")) | (Q(nik_index="") & ~Q(nib="")),
                name="relation_names_one_other",
            ),
            models.UniqueConstraint(
                fields=["user", "nik_index", "nib"], condition=Q(until=None), name="relation_once_while_it_lasts"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["nik_index"], name="relation_of_other", condition=~Q(nik_index=""))]
        triggers: ClassVar = [
            pgtrigger.Protect(name="relation_not_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="relation_only_ends",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__until__isnull=False)
                | pgtrigger.Q(old__user__df=pgtrigger.F("new__user"))
                | pgtrigger.Q(old__kind__df=pgtrigger.F("new__kind"))
                | pgtrigger.Q(old__nik_index__df=pgtrigger.F("new__nik_index"))
                | pgtrigger.Q(old__nib__df=pgtrigger.F("new__nib"))
                | pgtrigger.Q(old__declared_at__df=pgtrigger.F("new__declared_at")),
            ),
        ]

    def __str__(self) -> str:
        return self.kind
