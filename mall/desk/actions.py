"""What this person may do with this case now. Only these are shown; the service asks again."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.models import AnswersBy, Role
from mall.desk.facts import Facts
from workflows import permissions
from workflows.cases import repairs
from workflows.cases.advice import RecommendationState
from workflows.cases.machine import REPAIRED_IN, UNDER_TERM, CaseState, Instance
from workflows.cases.models import Duty
from workflows.cases.recalling import MOST_REPEATS
from workflows.cases.visits import Inspection, InspectionState
from workflows.clock.models import Reason
from workflows.definition.model import ProductKind
from workflows.duties.lines import Assignment, Line, in_other_hands

VISITS_IN = (CaseState.AWAITING_RECOMMENDATIONS, CaseState.AWAITING_DECISION)
DECIDED_IN = (CaseState.AWAITING_DECISION, CaseState.DEEMED_GRANTED)


@dataclass(frozen=True, slots=True)
class Action:
    """One button: a link to its page, or, with `posts`, done at once."""

    code: str
    label: str | Promise
    url: str
    kind: str = "primary"
    posts: bool = False


def legal(facts: Facts) -> list[Action]:
    """Every action that is open to this person now, in the order of the route. No query."""
    return [*main(facts), *aside(facts)]


def main(facts: Facts) -> list[Action]:
    """What brings the case on."""
    return [
        *_checking(facts),
        *_serving(facts),
        *_visiting(facts),
        *_advising(facts),
        *_linking(facts),
        *_recalling(facts),
        *_deciding(facts),
        *_asking_again(facts),
        *_handing(facts),
    ]


def aside(facts: Facts) -> list[Action]:
    """What stops it for a while: a repair, force majeure and its end, a second signature."""
    return [*_asking_repair(facts), *_seconding(facts), *_standing_still(facts)]


def has(facts: Facts, code: str) -> bool:
    """Is the action of that code open now?"""
    return any(action.code == code for action in legal(facts))


def _url(name: str, facts: Facts) -> str:
    return reverse(f"desk:{name}", args=[facts.case.pk])


def _free_for(facts: Facts, duty: Duty.Kind) -> bool:
    """Separation of duties: no part in the case yet, or this one."""
    return facts.duty in ("", duty)


def _checking(facts: Facts) -> Iterator[Action]:
    case = facts.case
    if case.definition.same_visit or not _free_for(facts, Duty.Kind.VERIFIER):
        return
    if not permissions.may_verify(facts.actor, case):
        return
    if case.state == CaseState.SUBMITTED:
        yield Action("take", _("Ambil dan periksa"), _url("take", facts), posts=True)
    if case.state == CaseState.IN_VERIFICATION and not facts.colleague(Line.CHECKING, case.agency_id):
        yield Action("verify", _("Periksa berkas"), _url("verify", facts))


def _serving(facts: Facts) -> Iterator[Action]:
    if facts.case.state == CaseState.SUBMITTED and permissions.may_serve(facts.actor, facts.case):
        yield Action("serve", _("Layani sekarang"), _url("serve", facts))


def _visiting(facts: Facts) -> Iterator[Action]:
    if facts.case.state not in VISITS_IN:
        return
    for visit in facts.visits:
        if visit.state == InspectionState.HELD:
            continue
        if not permissions.may_inspect(facts.actor, visit.agency_id, facts.case):
            yield from _appointing(facts, visit)
            continue
        again = visit.state == InspectionState.SCHEDULED
        label = _("Ubah jadwal pemeriksaan") if again else _("Jadwalkan pemeriksaan")
        if visit.inspector_id is None:
            yield Action("draw", _("Undi petugas pemeriksa"), reverse("desk:draw", args=[visit.pk]), posts=True)
        elif facts.actor.is_also(visit.inspector_id):
            yield Action("report", _("Laporkan pemeriksaan"), reverse("desk:report", args=[visit.pk]))
        else:
            yield from _appointing(facts, visit)
        yield Action("schedule", label, reverse("desk:schedule", args=[visit.pk]), kind="secondary")


def _appointing(facts: Facts, visit: Inspection) -> Iterator[Action]:
    """Another than who was drawn, named by somebody else."""
    drawn = visit.inspector_id is not None and not facts.actor.is_also(visit.inspector_id)
    if drawn and permissions.may_appoint(facts.actor, visit.agency_id, facts.case):
        yield Action("appoint", _("Ganti petugas terundi"), reverse("desk:appoint", args=[visit.pk]), "secondary")


def _advising(facts: Facts) -> Iterator[Action]:
    if facts.case.state != CaseState.AWAITING_RECOMMENDATIONS or not _free_for(facts, Duty.Kind.RECOMMENDER):
        return
    for advice in facts.asked_of_me:
        visited = not advice.inspects or facts.visited(advice.agency_id)
        free = visited and not facts.colleague(Line.ADVISING, advice.agency_id)
        if free and permissions.may_recommend(facts.actor, advice, facts.case):
            yield Action("recommend", _("Beri rekomendasi"), reverse("desk:recommend", args=[advice.pk]))


def _linking(facts: Facts) -> Iterator[Action]:
    """An agency without a computer answers by a link, sent by whoever checks the papers."""
    case = facts.case
    if case.state != CaseState.AWAITING_RECOMMENDATIONS or not permissions.may_send_link(facts.actor, case):
        return
    for advice in facts.advice:
        if advice.state == RecommendationState.ASKED and advice.agency.answers_by == AnswersBy.LINK:
            label = _("Tautan jawaban %(agency)s") % {"agency": advice.agency.name}
            yield Action("link", label, reverse("desk:link", args=[advice.pk]), kind="secondary")


def _recalling(facts: Facts) -> Iterator[Action]:
    """The agency's own answer may be taken back until somebody has signed a decision."""
    if facts.case.state not in VISITS_IN or facts.decisions or not _free_for(facts, Duty.Kind.RECOMMENDER):
        return
    for advice in facts.advice:
        if advice.state == RecommendationState.GIVEN and permissions.may_recommend(facts.actor, advice, facts.case):
            address = reverse("desk:recall", args=[advice.pk])
            yield Action("recall", _("Tarik kembali rekomendasi"), address, kind="secondary")


def _asking_again(facts: Facts) -> Iterator[Action]:
    """Whoever may decide may first ask an agency for another answer, within the limit."""
    case = facts.case
    if case.state != CaseState.AWAITING_DECISION or facts.decisions or not permissions.may_decide(facts.actor, case):
        return
    if not _free_for(facts, Duty.Kind.APPROVER) or facts.colleague(Line.DECIDING, case.agency_id):
        return
    for advice in facts.advice:
        heard = advice.state in (RecommendationState.GIVEN, RecommendationState.LAPSED)
        if heard and advice.asked_again < MOST_REPEATS:
            label = _("Minta ulang rekomendasi %(agency)s") % {"agency": advice.agency.name}
            yield Action("ask_again", label, reverse("desk:ask_again", args=[advice.pk]), kind="secondary")


def _deciding(facts: Facts) -> Iterator[Action]:
    case = facts.case
    if case.state not in DECIDED_IN or not permissions.may_decide(facts.actor, case) or not _may_sign(facts):
        return
    if not facts.against and not case.deficient:
        yield Action("approve", _("Setujui"), _url("approve", facts))
    if case.state == CaseState.AWAITING_DECISION and case.instance == Instance.FIRST:
        yield Action("refuse", _("Tolak"), _url("refuse", facts), kind="warning")


def _may_sign(facts: Facts) -> bool:
    """No other part in the case, no earlier signature on it, and the agency's own visit reported."""
    definition = facts.case.definition
    here = [one for one in facts.decisions if one.instance == facts.case.instance]
    if facts.colleague(Line.DECIDING, facts.case.agency_id):
        return False
    if not _free_for(facts, Duty.Kind.APPROVER) or any(facts.actor.is_also(one.by_id) for one in here):
        return False
    visit = definition.inspection
    if visit is None or visit.lead != definition.agency or facts.visited(visit.lead):
        return True
    granted = facts.case.state == CaseState.DEEMED_GRANTED or facts.case.instance != Instance.FIRST
    return facts.case.deficient or granted


def _handing(facts: Facts) -> Iterator[Action]:
    recorded = facts.case.definition.product.kind is ProductKind.RECORDED
    if facts.case.state == CaseState.APPROVED and recorded and permissions.may_record_product(facts.actor, facts.case):
        yield Action("record", _("Catat nomor produk"), _url("record", facts))


def office_of(facts: Facts) -> str:
    """The agency for which this person may ask for a repair, or none."""
    asked = frozenset(one.agency_id for one in facts.advice if one.asked_at)
    return repairs.office_of(facts.actor, facts.case, asked)


def _asking_repair(facts: Facts) -> Iterator[Action]:
    """One request at a time, and as many as the definition allows."""
    case = facts.case
    if case.state not in REPAIRED_IN or any(one.closed_at is None for one in facts.repairs):
        return
    if len(facts.repairs) < case.definition.term.rounds and office_of(facts):
        yield Action("ask_repair", _("Minta perbaikan kepada pemohon"), _url("ask_repair", facts), "secondary")


def _seconding(facts: Facts) -> Iterator[Action]:
    waiting = facts.asked_pause
    if waiting is None or facts.actor.is_also(waiting.asked_by_id):
        return
    if permissions.may_second(facts.actor, facts.case):
        address = reverse("desk:pause", args=[waiting.pk])
        yield Action("second", _("Tanda tangan kedua: hentikan waktu"), address, "secondary")


def _standing_still(facts: Facts) -> Iterator[Action]:
    case = facts.case
    if case.paused == Reason.FORCE_MAJEURE and permissions.may_second(facts.actor, case):
        yield Action("majeure_over", _("Akhiri keadaan kahar"), _url("majeure_over", facts), "secondary", posts=True)
    running = case.state in UNDER_TERM and not case.paused and case.due_at is not None
    if running and facts.asked_pause is None and permissions.may_decide(facts.actor, case):
        yield Action("majeure", _("Nyatakan keadaan kahar"), _url("majeure", facts), "secondary")


LINE_IN = {
    CaseState.IN_VERIFICATION: Line.CHECKING,
    CaseState.AWAITING_RECOMMENDATIONS: Line.ADVISING,
    CaseState.AWAITING_DECISION: Line.DECIDING,
    CaseState.DEEMED_GRANTED: Line.DECIDING,
}


def _busy(facts: Facts, line: Line) -> Assignment | None:
    """The colleague of this person's own agency who has the case in hand."""
    for agency in facts.actor.agencies(Role.VERIFIER, Role.OFFICER, Role.APPROVER):
        if held := facts.colleague(line, agency):
            return held
    return None


def waiting_for(facts: Facts) -> str | Promise:
    """Why there is nothing to do here, in one sentence."""
    case = facts.case
    if not case.is_open:
        return _("Permohonan ini sudah selesai; tidak ada lagi yang perlu dikerjakan.")
    if (line := LINE_IN.get(CaseState(case.state))) and (busy := _busy(facts, line)):
        return in_other_hands(busy.user_id)
    if facts.duty and case.state in DECIDED_IN and facts.duty != Duty.Kind.APPROVER:
        return _("Anda sudah memeriksa atau memberi rekomendasi; keputusan diambil petugas lain.")
    if facts.duty and facts.duty != facts.next_duty:
        return _("Anda sudah menangani permohonan ini dalam tugas lain; langkah ini dikerjakan petugas lain.")
    if facts.asked_of_me and facts.actor.agencies(Role.OFFICER):
        return _("Laporkan dahulu hasil pemeriksaan lapangan, lalu beri rekomendasi.")
    return _("Saat ini tidak ada tindakan yang menunggu Anda.")
