"""DATA CONTOH: a survey and a league that are made up, so that a newcomer sees these pages alive.

The demo's own cases are too few for either. Answers lie there as after a night of the urn; the league goes the ordinary
road from rows that are said here. Everything is published by `DATA CONTOH`, and every page and document says so.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from agencies import clock
from agencies.models import Agency, User
from mall.demo.people import DOMAIN
from mall.demo.regency import sample
from mall.releases import datasets, publishing
from mall.releases.datasets import Row
from mall.releases.models import SAMPLE
from mall.releases.periods import Period, last_closed
from mall.transparency.league import strata
from mall.transparency.league.declared import SLUG
from mall.transparency.league.machine import ContestState
from mall.transparency.league.models import Contest, Round
from mall.transparency.league.terms import closes_at
from mall.voice.satisfaction.elements import elements
from mall.voice.satisfaction.models import Invitation, Response
from mall.voice.satisfaction.published.declared import SERVICES, SITES
from mall.voice.satisfaction.services import OPEN_DAYS, digest_of
from workflows.actors import Actor
from workflows.definition.models import ServiceType

BY = Actor.system(SAMPLE)
RATED = ("DPMPTSP", "DUKCAPIL", "POLRESTA", "IMIGRASI", "BPN", "DINSOS")
EACH = 3
"""Services of an agency that are rated."""
DECIDING = 24
"""Agencies in the league."""
REASON = "DATA CONTOH: dua puluh keputusan bulan pertama tercatat pada tanggal entri, bukan tanggal putusan."
ANSWER = "DATA CONTOH: catatan peristiwa diperiksa; tanggal putusan sama dengan tanggal entri. Angka tetap."


def load_figures() -> None:
    """Publish a survey of three half years and a league, and show the agencies the draft of another."""
    half = _last_half()
    halves = [half, half.later(-1), half.later(-2)]
    for one in halves:
        _survey(one)
    for one in reversed(halves):
        for slug in (SERVICES, SITES):
            publishing.publish(slug, one, BY)
    _leagues()


def _last_half() -> Period:
    """The latest half year about which nobody can answer any more."""
    half = last_closed(6)
    ready = clock.today() > half.later(1).first - timedelta(days=1) + timedelta(days=OPEN_DAYS)
    return half if ready else half.later(-1)


def _survey(half: Period) -> None:
    invitations: list[Invitation] = []
    responses: list[Response] = []
    codes = ServiceType.objects.filter(agency_id__in=RATED, active=True).order_by("agency_id", "code")
    chosen: dict[str, list[str]] = {}
    for agency, code in codes.values_list("agency_id", "code"):
        chosen.setdefault(agency, []).append(code)
    for agency, services in chosen.items():
        for service in services[:EACH]:
            closed = sample(30, 160, half.code, service)
            answers = closed * sample(35, 90, "rate", half.code, service) // 100
            invitations += [_invitation(agency, service, half.first, one) for one in range(closed)]
            responses += [_response(agency, service, half.first, one) for one in range(answers)]
    Invitation.objects.bulk_create(invitations, batch_size=2000)
    Response.objects.bulk_create(responses, batch_size=2000)


def _invitation(agency: str, service: str, month: date, number: int) -> Invitation:
    digest = digest_of(f"{SAMPLE}/{service}/{month}/{number}")
    expires = month + timedelta(days=OPEN_DAYS)
    return Invitation(digest=digest, service=service, agency=agency, site="MPP", month=month, expires_on=expires)


def _response(agency: str, service: str, month: date, number: int) -> Response:
    about = (service, str(month), str(number))
    mood = sample(0, 9, "mood", *about)
    slow = {"u3": mood < 3}
    scores = {one.code: sample(3, 4, one.code, *about) - (mood == 0) - slow.get(one.code, 0) for one in elements()}
    return Response(service=service, agency=agency, site="MPP", month=month, **scores)


def _leagues() -> None:
    """One that is public, with a contest and its answer, and the draft of the latest quarter."""
    latest = last_closed(3)
    whole = datasets.find(SLUG)
    try:
        for period in (latest.later(-1), latest):
            made = replace(whole, rows=lambda period: list(_rows(period)), must=None)
            datasets.register(made)
            shown = publishing.draft(made, period, list(_rows(period)))
            _round(period, shown.body, public=period != latest)
    finally:
        datasets.register(whole)


def _round(period: Period, body: dict[str, object], *, public: bool) -> None:
    at = clock.now() - timedelta(days=20 if public else 1)
    round_ = Round.objects.create(
        period=period.code, opened_at=at, closes_at=closes_at(at), body=body, sha256=publishing.sha256(body)
    )
    if not public:
        return
    head, manager = (User.objects.get(email=f"{name}@{DOMAIN}") for name in ("kepala.dinkes", "manajer"))
    contest = Contest.objects.create(
        round=round_, agency_id="DINKES", reason=REASON, by=head, at=at + timedelta(days=3)
    )
    contest.answer, contest.answered_by, contest.answered_at = ANSWER, manager, at + timedelta(days=6)
    contest.reject()
    contest.save()
    assert contest.state == ContestState.REJECTED
    publishing.publish(SLUG, period, BY)
    round_.publish()
    round_.published_at = clock.now()
    round_.save()


def _rows(period: Period) -> Iterator[Row]:
    """Decisions of the agencies with services; a few are worse than others, many are alike."""
    domain = strata.domain(strata.of_versions())
    agencies = [code for code in Agency.objects.order_by("code").values_list("code", flat=True) if code in domain]
    for agency in agencies[:DECIDING]:
        worse = sample(0, 9, "worse", agency) == 0
        for code in sorted(domain[agency]):
            decided = sample(30, 240, period.code, agency, code)
            hard = sample(3, 14, "hard", code) + (15 if worse else 0) + sample(0, 4, period.code, "luck", agency, code)
            late = max(5, decided * hard // 100)
            yield Row({"agency": agency, "stratum": code}, {"decided": decided, "on_time": decided - late})
