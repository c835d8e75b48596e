"""The figures as tables: the same columns and rows on the page and in the file."""

from django.utils.translation import gettext_lazy as _

from agencies import clock
from agencies.models import Agency
from mall.reports.conduct import NOTED, PAUSED, RETURNED, SPENT
from mall.reports.sheet import Agencies, Names, Rows, Sheet, named, since
from workflows import reports
from workflows.clock.models import Holder, Reason
from workflows.duties import figures
from workflows.duties.lines import Overtaking


def names_of_agencies() -> Names:
    """The names by code. One query."""
    return {agency.code: agency.name for agency in Agency.objects.all()}


def _throughput(agencies: Agencies, _names: Names) -> Rows:
    return [[one.month, one.submitted, one.decided, one.issued] for one in reports.throughput(agencies)]


def _open(agencies: Agencies, names: Names) -> Rows:
    return [
        [names.get(one.agency, one.agency), one.name, one.count, one.late, one.young, one.middle, one.old, one.oldest]
        for one in reports.open_work(agencies)
    ]


def _kept(agencies: Agencies, names: Names) -> Rows:
    return [
        [names.get(one.agency, one.agency), one.name, one.decided, one.kept, one.share]
        for one in reports.terms_kept(agencies, since=since())
    ]


def party(one: reports.Holding, names: Names) -> str:
    """Who holds it, in words."""
    return names.get(one.agency, one.agency) if one.agency else str(Holder(one.holder).label)


def _held(agencies: Agencies, names: Names) -> Rows:
    now = clock.now()
    return [
        [party(one, names), str(Reason(one.reason).label), one.count, (now - one.since).days]
        for one in reports.holdings(agencies)
    ]


def _asked(agencies: Agencies, names: Names) -> Rows:
    return [
        [names.get(one.agency, one.agency), one.open, one.late, one.given, one.given_late]
        for one in reports.recommendations(agencies, since=since())
    ]


def _jumped(agencies: Agencies, names: Names) -> Rows:
    return [
        [
            one.month,
            names.get(one.agency, one.agency),
            one.service,
            str(Overtaking.Code(one.code).label),
            one.count,
            one.passed,
        ]
        for one in figures.overtaken(agencies)
    ]


THROUGHPUT = Sheet(
    "arus",
    _("Permohonan, keputusan, dan produk tiap bulan"),
    _("Permohonan dihitung pada bulan diajukan, keputusan pada bulan diputus, produk pada bulan diserahkan."),
    named(_("Bulan"), _("Diajukan"), _("Diputus"), _("Diserahkan")),
    1,
    _throughput,
)
OPEN = Sheet(
    "terbuka",
    _("Pekerjaan terbuka menurut layanan"),
    _(
        "Permohonan yang sudah diajukan dan belum selesai. Terlambat berarti jangka waktunya sudah lewat dan tidak "
        "sedang menunggu pemohon. Umur dihitung dalam hari kalender sejak pertama diajukan."
    ),
    named(
        _("Instansi"),
        _("Layanan"),
        _("Terbuka"),
        _("Terlambat"),
        _("Kurang dari 7 hari"),
        _("7 sampai 30 hari"),
        _("Lebih dari 30 hari"),
        _("Tertua (hari)"),
    ),
    2,
    _open,
)
KEPT = Sheet(
    "tepat-waktu",
    _("Janji waktu yang ditepati, 90 hari terakhir"),
    _("Keputusan yang diambil sebelum jangka waktunya habis, dibagi semua keputusan. Yang dicabut tidak dihitung."),
    named(_("Instansi"), _("Layanan"), _("Diputus"), _("Tepat waktu"), _("Persen")),
    2,
    _kept,
)
HELD = Sheet(
    "pemegang",
    _("Siapa memegang pekerjaan terbuka"),
    _("Setiap permohonan terbuka dipegang tepat satu pihak; jumlahnya sama dengan seluruh pekerjaan terbuka."),
    named(_("Pemegang"), _("Untuk apa"), _("Permohonan"), _("Terlama (hari)")),
    2,
    _held,
)
ASKED = Sheet(
    "rekomendasi",
    _("Rekomendasi menurut instansi"),
    _("Yang masih ditunggu, yang lewat batas, serta yang diberikan dalam 90 hari terakhir."),
    named(_("Instansi"), _("Ditunggu"), _("Lewat batas"), _("Diberikan"), _("Diberikan terlambat")),
    1,
    _asked,
)
JUMPED = Sheet(
    "di-luar-urutan",
    _("Yang didahulukan di luar urutan"),
    _(
        "Permohonan satu layanan dikerjakan menurut batas waktunya. Dihitung setiap kali satu permohonan didahulukan, "
        "dengan jumlah permohonan berbatas waktu lebih awal yang masih menunggu saat itu."
    ),
    named(_("Bulan"), _("Instansi"), _("Layanan"), _("Alasan"), _("Didahulukan"), _("Dilewati")),
    4,
    _jumped,
)
ALL = (THROUGHPUT, OPEN, KEPT, HELD, ASKED, PAUSED, RETURNED, SPENT, JUMPED, NOTED)
SHEETS: dict[str, Sheet] = {sheet.slug: sheet for sheet in ALL}
