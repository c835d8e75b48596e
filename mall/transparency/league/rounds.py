"""Readers of rounds and contests."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import QuerySet

from agencies import clock
from agencies.errors import Missing
from mall.releases.models import Release
from mall.releases.periods import Period
from mall.transparency.league.machine import ContestState, RoundState
from mall.transparency.league.models import Contest, Round
from mall.transparency.league.permissions import may_see_drafts
from workflows.actors import Actor
from workflows.permissions import require


def is_due(period: Period) -> bool:
    """May this quarter be published: its days are over, and no contest waits for an answer. Two queries at most."""
    found = Round.objects.filter(period=period.code).first()
    if found is None or clock.now() < found.closes_at:
        return False
    return not found.contests.filter(state=ContestState.OPEN).exists()


def drafts(actor: Actor) -> list[Round]:
    """The rounds, the latest first, without their bodies; `Refused` for who leads no agency. One query."""
    require(may_see_drafts(actor))
    return list(Round.objects.order_by("-period").defer("body")[:40])


def draft(actor: Actor, round_id: UUID) -> Round:
    """One round for who leads an agency, else `Refused`; `Missing` when there is none. One query."""
    require(may_see_drafts(actor))
    found = Round.objects.filter(pk=round_id).first()
    if found is None:
        raise Missing
    return found


def contests_of(round_: Round) -> list[Contest]:
    """Everything that was said against it, oldest first. One query."""
    return list(round_.contests.select_related("agency").order_by("at", "pk"))


def contest(actor: Actor, contest_id: UUID) -> Contest:
    """One contest for who leads an agency; `Missing` when there is none. One query."""
    require(may_see_drafts(actor))
    found = Contest.objects.select_related("round", "agency").filter(pk=contest_id).first()
    if found is None:
        raise Missing
    return found


def published(period: str) -> Round | None:
    """The round of a quarter that is public. One query."""
    return Round.objects.filter(period=period, state=RoundState.PUBLISHED).first()


def waiting() -> QuerySet[Round]:
    """The drafts whose days are over, the earliest first."""
    return Round.objects.filter(state=RoundState.DRAFT, closes_at__lte=clock.now()).order_by("period")


def as_release(round_: Round, method: str, dataset: str) -> Release:
    """The draft as if it had been published, for tables and files."""
    body: Mapping[str, object] = round_.body
    return Release(dataset=dataset, period=round_.period, revision=0, method=method, body=body, sha256=round_.sha256)
