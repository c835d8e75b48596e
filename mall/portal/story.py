"""A case told to its applicant: the way it takes, who has it now, what comes next."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.errors import Invalid
from mall.design import formats
from mall.design.parts import Step, StepState
from workflows.cases import work
from workflows.cases.machine import ENDED, CaseState
from workflows.cases.models import Case
from workflows.charges import assessment
from workflows.clock.models import Holder, Interval
from workflows.definition.model import Authority, Definition, FeeKind, ProductKind

S = CaseState
HERE: Final = {
    S.SUBMITTED: "check",
    S.IN_VERIFICATION: "check",
    S.RETURNED: "check",
    S.AWAITING_RECOMMENDATIONS: "advice",
    S.AWAITING_DECISION: "decision",
    S.DEEMED_GRANTED: "decision",
    S.REFUSED: "",
    S.AWAITING_PAYMENT: "payment",
    S.APPROVED: "product",
    S.ISSUED: "",
}
"""The step at which a case stands; empty when all of its steps are behind it."""
NAMES: Final[dict[str, str | Promise]] = {
    "sent": gettext_lazy("Diajukan"),
    "serve": gettext_lazy("Dilayani di loket"),
    "check": gettext_lazy("Pemeriksaan berkas"),
    "advice": gettext_lazy("Rekomendasi instansi"),
    "decision": gettext_lazy("Keputusan"),
    "payment": gettext_lazy("Pembayaran"),
    "product": gettext_lazy("Produk layanan terbit"),
    "done": gettext_lazy("Selesai"),
}


def steps(case: Case) -> list[Step]:
    """The step bar; nothing for a draft, or a case that ended on the way."""
    if case.state not in HERE:
        return []
    keys = _keys(case)
    wanted = HERE[CaseState(case.state)]
    if case.definition.same_visit and wanted:
        wanted = "serve"
    here = keys.index(wanted) if wanted in keys else len(keys)
    return [Step(NAMES[key], _state(at, here), _note(case, key)) for at, key in enumerate(keys)]


def _state(at: int, here: int) -> StepState:
    if at == here:
        return "current"
    return "done" if at < here else "todo"


def _keys(case: Case) -> list[str]:
    """The steps that this case takes."""
    definition = case.definition
    if definition.same_visit:
        return ["sent", "serve"] if case.state == S.REFUSED else ["sent", "serve", "done"]
    keys = ["sent", "check", "advice", "decision", "payment", "product"]
    if not definition.recommenders and case.state != S.AWAITING_RECOMMENDATIONS:
        keys.remove("advice")
    if case.state == S.REFUSED:
        return keys[: keys.index("decision") + 1]
    if not owes(case):
        keys.remove("payment")
    if definition.product.kind is ProductKind.NONE:
        keys[-1] = "done"
    return keys


def owes(case: Case) -> bool:
    """Is there something to pay to the mall on the way?"""
    if case.state == S.AWAITING_PAYMENT:
        return True
    if case.definition.fee.kind not in (FeeKind.FIXED, FeeKind.FORMULA):
        return False
    try:
        return bool(assessment.quote(case).total)
    except Invalid:
        return True


def _note(case: Case, key: str) -> str:
    if key == "sent" and case.submitted_at:
        return formats.day(case.submitted_at)
    return ""


@dataclass(frozen=True, slots=True)
class Now:
    """Who has the case at this moment, and what it waits for."""

    holder: str
    doing: str
    since: datetime | None
    until: datetime | None
    next: str
    yours: bool


def now(case: Case, held: Interval | None, names: dict[str, str]) -> Now:
    """Told from the open interval of the ledger; `names` are the agencies by code."""
    yours = held is not None and held.holder in (Holder.APPLICANT, Holder.PAYMENT)
    if case.state == S.RETURNED and not case.paused and held is not None:
        doing = _("Ada yang perlu Anda perbaiki. Waktu layanan tetap berjalan; Anda tidak kehilangan hari.")
        return Now(_holder(held, names), doing, held.opened_at, case.due_at, what_next(case), False)
    until = case.applicant_due_at if yours else case.due_at
    if held is not None and awaited(case):
        return Now(_("Anda"), _("Anda ditunggu di loket."), held.opened_at, None, what_next(case), True)
    return Now(
        holder=_holder(held, names),
        doing=_doing(held),
        since=held.opened_at if held else None,
        until=until,
        next=what_next(case),
        yours=yours,
    )


def awaited(case: Case) -> bool:
    """Is a same-visit service only waiting for the person to come?"""
    return case.definition.same_visit and case.state == S.SUBMITTED


def _holder(held: Interval | None, names: dict[str, str]) -> str:
    if held is None:
        return ""
    if held.holder in (Holder.APPLICANT, Holder.PAYMENT):
        return _("Anda")
    if held.holder == Holder.AGENCY:
        return names.get(held.agency, held.agency)
    return str(Holder(held.holder).label)


DOING: Final[dict[str, str | Promise]] = {
    "drafting": gettext_lazy("Permohonan belum dikirim."),
    "queued": gettext_lazy("Menunggu giliran diperiksa."),
    "checking": gettext_lazy("Petugas sedang memeriksa berkas."),
    "correcting": gettext_lazy("Ada yang perlu Anda perbaiki."),
    "recommending": gettext_lazy("Rekomendasi teknis sedang disiapkan."),
    "deciding": gettext_lazy("Keputusan sedang disiapkan."),
    "paying": gettext_lazy("Menunggu pembayaran Anda."),
    "issuing": gettext_lazy("Produk layanan sedang disiapkan."),
    "objecting": gettext_lazy("Waktu Anda untuk mengajukan keberatan."),
    "answering": gettext_lazy("Menunggu jawaban atas keberatan Anda."),
    "outage": gettext_lazy("Sistem nasional sedang terganggu; waktu berhenti dihitung."),
    "force_majeure": gettext_lazy("Keadaan kahar; waktu berhenti dihitung."),
}


def _doing(held: Interval | None) -> str:
    return str(DOING.get(held.reason, "")) if held else ""


def what_next(case: Case) -> str:
    """The next thing that will happen, in one or two sentences."""
    definition, state = case.definition, CaseState(case.state)
    if awaited(case):
        return _("Datanglah ke loket di mal dengan berkas asli. Permohonan diperiksa dan diselesaikan saat itu juga.")
    if state in (S.SUBMITTED, S.IN_VERIFICATION):
        return _("Bila ada yang kurang, semuanya diberitahukan sekaligus. Bila lengkap, %(then)s") % {
            "then": _after_check(definition)
        }
    return str(NEXT.get(state, ""))


def _after_check(definition: Definition) -> str:
    if definition.recommenders:
        return _("rekomendasi teknis diminta dari instansi terkait.")
    if definition.authority is Authority.MALL:
        return _("permohonan diteruskan kepada pejabat yang memutuskan.")
    return _("instansi menyiapkan keputusannya.")


NEXT: Final[dict[CaseState, str | Promise]] = {
    S.DRAFT: gettext_lazy("Lengkapi isian dan berkas, lalu kirim."),
    S.RETURNED: gettext_lazy("Setelah Anda kirim kembali, berkas diperiksa lagi."),
    S.AWAITING_RECOMMENDATIONS: gettext_lazy("Setelah semua instansi menjawab, pejabat yang berwenang memutuskan."),
    S.AWAITING_DECISION: gettext_lazy("Anda diberi tahu begitu keputusan diambil, beserta alasannya."),
    S.DEEMED_GRANTED: gettext_lazy("Batas waktu sudah lewat. Pejabat wajib menerbitkan keputusan yang mengabulkan."),
    S.AWAITING_PAYMENT: gettext_lazy("Setelah pembayaran diterima, produk layanan disiapkan."),
    S.APPROVED: gettext_lazy("Anda diberi tahu begitu produk layanan siap."),
}


def may_withdraw(case: Case) -> bool:
    """Can the applicant still take it back?"""
    return case.state not in ENDED and "withdraw" in work.possible(case)
