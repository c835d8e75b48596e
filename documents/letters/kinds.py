"""Which letters there are. A case has each of them at most once."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LetterKind(models.TextChoices):
    """The value is part of the address."""

    REFUSAL = "penolakan", _("Surat penolakan")
    DEEMED = "dianggap-dikabulkan", _("Pernyataan dianggap dikabulkan")
    OBJECTION = "jawaban-keberatan", _("Surat jawaban keberatan")
    APPEAL = "jawaban-banding", _("Surat jawaban banding")
    COMPLETE = "berkas-lengkap", _("Tanda terima berkas lengkap")
    PAYMENT = "kuitansi", _("Kuitansi pembayaran")
