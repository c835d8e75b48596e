"""What the walks do again and again, as the people in them do it: on the pages."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.e2e.visitor import Answer, Visitor


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an applicant takes home."""

    number: str
    code: str


def find(visitor: Visitor, words: str, service: str) -> Visitor:
    """From the front page to the public standard of a service."""
    visitor.open("/").answer("Layanan apa yang Anda perlukan?", words).press("Cari")
    return visitor.follow(service)


def begin(visitor: Visitor, email: str) -> Visitor:
    """From the standard of a service to a fresh draft, with the log-in between."""
    visitor.press("Ajukan permohonan").log_in(email)
    visitor.reads("Sebelum mulai")
    return visitor.press("Mulai mengisi").reads("Belum diisi", "Diajukan atas nama")


def fill(visitor: Visitor, first: str, pages: Sequence[Mapping[str, Answer]]) -> Visitor:
    """Every page of questions, one after the other; `first` is the task to begin with."""
    visitor.follow(first)
    for answers in pages:
        visitor.fill(answers).press("Simpan dan lanjutkan")
    return visitor.reads("Lengkap", "Belum diisi")


def hand_in(visitor: Visitor, papers: Mapping[str, tuple[str, bytes]]) -> Visitor:
    """Every paper; each page leads on to the next that is missing."""
    names = list(papers)
    visitor.follow(names[0])
    for name in names:
        assert visitor.heading == name
        visitor.answer("Berkas", papers[name]).press("Simpan dan lanjutkan")
    return visitor.reads("Semua bagian sudah lengkap.")


def send(visitor: Visitor) -> Receipt:
    """Check, send, and note down the number and the code."""
    visitor.follow("Periksa dan kirim").reads("Dengan mengirim, Anda menyatakan bahwa isian dan berkas ini benar.")
    visitor.press("Kirim permohonan").reads("Permohonan terkirim", "Nomor tanda terima", "Kode lacak")
    return Receipt(visitor.page.locator("h1 + * strong").first.inner_text(), visitor.after("Kode lacak"))


def tick(visitor: Visitor, lacking: Mapping[str, str] | None = None) -> Visitor:
    """Tick every requirement of a checklist in order, but for those that lack something."""
    wrong = dict(lacking or {})
    for group in visitor.page.get_by_role("group", name=re.compile(r"^\d+\. ")).all():
        title = group.locator("legend").inner_text().split(". ", 1)[1].strip()
        note = wrong.pop(title, "")
        group.get_by_label("Kurang" if note else "Sesuai", exact=True).check()
        if note:
            visitor.page.get_by_role("textbox", name=re.compile(rf"Apa yang kurang.*{re.escape(title)}")).fill(note)
    assert not wrong, f"not on the checklist: {wrong}"
    return visitor


def to_case(visitor: Visitor, receipt: Receipt) -> Visitor:
    """From the desk to the page of a case, by its number."""
    visitor.open("/meja/")
    return visitor.follow(receipt.number)


def look_up(visitor: Visitor, receipt: Receipt, nik: str) -> Visitor:
    """Follow a case without log-in."""
    visitor.open("/").follow("Lacak permohonan")
    return visitor.fill({"Kode lacak": receipt.code, "Empat angka terakhir NIK pemohon": nik[-4:]}).press("Lacak")
