"""The closed lists of who, where and when. No tables here, so anything may read them at any time."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What somebody does at the mall or in an agency."""

    CLERK = "clerk", _("Petugas loket")
    VERIFIER = "verifier", _("Verifikator")
    APPROVER = "approver", _("Pejabat pemutus")
    OFFICER = "officer", _("Petugas instansi")
    MANAGER = "manager", _("Manajer")
    ADMINISTRATOR = "administrator", _("Administrator")
    DEPUTY = "deputy", _("Wakil kepala instansi")
    HEAD = "head", _("Kepala instansi")
    INSPECTORATE = "inspectorate", _("Inspektorat")
    STEWARD = "steward", _("Walidata")
    COMPLAINTS = "complaints", _("Pengelola pengaduan")
    INFORMATION = "information", _("PPID")
    REGISTRAR = "registrar", _("Petugas data terpadu")


class Capacity(models.TextChoices):
    """By which power an official signs (UU 30/2014 art. 13-14)."""

    OWN = "own", _("Jabatan sendiri")
    DELEGATION = "delegation", _("Delegasi")
    MANDATE = "mandate_an", _("Mandat (a.n.)")
    PLH = "plh", _("Pelaksana harian (Plh.)")
    PLT = "plt", _("Pelaksana tugas (Plt.)")


class AgencyKind(models.TextChoices):
    """To whom an agency belongs."""

    SKPD = "skpd", _("Perangkat daerah")
    VERTICAL = "vertical", _("Instansi vertikal")
    BUMN = "bumn", _("Badan usaha milik negara")
    BUMD = "bumd", _("Badan usaha milik daerah")
    JUDICIAL = "judicial", _("Lembaga peradilan")
    OVERSIGHT = "oversight", _("Pengawas, bukan bagian dari mal")


class AnswersBy(models.TextChoices):
    """How an agency gives its recommendations."""

    SCREEN = "screen", _("Meja kerja")
    LINK = "link", _("Tautan sekali pakai")


class RegionKind(models.TextChoices):
    """Levels of the civil administration."""

    KABUPATEN = "kabupaten", _("Kabupaten")
    KECAMATAN = "kecamatan", _("Kecamatan")
    KELURAHAN = "kelurahan", _("Kelurahan")
    DESA = "desa", _("Desa")


class HolidayKind(models.TextChoices):
    """Why a day does not count; all kinds stop the legal clock alike."""

    NATIONAL = "NATIONAL", _("Hari libur nasional")
    CUTI_BERSAMA = "CUTI_BERSAMA", _("Cuti bersama")
    LOCAL = "LOCAL", _("Libur daerah")
    ELECTION = "ELECTION", _("Hari pemungutan suara")
    EMERGENCY = "EMERGENCY", _("Keadaan darurat")


class Lane(models.TextChoices):
    """Real work, or the canary that walks the same code and is left out of every figure."""

    REAL = "real", _("Nyata")
    CANARY = "canary", _("Uji jalan")


class Sex(models.TextChoices):
    """As on the identity card."""

    MALE = "male", _("Laki-laki")
    FEMALE = "female", _("Perempuan")


class ProofLevel(models.TextChoices):
    """How sure we are that a person is who she says."""

    NONE = "none", _("Belum ada")
    SELF_DECLARED = "self_declared", _("Pernyataan sendiri")
    KTP_CHECKED = "ktp_checked", _("KTP-el diperiksa petugas")
    KTP_READER = "ktp_reader", _("KTP-el dibaca alat")


INSPECTORATE = "INSPEKTORAT"
"""Code of the office that watches over the mall; see `catalogue/oversight.toml`."""

CHECKED_LEVELS = (ProofLevel.KTP_CHECKED, ProofLevel.KTP_READER)
"""Levels that a member of staff vouches for."""
