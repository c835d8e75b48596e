"""What the signals look at, and the words for it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SignalKind(models.TextChoices):
    JUMPS = "jumps", _("Mendahului antrean")
    TRIFLES = "trifles", _("Dikembalikan, lalu cepat diterima")
    HOURS = "hours", _("Keputusan di luar jam layanan")
    BROKER = "broker", _("Perantara yang sama")
    LYING = "lying", _("Dibiarkan menunggu di tangan petugas")
    SKIPS = "skips", _("Melompati nomor antrean")
