"""What the permission world knows of the league: a draft, two contests against it, and a league that is public."""

from typing import Any

from agencies import clock
from mall.transparency.league import services
from mall.transparency.league.declared import SLUG
from mall.transparency.league.models import Round
from mall.transparency.league.permissions import LEADING
from mall.transparency.league.terms import closes_at
from tests.publishing import frozen
from tests.security.things import Thing, World
from workflows.actors import Actor

WORDS = "Kata-kata contoh."
FIELD = "DPUCKPP"
BODY: dict[str, Any] = {"k": 5, "method": "1", "labels": {"agency": {}, "stratum": {}}, "rows": []}


def things(world: World) -> None:
    """Lay them down."""
    at = clock.now()
    round_ = Round.objects.create(period="2026-Q2", opened_at=at, closes_at=closes_at(at), body=BODY, sha256="0" * 64)
    world.things["league_draft"] = Thing({"round_id": round_.pk})
    for name, accept in (("league_contest", True), ("league_contest_weak", False)):
        head = world.people.actor("fieldhead")
        made = services.contest(round_id=round_.pk, agency=FIELD, reason=WORDS, by=head)
        world.things[name] = Thing({"contest_id": made.pk, "accept": accept})
    frozen(SLUG, "2026-Q1")
    world.things["league"] = Thing({"quarter": "2026-Q1"})


def agency_of(actor: Actor) -> str:
    """The agency that somebody leads; one she does not where she leads none."""
    return next(iter(sorted(actor.agencies(*LEADING))), FIELD)


def contest_form(world: World, _thing: Thing) -> dict[str, str]:
    """In the name of the asker's own agency."""
    return {"agency": agency_of(world.people.actor(world.asking)), "reason": WORDS}


def answer_form(_world: World, thing: Thing) -> dict[str, str]:
    """Yes or no."""
    return {"accept": "1" if thing.ids.get("accept") else "0", "answer": WORDS}


def contesting(_world: World, thing: Thing, by: Actor) -> dict[str, Any]:
    """The same, said to the service."""
    return {"round_id": thing.ids["round_id"], "agency": agency_of(by), "reason": WORDS}


def answering(_world: World, thing: Thing, _by: Actor) -> dict[str, Any]:
    """The same, said to the service."""
    return {"contest_id": thing.ids["contest_id"], "accept": thing.ids["accept"], "answer": WORDS}
