"""What each service function is called with when all is right: a refusal must not be owed to a faulty call."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from agencies import clock
from agencies.ids import new_id
from agencies.models import Membership
from documents.permits.models import PermitDocument
from tests.factories import make_nik
from tests.levies import told
from tests.security import files
from tests.security.bodies import WORDS, colleague, named, number_of, substitute
from tests.security.service import CODE, body
from tests.security.world import Thing, World
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


SAY: dict[str, Say] = {
    "mall.voice.levies.services.filing.file_report": lambda _world, _thing, _by: {"key": new_id(), "told": told()},
    "mall.regency.services.upload": files.of_kind,
    "mall.regency.services.publish": files.of_batch,
    "mall.regency.services.discard": files.of_batch,
    "mall.voice.levies.services.handling.read_report": levy(),
    "mall.voice.levies.services.handling.take": levy(),
    "mall.voice.levies.services.handling.write": levy(text=WORDS),
    "mall.voice.levies.services.handling.forward": levy(to="police", text=WORDS),
    "mall.voice.levies.services.handling.close": levy(outcome="proved", text=WORDS),
    "mall.voice.levies.services.handling.step_aside": levy(),
    "workflows.cases.intake.open_draft": opening,
    "workflows.cases.intake.save_answers": answers,
    "workflows.cases.intake.attach": paper,
    "workflows.cases.intake.set_mandate": of_case(kind="present"),
    "workflows.cases.intake.submit": lambda _world, thing, _by: {"case_id": thing.case_id, "key": new_id()},
    "workflows.cases.intake.withdraw": case,
    "workflows.cases.verification.take": case,
    "workflows.cases.verification.accept": ticks(deficient=False),
    "workflows.cases.verification.return_to_applicant": ticks(deficient=True),
    "workflows.cases.verification.pass_on_deficient": ticks(deficient=True),
    "workflows.cases.recommending.give_recommendation": advice,
    "workflows.cases.recommending.note_silence": silence,
    "workflows.cases.linking.send_link": lambda world, thing, _by: {
        "recommendation_id": thing.ids["recommendation_id"],
        "to": named(world, thing),
        "way": "mail",
    },
    "workflows.cases.linking.print_link": lambda _world, thing, _by: {"link_id": thing.ids["link_id"]},
    "workflows.cases.linking.revoke_link": lambda _world, thing, _by: {"link_id": thing.ids["link_id"]},
    "workflows.cases.recalling.recall_recommendation": again,
    "workflows.cases.recalling.ask_again": again,
    "workflows.cases.inspecting.schedule_inspection": visit,
    "workflows.cases.inspecting.draw_inspector": lambda _w, thing, _by: {"inspection_id": thing.ids["inspection_id"]},
    "workflows.cases.inspecting.appoint_inspector": instead,
    "workflows.cases.inspecting.report_inspection": report,
    "documents.vault.services.report_visit": report,
    "workflows.cases.repairs.ask_repair": repair,
    "workflows.cases.repairs.answer_repair": of_case(answer=WORDS),
    "workflows.clock.seconding.second_pause": pause,
    "workflows.clock.seconding.decline_pause": pause,
    "workflows.clock.seconding.declare_force_majeure": of_case(note=WORDS),
    "workflows.clock.seconding.end_force_majeure": case,
    "workflows.clock.outages.enter_outage": outage,
    "workflows.clock.outages.end_outage": outage_over,
    "workflows.cases.deciding.approve": of_case(reason=WORDS),
    "workflows.cases.deciding.refuse": of_case(reason=WORDS, legal_basis=WORDS, cites=["_answers"]),
    "workflows.cases.deciding.record_product": product,
    "workflows.cases.deciding.attach_document": document,
    "workflows.cases.deciding.serve": served,
    "workflows.duties.assigning.take_next": lambda _world, _thing, _by: {"line": Line.CHECKING},
    "workflows.duties.assigning.claim": in_line,
    "workflows.duties.assigning.release": in_line,
    "workflows.duties.assigning.hand_over": handed_over,
    "workflows.duties.declaring.declare_relation": lambda _world, _thing, _by: {"kind": "child", "nik": make_nik()},
    "workflows.duties.declaring.end_relation": lambda _world, thing, _by: {"relation_id": thing.ids["relation_id"]},
    "workflows.duties.declaring.identify": behind,
    "workflows.objections.filing.file_objection": of_case(reason=WORDS),
    "workflows.objections.filing.withdraw_objection": remedy,
    "workflows.objections.answering.answer_objection": remedy_answer,
    "workflows.objections.answering.deem_upheld": remedy,
    "workflows.objections.passing.pass_on": remedy,
    "workflows.deemed.services.audit": lambda _world, thing, _by: {"grant_id": thing.ids["grant_id"], "note": WORDS},
    "workflows.charges.services.issue_bill": bill,
    "workflows.charges.services.take_payment": payment,
    "workflows.charges.refunds.request_refund": lambda _world, thing, _by: {
        "task_id": thing.ids["task_id"],
        "reason": WORDS,
    },
    "workflows.charges.refunds.confirm_refund": task,
    "workflows.charges.bank.services.tie_out": lambda _world, _thing, _by: {
        "content": f"tanggal,referensi,jumlah,keterangan\n2026-01-05,{new_id()},1000,uji".encode(),
        "day": date(2026, 1, 5),
    },
    "workflows.charges.bank.services.explain_difference": lambda _world, thing, _by: {
        "difference_id": thing.ids["difference_id"],
        "explanation": WORDS,
    },
    "workflows.charges.bank.services.close_difference": lambda _world, thing, _by: {
        "difference_id": thing.ids["difference_id"],
    },
    "workflows.definition.services.publish_version": lambda _world, _thing, _by: {
        "service_code": CODE,
        "body": body() | {"summary": WORDS},
    },
    "workflows.definition.services.retire_service": lambda _world, _thing, _by: {"code": CODE},
    "workflows.permits.following.follow": following,
    "workflows.permits.sanctions.suspend": of_permit(reason=WORDS, legal_basis=WORDS, remedy=WORDS),
    "workflows.permits.sanctions.resume": of_permit(reason=WORDS),
    "workflows.permits.sanctions.propose_revocation": of_permit(reason=WORDS, legal_basis=WORDS, remedy=WORDS),
    "workflows.permits.sanctions.confirm_revocation": of_permit(),
    "workflows.permits.sanctions.drop_revocation": of_permit(reason=WORDS),
    "workflows.permits.obliging.report_obligation": of_obligation(account=WORDS),
    "workflows.permits.obliging.accept_obligation": of_obligation(),
    "workflows.permits.obliging.return_obligation": of_obligation(remark=WORDS),
    "documents.vault.services.store": kept,
    "documents.vault.services.hand_in": paper,
    "notifications.services.mark_read": lambda _world, thing, _by: {"message_id": thing.ids["message_id"]},
    "notifications.services.begin_call": task,
    "notifications.services.done_call": lambda _world, thing, _by: {"task_id": thing.ids["task_id"], "note": WORDS},
    "notifications.services.set_language": lambda _world, _thing, _by: {"language": "en"},
}
