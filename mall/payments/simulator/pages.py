"""The simulator's own pages. Each says in large letters that no money moves here."""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from html import escape
from http import HTTPStatus

from agencies import clock
from mall.payments.simulator.journal import Bill, Payment

BANNER = "SIMULATOR PEMBAYARAN — BUKAN UANG SUNGGUHAN"
BUTTONS = {
    "full": ("Bayar lunas", "Jumlah tepat, sekali, sebelum batas waktu."),
    "twice": ("Bayar dua kali", "Dua pembayaran untuk satu tagihan; yang kedua harus dikembalikan."),
    "wrong": ("Bayar jumlah salah", "Kurang seribu rupiah; mal harus menolaknya."),
    "late": ("Bayar terlambat", "Bertanggal sesudah batas waktu; mal harus mengembalikannya."),
    "silent": ("Bayar tanpa pemberitahuan", "Pemberitahuan ke mal hilang di jalan; mal harus menanyakannya sendiri."),
}
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
STYLE = """
:root{color-scheme:light}*{box-sizing:border-box}
body{margin:0;font:1.0625rem/1.55 system-ui,sans-serif;color:#1d2429;background:#f6f3ec}
.banner{background:#7a1f1f;color:#fff;font-weight:700;text-align:center;padding:.75rem 1rem;letter-spacing:.02em}
main{max-width:40rem;margin:0 auto;padding:1.5rem 1rem 3rem}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 1rem}h2{font-size:1.15rem;margin:2rem 0 .75rem}
.card{background:#fff;border:1px solid #d9d3c5;border-radius:.5rem;padding:1rem 1.25rem}
dl{margin:0;display:grid;grid-template-columns:1fr;gap:.15rem}dt{color:#55606a;font-size:.95rem}
dd{margin:0 0 .6rem;font-weight:600;overflow-wrap:anywhere}.sum{font-size:1.6rem}
form{margin:0 0 .9rem}button{width:100%;min-height:3rem;font:inherit;font-weight:600;color:#fff;background:#14503f;
border:0;border-radius:.4rem;padding:.5rem 1rem;cursor:pointer}button:hover{background:#0d3b2e}
button:focus-visible,a:focus-visible{outline:3px solid #ffb000;outline-offset:2px}
.odd button{background:#fff;color:#1d2429;border:2px solid #8a8577}.odd button:hover{background:#f0ece1}
form p{margin:.25rem 0 0;color:#55606a;font-size:.95rem}a{color:#14503f}
ul{padding-left:1.2rem}li{margin:.4rem 0}
"""


def rupiah(amount: int) -> str:
    """`Rp 25.000`."""
    return f"Rp {amount:,}".replace(",", ".")


def when(text: str) -> str:
    """A moment as the clock in Banyuwangi shows it: `22 November 2026 pukul 14.05 WIB`."""
    moment = clock.wib(datetime.fromisoformat(text))
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment:%Y pukul %H.%M} WIB"


def page(title: str, inner: str) -> str:
    """A whole page around `inner`, which is HTML already."""
    return (
        '<!doctype html><html lang="id"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">'
        f'<title>{escape(title)} – {BANNER}</title><link rel="stylesheet" href="/gaya.css"></head>'
        f'<body><header class="banner">{BANNER}</header><main><h1>{escape(title)}</h1>{inner}</main></body></html>'
    )


def front(bills: list[Bill]) -> str:
    """What this is, and the newest bills."""
    intro = (
        "<p>Program ini berperan sebagai gerbang pembayaran selama uji coba. Tidak ada uang yang berpindah. "
        "Buka tagihan, lalu tekan tombol untuk melihat bagaimana mal menanggapinya.</p>"
    )
    rows = "".join(
        f'<li><a href="/bayar/{escape(one.pay_code)}">{escape(one.pay_code)}</a> – {rupiah(one.amount)}, '
        f"{escape(one.description)}, {_paid(one)}</li>"
        for one in bills
    )
    listed = f"<ul>{rows}</ul>" if rows else "<p>Belum ada tagihan.</p>"
    today = clock.today().isoformat()
    bank = (
        f'<h2>Berkas bank</h2><p><a href="/bank/{today}.csv">Uang masuk hari ini (CSV)</a>, untuk dicocokkan dengan '
        "buku di meja kerja, Pencocokan bank.</p>"
    )
    return page("Gerbang pembayaran tiruan", f"{intro}<h2>Tagihan terbaru</h2>{listed}{bank}")


def bank_file(day: date, paid: Sequence[tuple[Bill, Payment]]) -> str:
    """The day's money as a bank reports it: also what the mall has refused or has not heard of."""
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\n")
    lines.writerow(["tanggal", "referensi", "jumlah", "keterangan"])
    lines.writerows([day.isoformat(), one.payment, one.amount, f"VA {bill.pay_code}"] for bill, one in paid)
    return out.getvalue()


def _paid(bill: Bill) -> str:
    return "sudah ada pembayaran" if bill.payments else "belum dibayar"


def bill_page(bill: Bill, back: str) -> str:
    """One bill, its buttons, and what has come of each payment; `back` leads to the mall."""
    facts = (
        f'<div class="card"><dl><dt>Jumlah</dt><dd class="sum">{rupiah(bill.amount)}</dd>'
        f"<dt>Kode bayar</dt><dd>{escape(bill.pay_code)}</dd>"
        f"<dt>Untuk permohonan</dt><dd>{escape(bill.description)}</dd>"
        f"<dt>Bayar paling lambat</dt><dd>{when(bill.expires_at)}</dd></dl></div>"
    )
    buttons = "".join(
        f'<form method="post" class="{"plain" if name == "full" else "odd"}">'
        f'<button name="cara" value="{name}">{label}</button><p>{told}</p></form>'
        for name, (label, told) in BUTTONS.items()
    )
    paid = "".join(f"<li>{_line(one)}</li>" for one in bill.payments)
    history = f"<h2>Pembayaran yang sudah dicoba</h2><ul>{paid}</ul>" if paid else ""
    way_back = f'<p><a href="{escape(back)}">Kembali ke permohonan Anda</a></p>'
    return page("Bayar tagihan", f"{facts}{history}<h2>Coba bayar</h2>{buttons}{way_back}")


def _line(payment: Payment) -> str:
    return f"{rupiah(payment.amount)}, bertanggal {when(payment.paid_at)}: {_answer(payment)}"


def _answer(payment: Payment) -> str:
    """How the mall answered, in words."""
    if payment.silent:
        return "pemberitahuan hilang; mal menanyakannya sendiri dalam beberapa menit."
    if payment.told == 0:
        return "mal belum menjawab; pemberitahuan diulang. Muat ulang halaman ini."
    if payment.told == HTTPStatus.OK:
        return "diterima mal."
    return f"ditolak mal (kode {payment.told})."
