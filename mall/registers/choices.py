"""The closed lists of the registers."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Register(models.TextChoices):
    """What a register is about; `kinds.py` says what its files look like and whose it is."""

    POVERTY = "kemiskinan", _("Data kemiskinan (DTSEN)")
    ILLNESS = "kesehatan", _("Data penyakit")
    RECIPIENTS = "penerima", _("Penerima program")


class BatchState(models.TextChoices):
    """Where a batch stands."""

    PREVIEWED = "previewed", _("Menunggu diberlakukan")
    CURRENT = "current", _("Berlaku")
    REPLACED = "replaced", _("Digantikan")
    DISCARDED = "discarded", _("Dibuang")
    DESTROYED = "destroyed", _("Dimusnahkan")


class Purpose(models.TextChoices):
    """Why an official looks at a register. Closed: whoever has another reason has none."""

    DISTRIBUTION = "register_distribution", _("Menyalurkan bantuan atau program")
    VERIFICATION = "register_verification", _("Memeriksa kebenaran data di lapangan")
    COMPLAINT = "register_complaint", _("Menjawab pertanyaan atau pengaduan")
    AUDIT = "register_audit", _("Pemeriksaan oleh pengawas yang berwenang")
    CARE = "register_care", _("Pelayanan kesehatan")


CORRECTION = "register_correction"
"""Purpose of a look that answers a correction; nobody chooses it."""
CORRECTION_LABEL = _("Menjawab permintaan perbaikan data")


class Way(models.TextChoices):
    """How somebody was looked at."""

    LIST = "list", _("Dalam daftar, NIK disamarkan")
    UNMASKED = "unmasked", _("NIK dibuka")
    CORRECTION = "correction", _("Permintaan perbaikan dibuka")
    EXPORT = "export", _("Diunduh dalam berkas")


class CorrectionState(models.TextChoices):
    """Where a request for correction stands."""

    FILED = "filed", _("Menunggu jawaban")
    ACCEPTED = "accepted", _("Diperbaiki")
    REJECTED = "rejected", _("Ditolak")


class ExportState(models.TextChoices):
    """Where a request for a file stands."""

    ASKED = "asked", _("Menunggu persetujuan")
    APPROVED = "approved", _("Disetujui")
    REFUSED = "refused", _("Ditolak")
    TAKEN = "taken", _("Sudah diunduh")
    EXPIRED = "expired", _("Kedaluwarsa")
