"""Sending an agency's one-time link, answering by it, and revoking it.

Who answers by a link answers in her own name: every rule that holds at the desk (role, conflict of interest, one
duty a human, the order of the line, what an answer must say) is asked of the person to whom it was sent.
"""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.errors import Conflict, Invalid, Missing, Refused
from agencies.models import Agency, AnswersBy, User
from workflows import permissions
from workflows.actors import Actor
from workflows.cases import recommending
from workflows.cases.advice import Recommendation, RecommendationState
from workflows.cases.links import AdviceLink, digest_of
from workflows.cases.machine import CaseState
from workflows.cases.recommending import Answer
from workflows.cases.visits import Inspection, is_visited
from workflows.cases.work import Work
from workflows.duties import order
from workflows.duties.conflicts import eligible_officers
from workflows.duties.lines import Assignment, Line
from workflows.duties.order import Jump


@transaction.atomic
def send_link(*, recommendation_id: UUID, by: Actor, to: UUID, way: str, jump: Jump | None = None) -> AdviceLink:
    """Give an officer of the agency a link to answer by; the one before it is revoked, and the case is in her hands.

    Raises `Missing`, `Refused` (not hers to send), `Conflict` (not asked, an agency that answers on a screen, no
    visit report yet), `Invalid` (not an officer who may answer here), `OutOfTurn`.
    """
    work = Work.on(recommending.case_of(recommendation_id), by)
    permissions.require(permissions.may_send_link(by, work.case))
    own = work.case.recommendations.select_related("agency").select_for_update(of=("self",)).get(pk=recommendation_id)
    _require_open(work, own)
    named = _officer(work, own, to)
    if way not in AdviceLink.Way.values:
        raise Invalid({"way": [_("Pilih cara menyampaikan tautan.")]})
    order.keep_turn(work, Line.ADVISING, agency=own.agency_id, due_at=own.due_at, jump=jump, who=Actor.of(named))
    _end_live(work, own)
    link = AdviceLink.made(own, to=named.pk, by=by.signing(), way=way, at=work.at)
    link.save(force_insert=True)
    Assignment.put(work.case.pk, Line.ADVISING, own.agency_id, named.pk, work.at)
    work.record("recommendation.link_sent", {**_told(link, own.agency_id), "expires": link.expires_at.isoformat()})
    work.finish()
    return link


@transaction.atomic
def print_link(*, link_id: UUID, by: Actor) -> AdviceLink:
    """The letter of a link is printed: once, because whoever holds the paper holds the link.

    Raises `Missing`, `Refused`, `Conflict` (it opens nothing any more, goes by mail, or was printed already).
    """
    work, link, own = _locked(link_id, by)
    permissions.require(permissions.may_send_link(by, work.case))
    _require_alive(work, link, own)
    if link.way != AdviceLink.Way.LETTER:
        raise Conflict(_("Tautan ini dikirim lewat surel. Untuk surat, buatlah tautan baru."))
    if link.printed_at:
        raise Conflict(_("Surat ini sudah dicetak dan tidak dapat dicetak lagi. Jika hilang, buatlah tautan baru."))
    link.printed_at = work.at
    link.save(update_fields=["printed_at"])
    work.record("recommendation.link_printed", _told(link, own.agency_id))
    work.finish()
    return link


@transaction.atomic
def revoke_link(*, link_id: UUID, by: Actor) -> AdviceLink:
    """The link opens nothing any more, and the case goes back to the agency's line.

    Raises `Missing`, `Refused`, `Conflict` (used or revoked already).
    """
    work, link, own = _locked(link_id, by)
    permissions.require(permissions.may_send_link(by, work.case))
    if link.used_at or link.revoked_at:
        raise Conflict(link.dead(own, work.case, work.at))
    link.revoked_at = work.at
    link.save(update_fields=["revoked_at"])
    Assignment.objects.filter(
        case=work.case, line=Line.ADVISING, agency_id=own.agency_id, user_id=link.to_id, since=link.created_at
    ).delete()
    work.record("recommendation.link_revoked", _told(link, own.agency_id))
    work.finish()
    return link


@transaction.atomic
def answer_by_link(*, token: str, said: Answer, jump: Jump | None = None) -> Recommendation:
    """The person to whom the link was sent answers for her agency, once.

    Raises `Missing` (no such link), `Conflict` (it opens nothing any more), and all that `give_recommendation` does.
    """
    digest = digest_of(token)
    found = AdviceLink.objects.select_related("to").filter(digest=digest).first() if digest else None
    if found is None:
        raise Missing(_("Tautan ini tidak dikenal. Periksa apakah alamatnya tersalin lengkap."))
    work, link, own = _locked(found.pk, Actor.of(found.to))
    _require_alive(work, link, own)
    advice = {one.pk: one for one in work.case.recommendations.select_for_update()}
    came = {"by_link": str(link.pk), "sent_by": str(link.created_by_id), "way": link.way}
    link.used_at = work.at
    link.save(update_fields=["used_at"])
    return recommending.answered(work, advice, own.pk, said, jump=jump, came=came)


def _locked(link_id: UUID, by: Actor) -> tuple[Work, AdviceLink, Recommendation]:
    """The locked case, then the locked link, and what it is for."""
    rows = AdviceLink.objects.filter(pk=link_id)
    case_id = rows.values_list("recommendation__case_id", flat=True).first()
    if case_id is None:
        raise Missing(_("Tautan ini tidak ditemukan."))
    work = Work.on(case_id, by)
    link = rows.select_related("recommendation").select_for_update(of=("self",)).get()
    return work, link, link.recommendation


def _require_alive(work: Work, link: AdviceLink, own: Recommendation) -> None:
    if why := link.dead(own, work.case, work.at):
        raise Conflict(why)


def _require_open(work: Work, own: Recommendation) -> None:
    """It is asked, by an agency that answers by link, and what must come before the answer is there."""
    if own.state != RecommendationState.ASKED or work.case.state != CaseState.AWAITING_RECOMMENDATIONS:
        raise work.conflict()
    agency: Agency = own.agency
    if agency.answers_by != AnswersBy.LINK:
        raise Conflict(_("Instansi ini menjawab di meja kerjanya sendiri, bukan lewat tautan."))
    visits = Inspection.objects.filter(case_id=own.case_id, agency_id=own.agency_id)
    if own.inspects and not is_visited(visits, own.agency_id):
        raise Conflict(_("Hasil pemeriksaan lapangan instansi ini harus dilaporkan dahulu; itu tidak lewat tautan."))


def _officer(work: Work, own: Recommendation, to: UUID) -> User:
    """The named person, if she may answer here: an officer of the agency without a tie, another part, or our key."""
    found = next((one for one in eligible_officers(own.agency_id, work.case) if one.pk == to), None)
    if found is None:
        raise Invalid({"to": [_("Pilih petugas instansi itu yang boleh menjawab permohonan ini.")]})
    if work.by.is_also(found.pk):
        raise Refused(_("Anda tidak dapat mengirim tautan kepada diri sendiri."))
    return found


def _end_live(work: Work, own: Recommendation) -> None:
    """Of one recommendation one link lives: the new one."""
    live = AdviceLink.objects.select_for_update().filter(recommendation=own, used_at=None, revoked_at=None).first()
    if live is not None:
        live.revoked_at = work.at
        live.save(update_fields=["revoked_at"])
        work.record("recommendation.link_revoked", {**_told(live, own.agency_id), "replaced": True})


def _told(link: AdviceLink, agency: str) -> dict[str, str]:
    """What an event says of a link; whom it names is found by its id."""
    return {"agency": agency, "link": str(link.pk), "way": link.way}
