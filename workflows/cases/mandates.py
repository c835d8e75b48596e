"""On what ground somebody acts for the applicant. Data and constraints only."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from agencies.ids import new_id


class Mandate(models.Model):
    """Why somebody else may act for the applicant on this case, seen and noted by a clerk."""

    class Kind(models.TextChoices):
        PRESENT = "present", _("Pemohon hadir sendiri")
        LETTER = "letter", _("Surat kuasa")
        FAMILY = "family", _("Keluarga satu KK")
        VILLAGE = "village", _("Kantor desa/kelurahan")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.OneToOneField("workflows.Case", on_delete=models.PROTECT, related_name="mandate")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    bearer = models.CharField(max_length=160, blank=True, help_text="Name of who came, where not the applicant.")
    note = models.CharField(max_length=400, blank=True)
    clerk = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.kind
