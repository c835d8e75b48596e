"""On what ground somebody acts for the applicant."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from agencies.errors import Invalid
from agencies.ids import new_id


class Ground(models.Model):
    """Who came to the counter, and on what ground she acts for the applicant; seen and noted by a clerk."""

    class Kind(models.TextChoices):
        PRESENT = "present", _("Pemohon hadir sendiri")
        LETTER = "letter", _("Surat kuasa")
        FAMILY = "family", _("Keluarga satu KK")
        VILLAGE = "village", _("Kantor desa/kelurahan")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    bearer = models.CharField(max_length=160, blank=True, help_text="Name of who came, where not the applicant.")
    note = models.CharField(max_length=400, blank=True)
    clerk = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.kind


class Mandate(Ground):
    """Why somebody else may act for the applicant on this case."""

    case = models.OneToOneField("workflows.Case", on_delete=models.PROTECT, related_name="mandate")


@dataclass(frozen=True, slots=True)
class Presented:
    """The ground as a clerk notes it: who came, by what right, and her note."""

    kind: str
    bearer: str = ""
    note: str = ""

    def require_whole(self) -> None:
        """Raise `Invalid` when somebody else came and is not named."""
        if self.kind not in Mandate.Kind.values:
            raise Invalid({"kind": [_now("Pilih siapa yang hadir.")]})
        if self.kind != Mandate.Kind.PRESENT and not self.bearer.strip():
            raise Invalid({"bearer": [_now("Tulis nama orang yang hadir mewakili pemohon.")]})

    def noted(self, clerk_id: UUID, at: datetime) -> dict[str, Any]:
        """The columns of a row."""
        return {"kind": self.kind, "bearer": self.bearer, "note": self.note, "clerk_id": clerk_id, "at": at}
