"""What the permission world knows of requests for information."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from agencies import clock
from agencies.ids import new_id
from mall.voice.information import keys
from mall.voice.information.models import InformationRequest
from mall.voice.information.services import handling, objecting
from mall.voice.information.services.exempting import Tested
from tests import information, levies
from tests.factories import make_nik
from tests.security.things import Thing, World
from tests.security.visitors import People
from workflows.actors import Actor

Words = dict[str, Any]
Body = Callable[[World, Thing], Words]
Say = Callable[[World, Thing, Actor], Words]
WORDS = "Kata-kata contoh."
ASIDE = ("partial", "refused", "not_held")
"""Taken requests that are answered in another way than by giving everything."""


def things(people: People) -> dict[str, Thing]:
    """Requests in every state that somebody may do something to; one of another agency; one test."""
    ppid, head = people.actor("ppid"), people.actor("mallhead")
    test = information.weighed(ppid)
    found = {"info": information.file(), "info_elsewhere": information.file(agency="DINKES")}
    found |= {name: information.taken(ppid, receive="paper") for name in ("info_taken", *(f"info_{x}" for x in ASIDE))}
    given = information.taken(ppid)
    told = information.reply(form_held="soft")
    found["info_answered"] = handling.answer(request_id=given.pk, by=ppid, told=told)
    found["info_filed"] = information.taken(ppid)
    handling.answer(request_id=found["info_filed"].pk, by=ppid, told=told, files=[levies.evidence()])
    for name in ("info_objecting", "info_judged"):
        found[name] = information.answered(ppid)
        information.objected(found[name])
    judged = found["info_judged"].objection.pk
    objecting.answer_objection(objection_id=judged, by=head, verdict="rejected", text=WORDS)
    told = {name: _thing(name, request, test.pk) for name, request in found.items()}
    return told | {"info_register": Thing({"kind": "permintaan"})}


def _thing(name: str, request: InformationRequest, test: object) -> Thing:
    objection, file = getattr(request, "objection", None), request.files.first()
    ids = {"request_id": request.pk, "link": keys.link_of(request.pk), "test": test}
    ids |= {"objection_id": objection and objection.pk, "file_id": file and file.file_id}
    decision = name.removeprefix("info_")
    return Thing(
        ids | {"decision": decision if decision in ASIDE else "granted"},
        (*information.PERSONAL, information.WANTED, str(request.nik)),
    )


def _request(**said: Any) -> Say:
    return lambda _world, thing, _by: {"request_id": thing.ids["request_id"], **said}


def _objection(**said: Any) -> Say:
    return lambda _world, thing, _by: {"objection_id": thing.ids["objection_id"], **said}


def _answer(_world: World, thing: Thing, _by: Actor) -> Words:
    decision = thing.ids.get("decision", "granted")
    withheld = [("Bagian", thing.ids["test"])] if decision in ("partial", "refused") else []
    return {"request_id": thing.ids["request_id"], "told": information.reply(decision, withheld=withheld)}


def _exemption(_world: World, _thing: Thing, _by: Actor) -> Words:
    until = clock.today() + timedelta(days=100)
    return {"agency": "DPMPTSP", "told": Tested(WORDS, "h", WORDS, WORDS, WORDS, until)}


def _today(**said: Any) -> Say:
    return lambda _world, thing, _by: {"request_id": thing.ids["request_id"], "on": clock.today(), **said}


HOME = "mall.voice.information.services"
CALLS: Mapping[str, Say] = {
    f"{HOME}.filing.file_request": lambda _world, _thing, _by: {"key": new_id(), "told": information.told()},
    f"{HOME}.handling.read_request": _request(),
    f"{HOME}.handling.take": _request(),
    f"{HOME}.handling.extend": _request(reason="undecided"),
    f"{HOME}.handling.answer": _answer,
    f"{HOME}.handling.hand_over": _today(),
    f"{HOME}.handling.release_summary": _request(summary=WORDS),
    f"{HOME}.exporting.export_register": lambda _world, _thing, _by: {"kind": "permintaan"},
    f"{HOME}.exempting.decide_exemption": _exemption,
    f"{HOME}.objecting.read_objection": _objection(),
    f"{HOME}.objecting.answer_objection": _objection(verdict="rejected", text=WORDS),
    f"{HOME}.objecting.record_dispute": _today(number="001/KI"),
}


def _day(name: str, days: int = 0) -> Words:
    when = clock.today() + timedelta(days=days)
    return {f"{name}_day": str(when.day), f"{name}_month": str(when.month), f"{name}_year": str(when.year)}


def _ask(_world: World, _thing: Thing) -> Words:
    said = {"identity": "person", "name": "Peminta Baru", "nik": make_nik(), "contact": "a@contoh.id", "address": WORDS}
    said |= {"wanted": WORDS, "purpose": WORDS, "receive": "electronic"}
    return {"key": str(new_id())} | said


def _form(_world: World, thing: Thing) -> Words:
    decision = thing.ids.get("decision", "granted")
    parts = {"part_1": "Bagian", "test_1": str(thing.ids["test"])} if decision in ("partial", "refused") else {}
    held = "no" if decision == "not_held" else "yes"
    return {"decision": decision, "text": WORDS, "under_control": held, "documented": held} | parts


BODIES: Mapping[str, Body] = {
    "information:ask": _ask,
    "information:object": lambda _w, _t: {"reason": "d", "text": WORDS},
    "information:withdraw": lambda _w, _t: {},
    "information:respond": lambda _w, _t: {"text": WORDS},
    "information:take": lambda _w, _t: {},
    "information:extend": lambda _w, _t: {"reason": "undecided"},
    "information:answer": _form,
    "information:hand_over": lambda _w, _t: _day("on"),
    "information:summarise": lambda _w, _t: {"summary": WORDS},
    "information:dispute": lambda _w, _t: {"number": "001/KI"} | _day("on"),
    "information:exempt": lambda _w, _t: (
        {
            "subject": WORDS,
            "ground": "h",
            "law": WORDS,
            "if_opened": WORDS,
            "if_closed": WORDS,
        }
        | _day("expires_on", 100)
    ),
    "information:judge": lambda _w, _t: {"verdict": "rejected", "text": WORDS},
}
