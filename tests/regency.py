"""Files of the regency for tests: good ones, and how to spoil them."""

import io
from collections.abc import Sequence
from datetime import date

from openpyxl import Workbook

from agencies.queries import kecamatan
from mall.regency.services import About

BUDGET = (
    "skpd,nama_skpd,akun,uraian,anggaran,realisasi\n"
    "DINKES,Dinas Kesehatan,4.1.02,Retribusi,1000,900\n"
    "DINKES,Dinas Kesehatan,5.1.01,Belanja pegawai,1100,1000\n"
    "BPKAD,Badan Keuangan,6.1.01,SiLPA tahun lalu,150,150\n"
    "BPKAD,Badan Keuangan,6.2.01,Penyertaan modal,50,50\n"
)
"""A plan that comes out even."""


def about(**said: object) -> About:
    """What is said of a file."""
    usual = {
        "period": "2026",
        "owner": "BPKAD",
        "source": "Perda 1/2026",
        "cut_off": date(2026, 9, 30),
        "next_due": date(2027, 1, 31),
    }
    return About(**usual | said)  # type: ignore[arg-type]


def poverty(poor: int = 40, extreme: int = 12) -> str:
    """So many poor families in each kecamatan."""
    told = [f"{one.code},{code},{value}," for one in kecamatan()
            for code, value in (("keluarga_miskin", poor), ("keluarga_sangat_miskin", extreme))]  # fmt: skip
    return "\n".join(["kecamatan,indikator,nilai,dari", *told])


def xlsx(rows: Sequence[Sequence[object]]) -> bytes:
    """A workbook of one sheet."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
