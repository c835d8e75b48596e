"""Answers to the satisfaction survey for tests, as they lie there after the urn was emptied."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from agencies.ids import new_id
from mall.voice.satisfaction.elements import elements
from mall.voice.satisfaction.models import Invitation, Response
from mall.voice.satisfaction.services import digest_of

MONTH = date(2026, 3, 1)


def invited(count: int, *, agency: str, service: str = "", site: str = "MPP", month: date = MONTH) -> None:
    """So many closed cases of a service."""
    Invitation.objects.bulk_create(
        Invitation(
            digest=digest_of(new_id().hex),
            service=service or f"{agency}-UJI",
            agency=agency,
            site=site,
            month=month,
            expires_on=date(month.year + 1, 1, 1),
        )
        for _one in range(count)
    )


def answered(
    scores: Sequence[Sequence[int]], *, agency: str, service: str = "", site: str = "MPP", month: date = MONTH
) -> None:
    """One answer for each row of nine scores."""
    Response.objects.bulk_create(
        Response(
            service=service or f"{agency}-UJI",
            agency=agency,
            site=site,
            month=month,
            **{one.code: score for one, score in zip(elements(), row, strict=True)},
        )
        for row in scores
    )


def with_totals(totals: Sequence[int], respondents: int) -> list[list[int]]:
    """Answers of so many whose nine sums are these."""
    return [[total // respondents + (one < total % respondents) for total in totals] for one in range(respondents)]


def survey(closed: int, scores: Sequence[Sequence[int]], **said: Any) -> None:
    """Both: the closed cases, and the answers of some of them."""
    invited(closed, **said)
    answered(scores, **said)
