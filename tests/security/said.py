"""The words of the calls: one function for each kind of thing that a service function is told."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from agencies import clock
from agencies.ids import new_id
from agencies.models import Membership
from documents.permits.models import PermitDocument
from tests.security.bodies import WORDS, colleague, number_of, substitute
from tests.security.things import Thing, World
from workflows.actors import Actor
from workflows.cases.verification import to_check
from workflows.definition.kinds import Effect
from workflows.duties.lines import Line

Words = dict[str, Any]
Say = Callable[[World, Thing, Actor], Words]
DOCTOR = "DPMPTSP-SIP-DOKTER"


def case(_world: World, thing: Thing, _by: Actor) -> Words:
    """The case alone."""
    return {"case_id": thing.case_id}


def of_case(**said: Any) -> Say:
    """The case and these words."""
    return lambda _world, thing, _by: {"case_id": thing.case_id, **said}


def task(_world: World, thing: Thing, _by: Actor) -> Words:
    """A task alone."""
    return {"task_id": thing.ids["task_id"]}


def ticks(deficient: bool) -> Say:
    """A checklist, with one deficiency or none."""

    def said(_world: World, thing: Thing, _by: Actor) -> Words:
        codes = to_check(thing.case)
        found = dict.fromkeys(codes, ("ok", ""))
        return {"case_id": thing.case_id, "marks": found | ({codes[-1]: ("deficient", WORDS)} if deficient else {})}

    return said


def opening(world: World, thing: Thing, by: Actor) -> Words:
    """A new draft: of one's own, for the person at the counter, or the one that a key has made."""
    if thing.case_id:
        return {"service_code": DOCTOR, "applicant_id": thing.case.applicant_id, "key": thing.case.draft_key}
    applicant = thing.ids.get("person_id") or by.person_id or world.people.persons["stranger"].pk
    return {"service_code": DOCTOR, "applicant_id": applicant}


def paper(_world: World, thing: Thing, _by: Actor) -> Words:
    """A paper that the case has already, once more."""
    wanted = thing.case.definition.requirements[0].code
    return {"case_id": thing.case_id, "requirement": wanted, "file_id": thing.ids["file_id"]}


def answers(_world: World, thing: Thing, _by: Actor) -> Words:
    """One answer."""
    return {"case_id": thing.case_id, "raw": {thing.case.definition.fields[0].name: WORDS}}


def advice(_world: World, thing: Thing, _by: Actor) -> Words:
    """A recommendation."""
    said = {"verdict": "favourable", "reason": WORDS, "legal_basis": WORDS}
    return {"recommendation_id": thing.ids["recommendation_id"], **said}


def silence(_world: World, thing: Thing, _by: Actor) -> Words:
    """A recommendation that nobody gave."""
    return {"recommendation_id": thing.ids["recommendation_id"]}


def again(_world: World, thing: Thing, _by: Actor) -> Words:
    """Why another answer is wanted."""
    return {"recommendation_id": thing.ids["given_id"], "reason": WORDS}


def visit(_world: World, thing: Thing, _by: Actor) -> Words:
    """The day of a visit."""
    return {"inspection_id": thing.ids["inspection_id"], "day": clock.today()}


def instead(_world: World, thing: Thing, by: Actor) -> Words:
    """Another officer than the one who was drawn."""
    why = {"code": "absent", "reason": WORDS}
    return {"inspection_id": thing.ids["inspection_id"], "user_id": substitute(thing, by.user_id), **why}


def report(_world: World, thing: Thing, _by: Actor) -> Words:
    """What a visit found."""
    found = {"held_on": clock.today(), "result": "fit", "findings": WORDS}
    return {"inspection_id": thing.ids["inspection_id"], **found}


def repair(_world: World, thing: Thing, _by: Actor) -> Words:
    """Something to put right, found by the agency that decides."""
    return {"case_id": thing.case_id, "what": [WORDS], "agency": thing.case.agency_id}


def pause(_world: World, thing: Thing, _by: Actor) -> Words:
    """A pause that waits for its second signature."""
    return {"pause_id": thing.ids["pause_id"]}


def outage(_world: World, _thing: Thing, _by: Actor) -> Words:
    """A system that does not work."""
    return {"system": "SIAK", "title": WORDS, "begins_at": clock.now()}


def outage_over(_world: World, thing: Thing, _by: Actor) -> Words:
    """A system that works again."""
    return {"outage_id": thing.ids["outage_id"], "ends_at": clock.now() + timedelta(hours=1)}


def product(_world: World, thing: Thing, _by: Actor) -> Words:
    """The number that another system gave."""
    return {"case_id": thing.case_id, "number": number_of(thing), "issued_on": clock.today()}


def served(_world: World, thing: Thing, _by: Actor) -> Words:
    """The whole of one visit."""
    return {"case_id": thing.case_id, "approved": True, "reason": WORDS, "number": number_of(thing)}


def document(_world: World, thing: Thing, _by: Actor) -> Words:
    """A sealed document."""
    made = PermitDocument.objects.filter(permit=thing.case.permit).first()
    return {"case_id": thing.case_id, "document_id": made.pk if made else new_id(), "sha256": "0" * 64}


def bill(_world: World, thing: Thing, _by: Actor) -> Words:
    """What a gateway says of a bill that it made."""
    ends = clock.now() + timedelta(days=1)
    made = {"gateway": "simulator", "gateway_ref": "BARU-1", "pay_code": "1", "pay_url": "", "expires_at": ends}
    return {"charge_id": thing.case.charge.pk, **made}


def payment(_world: World, thing: Thing, _by: Actor) -> Words:
    """What a gateway says of money that came."""
    one = thing.ids["bill"]
    came = {"payment_ref": "BAYAR-1", "amount": one.amount, "paid_at": clock.now()}
    return {"gateway": one.gateway, "gateway_ref": one.gateway_ref, **came}


def kept(world: World, thing: Thing, _by: Actor) -> Words:
    """A paper for the vault of a person; the vault knows its bytes."""
    content = world.contents[thing.ids["holder"]]
    return {"owner_id": thing.ids["person_id"], "name": "a.pdf", "content": content, "document_type": "ktp"}


def following(_world: World, thing: Thing, _by: Actor) -> Words:
    """An amendment for oneself; at the counter, where the permit is suspended, that it be revoked."""
    said = {"permit_id": thing.ids["permit_id"], "effect": Effect.AMENDS}
    frozen = thing.case_id and thing.case.permit.status == "suspended"
    return said | {"effect": Effect.REVOKES, "channel": "counter"} if frozen else said


def of_permit(**said: Any) -> Say:
    """The permit and these words."""
    return lambda _world, thing, _by: {"permit_id": thing.ids["permit_id"], **said}


def of_obligation(**said: Any) -> Say:
    """The obligation and these words."""
    return lambda _world, thing, _by: {"obligation_id": thing.ids["obligation_id"], **said}


def levy(**said: Any) -> Say:
    """Something about a report of a levy."""
    return lambda _world, thing, _by: {"report_id": thing.ids["report_id"], **said}


def signal(**said: Any) -> Say:
    """Something about a signal, its own case where one is asked for."""
    return lambda _world, thing, _by: {
        "signal_id": thing.ids["signal_id"],
        **{name: thing.ids["case_id"] if value is None else value for name, value in said.items()},
    }


def ticket(**said: Any) -> Say:
    """Something about a ticket."""
    return lambda _world, thing, _by: {"ticket_id": thing.ids["ticket_id"], **said}


def complaint(**said: Any) -> Say:
    """Something about a complaint."""
    return lambda _world, thing, _by: {"complaint_id": thing.ids["complaint_id"], **said}


def in_line(_world: World, thing: Thing, _by: Actor) -> Words:
    """The case in the line where it waits."""
    lines = {"awaiting_recommendations": Line.ADVISING, "awaiting_decision": Line.DECIDING}
    return {"case_id": thing.case_id, "line": lines.get(str(thing.case.state), Line.CHECKING)}


def handed_over(world: World, thing: Thing, _by: Actor) -> Words:
    """The papers of a case, to a colleague who has no part in it."""
    return {"case_id": thing.case_id, "line": Line.CHECKING, "to": colleague(world, thing), "reason": WORDS}


def behind(world: World, thing: Thing, _by: Actor) -> Words:
    """An officer's account, and the card of the person who comes to the counter."""
    held = Membership.objects.get(pk=thing.ids["membership_id"])
    return {"user_id": held.user_id, "nik": str(world.people.persons["walkin"].nik)}


def remedy(_world: World, thing: Thing, _by: Actor) -> Words:
    """An objection alone."""
    return {"objection_id": thing.ids["objection_id"]}


def remedy_answer(world: World, thing: Thing, by: Actor) -> Words:
    """The firm is told no, everybody else yes."""
    return remedy(world, thing, by) | {"upheld": not thing.case.organisation_id, "answer": WORDS, "legal_basis": WORDS}
