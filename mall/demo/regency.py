"""DATA CONTOH: figures of the regency that are made up, so that a newcomer sees every page alive.

They go in as any office's file does: read, checked, published by the demo's steward of data.
"""

import hashlib
from collections.abc import Callable, Sequence
from datetime import date

from agencies import clock
from agencies.models import User
from agencies.queries import kecamatan
from mall.demo.people import DOMAIN
from mall.regency import services
from mall.regency.budget import Version
from mall.regency.indicators import indicators
from mall.regency.models import Kind
from mall.regency.services import About
from workflows.actors import Actor

STEWARD = f"walidata@{DOMAIN}"
MILLION = 1_000_000
OFFICES = {
    "DINKES": ("Dinas Kesehatan", 520_000),
    "DISPENDIK": ("Dinas Pendidikan", 910_000),
    "DPUCKPP": ("Dinas PU Cipta Karya, Perumahan, dan Permukiman", 340_000),
    "DINSOS": ("Dinas Sosial", 95_000),
    "DPMPTSP": ("DPMPTSP", 24_000),
}
"""Spending in millions of rupiah; a sample."""


def sample(low: int, high: int, *about: str) -> int:
    """A number between two that is the same every time."""
    digest = hashlib.sha256("/".join(about).encode()).digest()
    return low + int.from_bytes(digest[:4]) % (high - low + 1)


def load_regency() -> int:
    """Publish a sample of every kind for the year before; how many files."""
    by = Actor.of(User.objects.get(email=STEWARD))
    year = clock.today().year - 1
    files: Sequence[tuple[Kind, str, Callable[[int], str]]] = (
        (Kind.BUDGET, Version.ORIGINAL, lambda year: _budget(year, realised=False)),
        (Kind.BUDGET, Version.YEAR, lambda year: _budget(year, realised=True)),
        (Kind.PROGRAMMES, "", _programmes),
        (Kind.DISTRICTS, "", lambda year: _areas(Kind.DISTRICTS, year)),
        (Kind.POVERTY, "", lambda year: _areas(Kind.POVERTY, year)),
        (Kind.ILLNESS, "", lambda year: _areas(Kind.ILLNESS, year)),
        (Kind.EDUCATION, "", lambda year: _areas(Kind.EDUCATION, year)),
        (Kind.PERFORMANCE, "", _performance),
    )
    for kind, version, write in files:
        about = About(
            period=str(year),
            version=version,
            owner="DATA CONTOH",
            source=f"DATA CONTOH {year}, bukan dokumen resmi",
            cut_off=date(year, 12, 31),
            next_due=date(year + 2, 1, 31),
            sample=True,
        )
        batch = services.upload(kind=kind, content=write(year).encode(), about=about, by=by)
        services.publish(batch_id=batch.pk, by=by)
    return len(files)


def _csv(head: str, rows: Sequence[Sequence[object]]) -> str:
    return "\n".join([head, *(",".join("" if cell is None else str(cell) for cell in row) for row in rows)])


def _budget(year: int, *, realised: bool) -> str:
    """A budget that comes out even; income and reserves pay for what the offices spend."""
    spending = sum(millions for _name, millions in OFFICES.values())
    reserve, invested = 60_000, 15_000
    own = spending // 5
    plan: list[tuple[str, str, str, str, int]] = [
        ("BPKAD", "Badan Pengelolaan Keuangan dan Aset Daerah", "4.1.01", "Pajak daerah", own),
        ("BPKAD", "Badan Pengelolaan Keuangan dan Aset Daerah", "4.2.01", "Transfer pemerintah pusat",
         spending - own - reserve + invested),
        ("BPKAD", "Badan Pengelolaan Keuangan dan Aset Daerah", "6.1.01", "SiLPA tahun sebelumnya", reserve),
        ("BPKAD", "Badan Pengelolaan Keuangan dan Aset Daerah", "6.2.02", "Penyertaan modal daerah", invested),
    ]  # fmt: skip
    for code, (name, millions) in OFFICES.items():
        staff, goods = millions * 55 // 100, millions * 25 // 100
        plan += [
            (code, name, "5.1.01", "Belanja pegawai", staff),
            (code, name, "5.1.02", "Belanja barang dan jasa", goods),
            (code, name, "5.2.02", "Belanja modal peralatan dan mesin", millions - staff - goods),
        ]
    rows = [
        (code, f'"{name}"', account, title, millions * MILLION,
         millions * sample(86, 104, str(year), code, account) * MILLION // 100 if realised else None)
        for code, name, account, title, millions in plan
    ]  # fmt: skip
    return _csv("skpd,nama_skpd,akun,uraian,anggaran,realisasi", rows)


PRICES = {"bedah-rumah": 20, "beasiswa": 3, "pelatihan-pemuda": 2}
"""Millions of rupiah a unit; a sample."""
RUN_BY = {"bedah-rumah": "DPUCKPP", "beasiswa": "DISPENDIK", "pelatihan-pemuda": "DINSOS"}


def _programmes(year: int) -> str:
    rows: list[Sequence[object]] = []
    for place in kecamatan():
        for programme, price in PRICES.items():
            target = sample(8, 90, str(year), programme, place.code)
            reached = target * sample(60, 100, "reached", programme, place.code) // 100
            money = (target * price * MILLION, reached * price * MILLION)
            rows.append(
                (programme, RUN_BY[programme], "APBD", "5.1.02", place.code, None, None, target, reached, *money)
            )
    for number, place in enumerate(kecamatan()[:5], start=1):
        told = (f"Kelompok Tani Contoh {number}", "Alat pascapanen", 1, 1, 50 * MILLION, 50 * MILLION)
        rows.append(("hibah", "DISPERTAN", "APBD", "5.1.05", place.code, *told))
    return _csv("program,skpd,dana,akun,kecamatan,penerima,tujuan,target,capaian,anggaran,realisasi", rows)


RANGES = {
    "keluarga_miskin": (900, 3200),
    "keluarga_sangat_miskin": (4, 160),
    "dbd": (0, 60),
    "tb": (5, 80),
    "stunting": (40, 400),
    "murid_sd": (2500, 9000),
    "murid_smp": (1200, 4500),
    "putus_sekolah": (0, 45),
    "idm": (60, 92),
}
"""What is not named here is a percentage between 55 and 98."""


def _areas(kind: Kind, year: int) -> str:
    rows = []
    for place in kecamatan():
        for code in indicators(kind):
            low, high = RANGES.get(code, (55, 98))
            value: object = sample(low, high, str(year), code, place.code)
            rows.append((place.code, code, f"0.{value}" if code == "idm" else value, None))
    return _csv("kecamatan,indikator,nilai,dari", rows)


AIMS = (
    ("DINKES", "Dinas Kesehatan", "Meningkatnya derajat kesehatan", "Angka harapan hidup", "tahun", "higher", 72, 71.4),
    ("DINKES", "Dinas Kesehatan", "Menurunnya stunting", "Prevalensi stunting", "%", "lower", 14, 12.6),
    (
        "DISPENDIK",
        "Dinas Pendidikan",
        "Meningkatnya mutu pendidikan",
        "Rata-rata lama sekolah",
        "tahun",
        "higher",
        8,
        7.9,
    ),
    ("DPUCKPP", "Dinas PU Cipta Karya", "Meningkatnya rumah layak huni", "Rumah layak huni", "%", "higher", 92, 93.5),
    ("DPMPTSP", "DPMPTSP", "Meningkatnya mutu layanan", "Indeks kepuasan masyarakat", "indeks", "higher", 88.31, None),
)


def _performance(_year: int) -> str:
    manual, evidence = (
        "Definisi rumus dan sumber menurut manual indikator (DATA CONTOH)",
        "Laporan kinerja (DATA CONTOH)",
    )
    rows = [
        (code, f'"{name}"', goal, title, unit, manual, way, target, reached, evidence)
        for code, name, goal, title, unit, way, target, reached in AIMS
    ]
    return _csv("skpd,nama_skpd,sasaran,indikator,satuan,manual,arah,target,capaian,bukti", rows)
