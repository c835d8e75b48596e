"""May this caller stop a case, take it in hand, or ask for another answer? Asked before anybody tries."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from mall.api.facts import Facts
from mall.api.questions import VISITED_IN, S, every, free, only_part, some, within
from workflows import permissions
from workflows.cases import repairs
from workflows.cases.advice import Recommendation, RecommendationState
from workflows.cases.machine import REPAIRED_IN, UNDER_TERM
from workflows.cases.models import Duty
from workflows.cases.recalling import MOST_REPEATS
from workflows.clock.models import Reason
from workflows.duties import colleagues
from workflows.duties.lines import Line
from workflows.permissions import YES, Reply

NOTHING_GIVEN = Reply(False, _("Belum ada rekomendasi yang dapat diminta atau ditarik kembali."))
NO_VISIT = Reply(False, _("Tidak ada pemeriksaan lapangan yang menunggu."))


def recall(facts: Facts) -> Reply:
    """Take one's agency's answer back, before anybody has signed."""
    given = [one for one in facts.advice if one.state == RecommendationState.GIVEN]
    mine = (permissions.may_recommend(facts.actor, one, facts.case) for one in given)
    return every(
        within(facts, *VISITED_IN), _unsigned(facts), some(mine, NOTHING_GIVEN), only_part(facts, Duty.Kind.RECOMMENDER)
    )


def ask_again(facts: Facts) -> Reply:
    """Ask an agency for another answer, within the limit."""
    return every(
        permissions.may_decide(facts.actor, facts.case),
        within(facts, S.AWAITING_DECISION),
        _unsigned(facts),
        only_part(facts, Duty.Kind.APPROVER),
        free(facts, Line.DECIDING, facts.case.agency_id),
        YES if _heard(facts.advice) else NOTHING_GIVEN,
    )


def _heard(advice: Iterable[Recommendation]) -> bool:
    heard = (RecommendationState.GIVEN, RecommendationState.LAPSED)
    return any(one.state in heard and one.asked_again < MOST_REPEATS for one in advice)


def _unsigned(facts: Facts) -> Reply:
    several = facts.case.definition.decision_levels > 1
    return Reply(not (several and facts.decisions), _("Keputusan atas permohonan ini sudah mulai ditandatangani."))


def draw(facts: Facts) -> Reply:
    """Draw who makes a visit."""
    mine = (
        permissions.may_inspect(facts.actor, one.agency_id, facts.case)
        for one in facts.to_visit
        if one.inspector_id is None
    )
    return every(within(facts, *VISITED_IN), some(mine, NO_VISIT))


def appoint(facts: Facts) -> Reply:
    """Set the lot aside: not who was drawn herself."""
    drawn = Reply(False, _("Yang terundi tidak menunjuk penggantinya sendiri."))
    mine = (
        drawn
        if facts.actor.is_also(one.inspector_id)
        else permissions.may_appoint(facts.actor, one.agency_id, facts.case)
        for one in facts.to_visit
        if one.inspector_id is not None
    )
    return every(within(facts, *VISITED_IN), some(mine, NO_VISIT))


def ask_repair(facts: Facts) -> Reply:
    """Ask the applicant to put something right."""
    asked = frozenset(one.agency_id for one in facts.advice if one.asked_at)
    office = repairs.office_of(facts.actor, facts.case, asked)
    open_one = any(one.closed_at is None for one in facts.repairs)
    return every(
        permissions.may_ask_repair(facts.actor, office or facts.case.agency_id, facts.case, asked=asked),
        within(facts, *REPAIRED_IN),
        Reply(not open_one, _("Pemohon sedang diminta memperbaiki.")),
        Reply(len(facts.repairs) < facts.case.definition.term.rounds, _("Batas permintaan perbaikan sudah tercapai.")),
    )


def answer_repair(facts: Facts) -> Reply:
    """Answer one."""
    open_one = any(one.closed_at is None for one in facts.repairs)
    nothing = Reply(open_one, _("Tidak ada perbaikan yang diminta untuk permohonan ini."))
    return every(permissions.may_edit(facts.actor, facts.case), within(facts, *REPAIRED_IN), nothing)


def declare_force_majeure(facts: Facts) -> Reply:
    """Ask that the term stand still for what nobody could help."""
    runs = not facts.case.paused and facts.case.due_at is not None and facts.asked_pause is None
    return every(
        permissions.may_decide(facts.actor, facts.case),
        within(facts, *UNDER_TERM),
        Reply(runs, _("Tidak ada jangka waktu yang berjalan, atau penghentiannya sudah diminta.")),
    )


def second(facts: Facts) -> Reply:
    """Sign second to a pause, or decline to."""
    waiting = facts.asked_pause
    own = waiting is not None and facts.actor.is_also(waiting.asked_by_id)
    return every(
        permissions.may_second(facts.actor, facts.case),
        Reply(waiting is not None, _("Tidak ada penghentian waktu yang menunggu tanda tangan kedua.")),
        Reply(not own, _("Tanda tangan kedua harus dari orang lain.")),
    )


def end_force_majeure(facts: Facts) -> Reply:
    """Say that the office can work again."""
    stands = Reply(facts.case.paused == Reason.FORCE_MAJEURE, _("Tidak ada keadaan kahar yang berlaku."))
    return every(permissions.may_second(facts.actor, facts.case), stands)


def claim(facts: Facts) -> Reply:
    """Take the case in hand where it waits now."""
    actor, case = facts.actor, facts.case
    if case.state in (S.SUBMITTED, S.IN_VERIFICATION):
        return every(
            permissions.may_verify(actor, case),
            Reply(not case.definition.same_visit, _("Layanan ini diselesaikan langsung di loket.")),
            only_part(facts, Duty.Kind.VERIFIER),
            YES if case.state == S.SUBMITTED else free(facts, Line.CHECKING, case.agency_id),
        )
    if case.state == S.AWAITING_RECOMMENDATIONS:
        mine = (
            every(permissions.may_recommend(actor, one, case), free(facts, Line.ADVISING, one.agency_id))
            for one in facts.asked
        )
        return every(some(mine, NOTHING_GIVEN), only_part(facts, Duty.Kind.RECOMMENDER))
    return every(
        permissions.may_decide(actor, case),
        within(facts, S.AWAITING_DECISION, S.DEEMED_GRANTED),
        only_part(facts, Duty.Kind.APPROVER),
        free(facts, Line.DECIDING, case.agency_id),
    )


def let_go(facts: Facts) -> Reply:
    """Give the case back, or hand it over."""
    reachable = colleagues.reachable(facts.hands, facts.actor, facts.case)
    return Reply(bool(reachable), _("Permohonan ini tidak sedang Anda pegang."))
