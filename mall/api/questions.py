"""May this caller do that with this case now, and if not, why? Asked before anybody tries.

The permission questions are the engine's own (`workflows.permissions`). What is added here is only what
its services would refuse next: the state, the caller's other part in the case, what must come first.
"""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from mall.api.facts import Facts
from workflows import permissions
from workflows.cases.machine import ENDED, CaseState, Instance
from workflows.cases.models import Duty
from workflows.definition.model import ProductKind
from workflows.duties.lines import Line
from workflows.permissions import YES, Reply

S = CaseState
DECIDED_IN = (S.AWAITING_DECISION, S.DEEMED_GRANTED)
VISITED_IN = (S.AWAITING_RECOMMENDATIONS, S.AWAITING_DECISION)


def every(*replies: Reply) -> Reply:
    """The first no, or yes."""
    return next((reply for reply in replies if not reply), YES)


def some(replies: Iterable[Reply], otherwise: Reply) -> Reply:
    """The first yes, or the first no, or `otherwise` when there is nothing to ask about."""
    asked = list(replies)
    return next((reply for reply in asked if reply), asked[0] if asked else otherwise)


def within(facts: Facts, *states: CaseState) -> Reply:
    if facts.case.state in states:
        return YES
    label = CaseState(facts.case.state).label
    return Reply(False, _("Permohonan ini berstatus “%(state)s”.") % {"state": label})


def only_part(facts: Facts, duty: Duty.Kind) -> Reply:
    """Separation of duties: no part in the case yet, or this one."""
    if facts.duty in ("", duty):
        return YES
    return Reply(False, _("Anda sudah menangani permohonan ini dalam tugas lain."))


def free(facts: Facts, line: Line, agency: str) -> Reply:
    """Nobody works on what a colleague has in hand."""
    return Reply(not facts.colleague(line, agency), _("Permohonan ini sedang dipegang rekan Anda."))


def submit(facts: Facts) -> Reply:
    """Hand in, or answer a return."""
    return every(permissions.may_edit(facts.actor, facts.case), within(facts, S.DRAFT, S.RETURNED))


def withdraw(facts: Facts) -> Reply:
    """Take it back."""
    open_states = set(S) - ENDED - {S.APPROVED, S.DEEMED_GRANTED}
    return every(permissions.may_edit(facts.actor, facts.case), within(facts, *open_states))


def take(facts: Facts) -> Reply:
    """Begin to check."""
    same_visit = Reply(not facts.case.definition.same_visit, _("Layanan ini diselesaikan langsung di loket."))
    return every(
        permissions.may_verify(facts.actor, facts.case),
        same_visit,
        within(facts, S.SUBMITTED),
        only_part(facts, Duty.Kind.VERIFIER),
    )


def accept(facts: Facts) -> Reply:
    """Find complete."""
    return every(
        permissions.may_verify(facts.actor, facts.case),
        within(facts, S.IN_VERIFICATION),
        only_part(facts, Duty.Kind.VERIFIER),
        free(facts, Line.CHECKING, facts.case.agency_id),
    )


def send_back(facts: Facts) -> Reply:
    """Return with deficiencies."""
    left = facts.case.round <= facts.case.definition.term.rounds
    return every(accept(facts), Reply(left, _("Batas pengembalian berkas sudah tercapai.")))


def recommend(facts: Facts) -> Reply:
    """Answer for one's agency."""
    nothing = Reply(False, _("Tidak ada rekomendasi yang diminta."))
    first = Reply(False, _("Laporkan dahulu hasil pemeriksaan lapangan."))
    mine = [
        every(
            permissions.may_recommend(facts.actor, one, facts.case),
            first if one.inspects and not facts.visited(one.agency_id) else YES,
            free(facts, Line.ADVISING, one.agency_id),
        )
        for one in facts.asked
    ]
    return every(
        within(facts, S.AWAITING_RECOMMENDATIONS), some(mine, nothing), only_part(facts, Duty.Kind.RECOMMENDER)
    )


def visit(facts: Facts) -> Reply:
    """Set a day for a visit, or report it."""
    nothing = Reply(False, _("Tidak ada pemeriksaan lapangan yang menunggu."))
    mine = (permissions.may_inspect(facts.actor, one.agency_id, facts.case) for one in facts.to_visit)
    return every(within(facts, *VISITED_IN), some(mine, nothing))


def report(facts: Facts) -> Reply:
    """Report a visit: who was drawn for it."""
    nothing = Reply(False, _("Tidak ada pemeriksaan lapangan yang menunggu."))
    other = Reply(False, _("Pemeriksaan ini dilaporkan oleh petugas yang terundi."))
    mine = (YES if one.inspector_id == facts.actor.user_id else other for one in facts.to_visit)
    return every(visit(facts), some(mine, nothing))


def approve(facts: Facts) -> Reply:
    """Decide favourably."""
    veto = Reply(not facts.against, _("Rekomendasi yang mengikat tidak menyetujui."))
    return every(permissions.may_decide(facts.actor, facts.case), within(facts, *DECIDED_IN), _may_sign(facts), veto)


def refuse(facts: Facts) -> Reply:
    """Decide unfavourably; what the law or a superior has granted can no longer be refused."""
    first = Reply(facts.case.instance == Instance.FIRST, _("Keberatan sudah dikabulkan."))
    return every(
        permissions.may_decide(facts.actor, facts.case), within(facts, S.AWAITING_DECISION), first, _may_sign(facts)
    )


def _may_sign(facts: Facts) -> Reply:
    definition = facts.case.definition
    lead = definition.inspection.lead if definition.inspection else ""
    later = facts.case.instance != Instance.FIRST
    unvisited = facts.case.deficient or later or facts.case.state == S.DEEMED_GRANTED
    visited = unvisited or lead != definition.agency or facts.visited(lead)
    here = (one for one in facts.decisions if one.instance == facts.case.instance)
    signed = any(facts.actor.is_also(one.by_id) for one in here)
    return every(
        only_part(facts, Duty.Kind.APPROVER),
        free(facts, Line.DECIDING, facts.case.agency_id),
        Reply(visited, _("Laporkan dahulu hasil pemeriksaan lapangan.")),
        Reply(not signed, _("Tingkat keputusan berikutnya harus diambil pejabat lain.")),
    )


def record_product(facts: Facts) -> Reply:
    """Note the number of another system."""
    recorded = facts.case.definition.product.kind is ProductKind.RECORDED
    return every(
        permissions.may_record_product(facts.actor, facts.case),
        Reply(recorded, _("Produk layanan ini tidak berasal dari sistem lain.")),
        within(facts, S.APPROVED),
    )


def serve(facts: Facts) -> Reply:
    """Check, decide and hand over in one visit."""
    return every(permissions.may_serve(facts.actor, facts.case), within(facts, S.SUBMITTED))
