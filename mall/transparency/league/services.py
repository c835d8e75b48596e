"""The only writers of rounds and contests: open a draft, contest it, answer, publish."""

from uuid import UUID

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_fsm import TransitionNotAllowed

from agencies import clock
from agencies.errors import Conflict, Invalid, Missing
from agencies.queries import active_agencies
from mall.releases import datasets, publishing, queries
from mall.releases.datasets import NotReady
from mall.releases.periods import Period, last_closed
from mall.transparency import counting
from mall.transparency.league import rounds
from mall.transparency.league.declared import SLUG, counted
from mall.transparency.league.machine import ContestState, RoundState
from mall.transparency.league.models import Contest, Round
from mall.transparency.league.permissions import may_answer, may_contest
from mall.transparency.league.terms import closes_at
from workflows.actors import Actor
from workflows.permissions import require
from workflows.trail import services as trail
from workflows.trail.chain import digest

SUBJECT = "league"
LEAGUE = Actor.system("league")
LONGEST = 4000
NO_REASON = gettext_lazy("Tulis apa yang keliru, dan bagaimana Anda mengetahuinya.")
NO_ANSWER = gettext_lazy("Tulis jawaban Anda; jawaban ini diumumkan bersama liga.")


@transaction.atomic
def open_round(period: Period) -> Round:
    """Show the draft of a quarter to the agencies; the one that is open when it was shown already.

    Raises:
        NotReady: a month of the quarter is not public yet.
    """
    if found := Round.objects.filter(period=period.code).first():
        return found
    made = publishing.draft(datasets.find(SLUG), period, counted(period))
    at = clock.now()
    sha256 = publishing.sha256(made.body)
    round_ = Round.objects.create(
        period=period.code, opened_at=at, closes_at=closes_at(at), body=made.body, sha256=sha256
    )
    _tell(round_, "league.opened", LEAGUE, {"period": round_.period, "sha256": sha256})
    return round_


@transaction.atomic
def contest(*, round_id: UUID, agency: str, reason: str, by: Actor) -> Contest:
    """Say in the name of an agency what is wrong with the draft.

    Raises:
        Missing: no such round or agency.
        Conflict: its days are over.
        Invalid: no reason.
    """
    require(may_contest(by, agency))
    round_ = Round.objects.select_for_update().filter(pk=round_id).first()
    if round_ is None or not active_agencies().filter(pk=agency).exists():
        raise Missing
    at = clock.now()
    if round_.state != RoundState.DRAFT or at >= round_.closes_at:
        raise Conflict(_("Masa sanggah liga ini sudah berakhir."))
    _require_words("reason", reason, NO_REASON)
    user_id = by.signing()
    made = Contest.objects.create(round=round_, agency_id=agency, reason=reason.strip(), by_id=user_id, at=at)
    _tell(round_, "league.contested", by, {"contest": str(made.pk), "agency": agency, "reason": digest(reason)})
    return made


@transaction.atomic
def answer(*, contest_id: UUID, accept: bool, answer: str, by: Actor) -> Contest:
    """Answer a contest in writing. What is accepted is put right in the log; the quarter is counted again anyway.

    Raises:
        Missing: no such contest.
        Conflict: it was answered already.
        Invalid: no answer.
    """
    found = Contest.objects.select_for_update(of=("self",)).select_related("round").filter(pk=contest_id).first()
    if found is None:
        raise Missing
    require(may_answer(by, found))
    _require_words("answer", answer, NO_ANSWER)
    if found.state != ContestState.OPEN:
        raise Conflict(_("Sanggahan ini sudah dijawab."))
    found.answer, found.answered_by_id, found.answered_at = answer.strip(), by.signing(), clock.now()
    found.accept() if accept else found.reject()
    found.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    said = {"contest": str(found.pk), "accepted": accept, "answer": digest(answer)}
    _tell(found.round, "league.answered", by, said)
    return found


def _require_words(name: str, words: str, sentence: Promise) -> None:
    if not words.strip():
        raise Invalid({name: [str(sentence)]})
    if len(words) > LONGEST:
        raise Invalid({name: [_("Tulis paling banyak %(most)d huruf.") % {"most": LONGEST}]})


def advance() -> int:
    """The nightly chore: publish what is due, then open the latest quarter; how many rounds moved."""
    moved = sum(_published(round_.pk) for round_ in rounds.waiting())
    period = last_closed(3)
    since = counting.since()
    if since is None or since > period.first or Round.objects.filter(period=period.code).exists():
        return moved
    try:
        open_round(period)
    except NotReady:
        return moved
    return moved + 1


@transaction.atomic
def _published(round_id: UUID) -> bool:
    """Publish the quarter of one round, counted again; False while somebody waits for an answer."""
    round_ = Round.objects.select_for_update().get(pk=round_id)
    try:
        release = queries.standing(SLUG, round_.period) or publishing.publish(SLUG, round_.period, LEAGUE)
        round_.publish()
    except (NotReady, TransitionNotAllowed, publishing.HeldBack):
        return False
    round_.published_at = clock.now()
    round_.save(update_fields=["state", "published_at"])
    said = {"period": round_.period, "sha256": release.sha256, "as_shown": release.sha256 == round_.sha256}
    _tell(round_, "league.published", LEAGUE, said)
    return True


def _tell(round_: Round, kind: str, by: Actor, data: dict[str, object]) -> None:
    trail.record(subject_kind=SUBJECT, subject_id=round_.pk, kind=kind, by=by, data=data)
