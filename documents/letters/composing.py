"""Composing a letter from what the register keeps: short sentences, the applicant's name, the way onward.

Each function reads what was fixed when the thing happened, so composing late says the same as composing at once.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from django.utils.translation import override

from agencies import clock
from agencies.errors import Missing
from documents.letters import phrases, spending
from documents.letters.kinds import LetterKind
from documents.letters.words import Part, Words
from documents.permits import wording
from documents.permits.sheet import verify_url
from workflows.cases.decisions import Decision
from workflows.cases.machine import Instance
from workflows.cases.models import Case
from workflows.charges.receipts import receipt_of
from workflows.deemed.models import DutyTask
from workflows.deemed.queries import statement_of
from workflows.objections.models import Objection, ObjectionState
from workflows.trail.models import Event

FOUND_COMPLETE: Final = ("case.accepted", "case.served")


def compose(case: Case, kind: LetterKind) -> Words:
    """The letter of this kind about this case, always in Indonesian. At most eight queries.

    `case` comes with service version, agency, applicant and organisation. Raises `Missing` when nothing has
    happened that such a letter tells.
    """
    with override("id"):
        return _COMPOSERS[kind](case)


def _refusal(case: Case) -> Words:
    """Why not, by which law, what was not met, whose the time was, and what she can do now (UU 30/2014, M27)."""
    found = case.decisions.filter(final=True, outcome=Decision.Outcome.REFUSED).order_by("-at").first()
    if found is None:
        raise Missing
    parts = (
        Part("Alasan", phrases.paragraphs(found.reason)),
        Part("Yang tidak terpenuhi", items=tuple(_ground(one) for one in found.grounds)),
        Part("Dasar hukum", phrases.paragraphs(found.legal_basis)),
        Part("Jika Anda tidak setuju", phrases.paragraphs(found.remedy)),
        Part("Waktu permohonan ini", facts=spending.facts(case, found.at)),
        phrases.asked_for_more(),
    )
    opening = (
        f"Permohonan Anda untuk {phrases.service(case)} tidak dapat kami kabulkan.",
        "Surat ini menjelaskan alasannya dan apa yang dapat Anda lakukan.",
    )
    facts = phrases.about(case, ("Diputus pada", wording.day(clock.wib_date(found.at))))
    return phrases.words(
        case, LetterKind.REFUSAL, "Surat Penolakan", found.at, opening, facts, parts, **phrases.block(found.signature)
    )


def _deemed(case: Case) -> Words:
    """That the law has granted it: no permit, and nobody has signed (UU 30/2014 art. 53)."""
    found = statement_of(case)
    if found is None:
        raise Missing
    parts = (
        Part("Dasar hukum", (found.law,)),
        Part("Apa yang terjadi selanjutnya", _after_deemed(case, found.at)),
        Part(
            "Cara memeriksa pernyataan ini",
            (f"Siapa pun dapat memeriksanya di {verify_url(found.code)}. Halaman itu tidak menampilkan nama Anda.",),
        ),
        phrases.asked_for_more(),
    )
    opening = (
        "Batas waktu lewat tanpa keputusan. Menurut hukum, permohonan Anda dianggap dikabulkan.",
        "Pernyataan ini mencatat hal itu untuk Anda.",
    )
    facts = phrases.about(
        case,
        ("Sebab", str(found.get_cause_display())),
        ("Batas waktu berakhir", phrases.moment(found.term_end)),
    )
    return phrases.words(
        case,
        LetterKind.DEEMED,
        "Pernyataan Dianggap Dikabulkan",
        found.at,
        opening,
        facts,
        parts,
        number=found.number,
        warning="Pernyataan ini bukan izin. Jangan memakainya sebagai izin. "
        "Sistem hanya mencatat; tidak ada pejabat yang menandatanganinya.",
        **phrases.code(found.code),
    )


def _after_deemed(case: Case, at: datetime) -> tuple[str, ...]:
    """Who must do what, and that the applicant need not."""
    duty = DutyTask.objects.filter(case=case, opened_at__lte=at).order_by("-opened_at").first()
    known = ("Anda tidak perlu mengajukan lagi.", "Anda diberi tahu begitu keputusan itu terbit.")
    if duty is None:
        return known
    due = phrases.moment(duty.due_at)
    return (f"Pejabat wajib menerbitkan keputusan tertulis paling lambat {due}.", *known)


def _answer(case: Case, kind: LetterKind, instance: Instance) -> Words:
    """What the superior answered, by which law, and what follows."""
    found = (
        Objection.objects.select_related("agency")
        .filter(case=case, instance=instance, state__in=(ObjectionState.UPHELD, ObjectionState.REJECTED))
        .first()
    )
    if found is None or found.closed_at is None:
        raise Missing
    what = "Keberatan" if instance is Instance.OBJECTION else "Banding"
    upheld = found.state == ObjectionState.UPHELD
    said = "kami kabulkan" if upheld else "kami tolak"
    follows = (
        Part("Apa yang terjadi selanjutnya", _upheld(case, found.closed_at))
        if upheld
        else Part("Jika Anda tidak setuju", phrases.paragraphs(found.remedy))
    )
    parts = (
        Part("Alasan", phrases.paragraphs(found.answer)),
        Part("Dasar hukum", phrases.paragraphs(found.legal_basis)),
        follows,
        phrases.asked_for_more(),
    )
    facts = phrases.about(
        case,
        ("Penolakan oleh", case.agency.name_id),
        (f"{what} diajukan", wording.day(clock.wib_date(found.filed_at))),
        ("Dijawab oleh", found.agency.name_id),
        ("Dijawab pada", wording.day(clock.wib_date(found.closed_at))),
    )
    opening = (f"{what} Anda atas penolakan permohonan ini {said}.",)
    block = {**phrases.block(found.signature), "agency": found.agency.name_id}
    return phrases.words(case, kind, f"Jawaban atas {what}", found.closed_at, opening, facts, parts, **block)


def _upheld(case: Case, at: datetime) -> tuple[str, ...]:
    duty = DutyTask.objects.filter(case=case, opened_at__lte=at).order_by("-opened_at").first()
    due = f"Keputusan yang baru terbit paling lambat {phrases.moment(duty.due_at)}." if duty else ""
    opened = "Permohonan Anda dibuka kembali. Permohonan ini tidak dapat ditolak lagi."
    return tuple(one for one in (opened, due, "Anda tidak perlu mengajukan lagi.") if one)


def _complete(case: Case) -> Words:
    """That nothing is missing, and from when on the term counts (M06)."""
    if case.complete_number is None or case.received_complete_at is None:
        raise Missing
    arrived = phrases.moment(case.received_complete_at)
    promised = (f"Keputusan paling lambat {phrases.moment(case.due_at)}.",) if case.due_at else ()
    opening = (
        "Berkas permohonan Anda sudah lengkap.",
        f"Jangka waktu layanan dihitung sejak berkas lengkap diterima: {arrived}.",
        *promised,
    )
    parts = (
        Part(
            "Memantau permohonan",
            (
                f"Anda dapat melihat keadaannya di {phrases.page(case)}.",
                "Simpan tanda terima ini sampai permohonan Anda selesai.",
            ),
        ),
        phrases.asked_for_more(),
    )
    said = (
        Event.objects.filter(subject_kind="case", subject_id=case.pk, kind__in=FOUND_COMPLETE).order_by("seq").first()
    )
    at = said.at if said else case.received_complete_at
    title = "Tanda Terima Berkas Lengkap"
    return phrases.words(
        case, LetterKind.COMPLETE, title, at, opening, phrases.about(case), parts, number=case.complete_number
    )


def _payment(case: Case) -> Words:
    """What was paid, for what, by which article, and where anybody can check it."""
    found = receipt_of(case)
    if found is None:
        raise Missing
    payment, charge = found.payment, found.payment.bill.charge
    lines = tuple((_line(one, charge.law), phrases.rupiah(one["amount"])) for one in charge.lines)
    parts = (
        *((Part("Perhitungan", facts=(*lines, ("Jumlah", phrases.rupiah(charge.amount)))),) if lines else ()),
        Part("Dasar hukum", (charge.law,)),
        Part(
            "Cara memeriksa kuitansi ini",
            (f"Siapa pun dapat memeriksanya di {verify_url(found.code)}. Halaman itu tidak menampilkan nama Anda.",),
        ),
        phrases.asked_for_more(),
    )
    facts = phrases.about(
        case,
        ("Dibayar", phrases.moment(payment.paid_at)),
        ("Saluran", payment.gateway),
        ("Nomor pembayaran", payment.payment_ref),
    )
    opening = ("Pembayaran Anda sudah kami terima. Tagihan ini lunas.",)
    return phrases.words(
        case,
        LetterKind.PAYMENT,
        "Kuitansi Pembayaran",
        found.issued_at,
        opening,
        facts,
        parts,
        number=found.number,
        sum=phrases.rupiah(charge.amount),
        **phrases.code(found.code),
    )


_COMPOSERS: Final[dict[LetterKind, Callable[[Case], Words]]] = {
    LetterKind.REFUSAL: _refusal,
    LetterKind.DEEMED: _deemed,
    LetterKind.OBJECTION: lambda case: _answer(case, LetterKind.OBJECTION, Instance.OBJECTION),
    LetterKind.APPEAL: lambda case: _answer(case, LetterKind.APPEAL, Instance.APPEAL),
    LetterKind.COMPLETE: _complete,
    LetterKind.PAYMENT: _payment,
}


def _ground(one: dict[str, Any]) -> str:
    return f"{one['name']}: {one['note']}" if one.get("note") else str(one["name"])


def _line(one: dict[str, Any], law: str) -> str:
    article = one.get("law", law)
    return f"{one['label']} ({article})" if article != law else str(one["label"])
