"""May A do B to C? One question each; pages, API, commands and tasks ask the same ones.

Deny unless a rule allows. A question returns a `Reply`; `require` turns a no into `Refused`, and
`require_seen` into `Missing` where even the existence of the thing is not the asker's business.
"""

from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.errors import Missing, Refused
from agencies.models import Role
from workflows.actors import Actor, ActorKind
from workflows.cases.advice import Recommendation
from workflows.cases.models import Case
from workflows.definition.model import Authority
from workflows.duties import conflicts
from workflows.duties.lines import Line

MALL = "DPMPTSP"
"""Code of the agency that runs the mall."""


@dataclass(frozen=True, slots=True)
class Reply:
    """Yes or no, and if no, why."""

    allowed: bool
    why: str | Promise = ""

    def __bool__(self) -> bool:
        return self.allowed


YES = Reply(True)


def _no(why: str | Promise) -> Reply:
    return Reply(False, why)


def require(reply: Reply) -> None:
    """Raise `Refused` with the reason when the reply is no."""
    if not reply:
        raise Refused(reply.why)


def require_seen(reply: Reply) -> None:
    """Raise `Missing` when the asker may not even know that the thing exists."""
    if not reply:
        raise Missing


def is_own(actor: Actor, case: Case) -> bool:
    """Is it the actor's own application, or her organisation's?"""
    if case.organisation_id and case.organisation_id in actor.organisations:
        return True
    return actor.person_id is not None and case.applicant_id == actor.person_id


def not_own_business(actor: Actor, case: Case) -> Reply:
    """Nobody handles what touches herself, her household or a declared relation (UU 30/2014 art. 42-45)."""
    conflict = conflicts.conflict_of(actor, case)
    return _no(conflicts.WHY[conflict]) if conflict else YES


def is_deciding_staff(actor: Actor, case: Case, *roles: str) -> bool:
    """Does the actor hold one of the roles at the agency that decides this case?"""
    return case.agency_id in actor.agencies(*roles)


def may_open(actor: Actor, *, own: bool) -> Reply:
    """Open an application: for oneself, or as a clerk for a person at the counter."""
    if own and actor.person_id:
        return YES
    if actor.kind is ActorKind.SYSTEM:
        return YES
    if not own and (actor.agencies(Role.CLERK) or actor.agencies(Role.OFFICER)):
        return YES
    return _no(_("Lengkapi data diri Anda lebih dahulu sebelum mengajukan permohonan."))


def may_edit(actor: Actor, case: Case) -> Reply:
    """Fill, submit, answer or withdraw: the applicant, her organisation, or the clerk with the mandate."""
    if is_own(actor, case):
        return YES
    mandated = actor.user_id and case.opened_by_id == actor.user_id and case.channel == "counter"
    if mandated and may_open(actor, own=False):
        return YES
    return _no(_("Permohonan ini bukan milik Anda."))


def may_speak_for(actor: Actor, case: Case) -> Reply:
    """Act at the counter for the person who has come, on the ground that is noted: any clerk, never for herself."""
    if not may_help_at_counter(actor) or is_own(actor, case) or case.state == "draft":
        return _no(_("Permohonan ini bukan milik Anda."))
    return not_own_business(actor, case)


def may_verify(actor: Actor, case: Case) -> Reply:
    """Check the papers: verifiers for the mall, officers of the agency for its own services."""
    wanted = Role.VERIFIER if case.definition.authority is Authority.MALL else Role.OFFICER
    if not is_deciding_staff(actor, case, wanted):
        return _no(_("Hanya petugas pemeriksa instansi yang berwenang yang dapat memeriksa berkas ini."))
    return not_own_business(actor, case)


def may_serve(actor: Actor, case: Case) -> Reply:
    """Serve a same-visit case from check to hand-over: an officer of the agency."""
    if not case.definition.same_visit:
        return _no(_("Layanan ini tidak diselesaikan dalam satu kunjungan."))
    if not is_deciding_staff(actor, case, Role.OFFICER):
        return _no(_("Hanya petugas instansi ini yang dapat melayani."))
    return not_own_business(actor, case)


def may_recommend(actor: Actor, advice: Recommendation, case: Case) -> Reply:
    """Give the recommendation of one's own agency."""
    if not actor.has(Role.OFFICER, advice.agency_id):
        return _no(_("Rekomendasi ini diminta dari instansi lain."))
    return not_own_business(actor, case)


def may_send_link(actor: Actor, case: Case) -> Reply:
    """Send, print and revoke the link by which an agency answers: whoever may check the papers of this case."""
    if case.definition.same_visit or not may_verify(actor, case):
        return _no(_("Tautan jawaban hanya dikirim oleh petugas pemeriksa instansi yang berwenang."))
    return YES


def may_inspect(actor: Actor, agency: str, case: Case) -> Reply:
    """Schedule and report the visit of one's own agency."""
    if not actor.has(Role.OFFICER, agency):
        return _no(_("Pemeriksaan lapangan ini tugas instansi lain."))
    return not_own_business(actor, case)


def may_appoint(actor: Actor, agency: str, case: Case) -> Reply:
    """Set aside the lot for a visit: head, deputy or an officer of the agency that visits."""
    if agency not in actor.agencies(Role.HEAD, Role.DEPUTY, Role.OFFICER):
        return _no(_("Pemeriksaan lapangan ini tugas instansi lain."))
    return not_own_business(actor, case)


def may_ask_repair(actor: Actor, agency: str, case: Case, *, asked: frozenset[str]) -> Reply:
    """Ask the applicant to put something right: staff of the deciding agency, or officers of one that was asked."""
    if agency == case.agency_id:
        if is_deciding_staff(actor, case, Role.VERIFIER, Role.OFFICER, Role.APPROVER):
            return not_own_business(actor, case)
    elif agency in asked and actor.has(Role.OFFICER, agency):
        return not_own_business(actor, case)
    return _no(_("Hanya instansi yang memutus atau memberi rekomendasi yang dapat meminta perbaikan."))


def may_second(actor: Actor, case: Case) -> Reply:
    """Sign second to a pause: another verifier or approver of the office that decides."""
    mall = case.definition.authority is Authority.MALL
    roles = (Role.VERIFIER, Role.APPROVER) if mall else (Role.OFFICER, Role.APPROVER)
    if not is_deciding_staff(actor, case, *roles):
        return _no(_("Tanda tangan kedua hanya dari pemeriksa atau pejabat instansi yang memutus."))
    return not_own_business(actor, case)


def may_decide(actor: Actor, case: Case) -> Reply:
    """Decide: approvers of the mall for delegated services; officers or approvers of an agency for its own."""
    mall = case.definition.authority is Authority.MALL
    roles = (Role.APPROVER,) if mall else (Role.APPROVER, Role.OFFICER)
    if not is_deciding_staff(actor, case, *roles):
        return _no(_("Kewenangan memutus permohonan ini ada pada instansi yang berwenang."))
    return not_own_business(actor, case)


def may_sanction(actor: Actor, case: Case) -> Reply:
    """Suspend, resume or revoke what this case brought: who may grant may take back (UU 30/2014 art. 64)."""
    return may_decide(actor, case)


def may_check_obligation(actor: Actor, agency: str, case: Case) -> Reply:
    """Accept or send back what the holder reports: an officer of the agency that set the obligation."""
    if not actor.has(Role.OFFICER, agency):
        return _no(_("Kewajiban ini diperiksa instansi yang menetapkannya."))
    return not_own_business(actor, case)


def may_answer(actor: Actor, case: Case, post: str, agency: str, took_part: bool) -> Reply:
    """Answer an objection or appeal: who holds the post it went to, and had no part in what is contested."""
    if not actor.has(post, agency):
        return _no(_("Keberatan ini dijawab kepala instansi yang dituju."))
    if took_part:
        return _no(_("Anda ikut menangani permohonan ini; atasan lain yang harus menjawab keberatannya."))
    return not_own_business(actor, case)


def may_supervise(actor: Actor, case: Case | None = None) -> Reply:
    """Look into deemed grants and late duties: the inspectorate; of a given case, not her own."""
    if not actor.agencies(Role.INSPECTORATE):
        return _no(_("Halaman ini hanya untuk inspektorat."))
    return not_own_business(actor, case) if case else YES


def may_record_product(actor: Actor, case: Case) -> Reply:
    """Note the number that the agency's or a national system gave."""
    roles = (Role.OFFICER, Role.APPROVER, Role.VERIFIER)
    if not is_deciding_staff(actor, case, *roles):
        return _no(_("Hanya petugas instansi yang berwenang yang dapat mencatat produk layanan."))
    return not_own_business(actor, case)


def may_see(actor: Actor, case: Case, *, asked_agencies: frozenset[str] = frozenset()) -> Reply:
    """Open the case at all. `asked_agencies` are those whose recommendation has been asked."""
    if may_edit(actor, case):
        return YES
    if case.state == "draft" or not not_own_business(actor, case):
        return _no("")
    if is_deciding_staff(actor, case, Role.VERIFIER, Role.APPROVER, Role.OFFICER):
        return YES
    if asked_agencies & actor.agencies(Role.OFFICER):
        return YES
    return _no("")


def may_see_reports(actor: Actor) -> Reply:
    """Read throughput and lateness; managers, never single cases."""
    return YES if actor.agencies(Role.MANAGER) else _no(_("Laporan ini hanya untuk pimpinan."))


def may_help_at_counter(actor: Actor) -> Reply:
    """Look up people and cases at the counter, and act on their behalf with a mandate."""
    return YES if actor.agencies(Role.CLERK) else _no(_("Halaman ini hanya untuk petugas loket."))


def may_refund(actor: Actor, case: Case | None = None) -> Reply:
    """Arrange and confirm the repayment of double or late payments; of a given case, not her own."""
    if MALL not in actor.agencies(Role.MANAGER, Role.ADMINISTRATOR):
        return _no(_("Pengembalian dana hanya oleh pimpinan atau administrator mal."))
    return not_own_business(actor, case) if case else YES


def may_tie_out(actor: Actor, case: Case | None = None) -> Reply:
    """Compare the bank with the books and settle what differs; of a payment for a given case, not her own."""
    if MALL not in actor.agencies(Role.MANAGER, Role.ADMINISTRATOR):
        return _no(_("Pencocokan bank hanya oleh pimpinan atau administrator mal."))
    return not_own_business(actor, case) if case else YES


def may_ask_for_work(actor: Actor, line: Line) -> Reply:
    """Take the next case in order: whoever works in that line, at any agency."""
    mall = {Line.CHECKING: Role.VERIFIER, Line.DECIDING: Role.APPROVER}
    roles = (mall.get(line, Role.OFFICER), Role.OFFICER)
    return YES if actor.agencies(*roles) else _no(_("Antrean ini bukan tugas Anda."))


def may_reassign(actor: Actor, agency: str) -> Reply:
    """Take a case out of a colleague's hands: head or deputy of the agency, in the mall also its manager."""
    headed = actor.agencies(Role.HEAD, Role.DEPUTY) | (actor.agencies(Role.MANAGER) & {MALL})
    return YES if agency in headed else _no(_("Permohonan ini tidak sedang Anda pegang."))


def may_declare(actor: Actor) -> Reply:
    """Declare with whom one has an interest: whoever works here, for herself."""
    return YES if actor.is_staff and actor.user_id else _no(_("Halaman ini hanya untuk petugas."))


def may_administer(actor: Actor) -> Reply:
    """Keep accounts, holidays and failed promises; never cases."""
    return YES if actor.agencies(Role.ADMINISTRATOR) else _no(_("Halaman ini hanya untuk administrator."))


def may_enter_outages(actor: Actor) -> Reply:
    """Enter and end the outage of a national system: the mall's word to the public, and to every case."""
    allowed = MALL in actor.agencies(Role.ADMINISTRATOR)
    return YES if allowed else _no(_("Gangguan sistem hanya dicatat oleh administrator mal."))


def may_identify(actor: Actor, agencies: frozenset[str]) -> Reply:
    """Note who is behind an account: an administrator of the mall, or of an agency where that account works."""
    allowed = ({MALL} | agencies) & actor.agencies(Role.ADMINISTRATOR)
    return YES if allowed else _no(_("Ini tugas administrator mal."))


def not_herself(actor: Actor, user_id: UUID) -> Reply:
    """Nobody says who she herself is."""
    return _no(_("Identitas akun Anda sendiri dicatat administrator lain.")) if actor.is_also(user_id) else YES


def may_publish(actor: Actor) -> Reply:
    """Publish and retire services; they are the mall's word to the public, whoever decides on them."""
    allowed = MALL in actor.agencies(Role.ADMINISTRATOR)
    return YES if allowed else _no(_("Layanan hanya diterbitkan dan ditutup oleh administrator mal."))


def may_automate(actor: Actor) -> Reply:
    """Do what only the mall's own parts and its gateways do: note documents, bills, payments, silence."""
    return _no(_("Ini pekerjaan sistem, bukan tugas petugas.")) if actor.kind is ActorKind.USER else YES
