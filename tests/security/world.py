"""A small mall in which every thing of the matrix exists, driven there through the services."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from agencies.models import Agency, AnswersBy, Holiday, Membership, OpeningException
from documents.letters.kinds import LetterKind
from documents.letters.services import produce as produce_letter
from documents.vault.services import store
from mall.canary.cast import Applicant
from mall.releases.periods import last_closed
from notifications.models import Message
from tests.factories import make_nik, make_signatory
from tests.payments import billed
from tests.publishing import frozen
from tests.security import extras, files, informed, ranked, rated, registry, visitors
from tests.security.scripts import NOTE, CounterScript, WorldCast, WorldScript
from tests.security.service import definition_code
from tests.security.things import Thing, World
from tests.security.visitors import People
from tests.uploads import pdf
from workflows.cases.links import AdviceLink, token_of
from workflows.cases.visits import Inspection
from workflows.charges.models import RefundTask
from workflows.deemed.models import DeemedGrant
from workflows.definition.queries import version_for_new_case
from workflows.duties.services import declare_relation
from workflows.permits.models import Permit
from workflows.permits.obligations import Obligation
from workflows.trail import relay
from workflows.trail.models import OutboxRow

GRANT = "DPUCKPP-RTLH"
"""An agency's own service with a letter of another agency and a visit (A3)."""
VISIT = "DINSOS-DTSEN"
"""Served while the person waits (A0)."""
PAPER = "ktp"
LINKED = ("DPUCKPP", "DINSOS")
"""Agencies that may also answer by a link."""


FILLED = ("open", "answer", "attach")
SENT = (*FILLED, "submit")
TAKEN = (*SENT, "take")
CHECKED = (*SENT, "verify")
HEARD = (*CHECKED, "first_stage", "second_stage")
HELD = (*CHECKED, "first_stage_with_a_condition", "second_stage", "decide", "pay", "issue_it")
LETTERS = {"refused": "penolakan", "deemed": "dianggap-dikabulkan"}
"""Which letter is asked for; of the others none is made yet."""
ACTS = {"frozen": "pulihkan", "condemned": "sahkan"}
"""What may be done to a permit at the desk, by how it stands."""
PLAN: dict[str, tuple[str, ...]] = {
    "draft": FILLED,
    "submitted": SENT,
    "taken": TAKEN,
    "returned": (*SENT, "send_back"),
    "visiting": (*CHECKED, "lot"),
    "advising": (*CHECKED, "first_visit"),
    "linked": (*CHECKED, "first_visit", "link_it"),
    "deciding": HEARD,
    "repairing": (*HEARD, "ask_repair"),
    "unsigned": (*TAKEN, "declare"),
    "kahar": (*TAKEN, "declare", "sign_declared"),
    "paying": (*HEARD, "decide"),
    "granted": (*HEARD, "decide", "pay"),
    "issued": (*HEARD, "decide", "pay"),
    "refused": (*HEARD, "refuse_it"),
    "held": HELD,
    "accounted": (*HELD, "account_for_it"),
    "frozen": (*HELD, "suspend_it"),
    "condemned": (*HELD, "condemn_it"),
    "objecting": (*HEARD, "refuse_it", "object"),
    "deemed": (*CHECKED, "recommend", "refuse", "object", "let_pass"),
    "last_round": (*SENT, "send_back", "submit", "send_back", "submit", "take"),
    "mute": (*CHECKED, "first_stage"),
    "unbilled": (*HEARD, "decide"),
    "refund": (*HEARD, "decide", "pay", "pay_again"),
    "refund_signed": (*HEARD, "decide", "pay", "pay_again", "sign"),
    "firm_refund": (*HEARD, "decide", "pay", "pay_again"),
    "firm_draft": FILLED,
    "firm_submitted": SENT,
    "firm_advising": (*CHECKED, "first_visit"),
    "firm_deciding": HEARD,
    "firm_refused": (*HEARD, "refuse_it"),
    "firm_objecting": (*HEARD, "refuse_it", "object"),
    "agency_submitted": SENT,
    "agency_taken": TAKEN,
    "agency_advising": CHECKED,
    "agency_deciding": (*CHECKED, "second_stage", "first_visit"),
    "agency_granted": (*CHECKED, "second_stage", "first_visit", "decide"),
    "same_visit": SENT,
    "counter_draft": FILLED,
    "counter_submitted": SENT,
    "counter_returned": (*SENT, "send_back"),
    "counter_repairing": (*HEARD, "ask_repair"),
    "former_draft": FILLED,
    "former_submitted": SENT,
}


def build() -> World:
    """Make everything. Call inside a transaction that is rolled back."""
    people = visitors.assemble()
    Agency.objects.filter(pk__in=LINKED).update(answers_by=AnswersBy.LINK)
    code = definition_code(people.actor("administrator@mall"))
    world = World(people, {})
    _store_papers(world)
    for name, parts in PLAN.items():
        world.things[name] = _thing(world, played(world, name, parts, _code(name, code), _applicant(people, name)))
    about_clerk = _opened_for(world, "own.clerk")
    bill = billed(world.things["paying"].case)
    relay.drain("default")
    _issue(world.things["issued"])
    for name, kind in LETTERS.items():
        produce_letter(world.things[name].case.pk, LetterKind(kind))
    _others(world, about_clerk)
    world.things["paying"].ids["bill"] = bill
    visitors.dismiss(people)
    return world


def _code(name: str, mall: str) -> str:
    if name == "same_visit":
        return VISIT
    if name == "deemed":
        return "DPMPTSP-SIP-DOKTER"
    return GRANT if name.startswith("agency_") else mall


def _store_papers(world: World) -> None:
    """One paper in the vault of everybody who applies."""
    for name, by in (("owner", "owner"), ("walkin", "opener")):
        world.contents[name] = pdf(1, lambda one, name=name: one.docinfo.__setitem__("/Title", name))
        stored = store(
            owner_id=world.people.persons[name].pk,
            by=world.people.actor(by),
            name="berkas.pdf",
            content=world.contents[name],
            document_type=PAPER,
        )
        world.files[name] = stored.pk


def _applicant(people: People, name: str) -> Applicant:
    if name.startswith(("counter_", "former_")):
        clerk = "opener" if name.startswith("counter_") else "former"
        return Applicant(people.actor(clerk), people.persons["walkin"].pk)
    firm = people.firm.pk if name.startswith("firm_") else None
    return Applicant(people.actor("owner"), people.persons["owner"].pk, firm)


def played(world: World, name: str, parts: tuple[str, ...], code: str, who: Applicant) -> WorldScript:
    """A case of this name with these parts played."""
    kind = CounterScript if name.startswith(("counter_", "former_")) else WorldScript
    script = kind(version_for_new_case(code).definition, WorldCast(world.people, who))
    script.thing, script.world = name, world
    for part in parts:
        step: Callable[[], None] = getattr(script, part)
        script.play(step)
    return script


def _thing(world: World, script: WorldScript) -> Thing:
    case = script.case()
    person = world.people.persons[script.holder]
    told = (person.name, str(person.phone), str(person.nik), visitors.STREET, f"Zxisian {script.thing}", NOTE)
    known = tuple(word for word in (case.reference, case.tracking_code) if word)
    attachment = case.attachments.filter(current=True).order_by("requirement").first()
    asked = case.recommendations.filter(state="asked").first()
    given = case.recommendations.filter(state="given").order_by("stage").first()
    visit = Inspection.objects.filter(case=case).first()
    grant = DeemedGrant.objects.filter(case=case).first()
    refund = RefundTask.objects.filter(payment__bill__charge__case=case).first()
    permit = Permit.objects.filter(case=case, issued_at__isnull=False).first()
    owed = Obligation.objects.filter(permit=permit).first() if permit else None
    ids = {
        "case_id": case.pk,
        "permit_id": permit and permit.pk,
        "person_id": case.applicant_id,
        "obligation_id": owed and owed.pk,
        "effect": "amends",
        "act": ACTS.get(script.thing, "bekukan"),
        "attachment_id": attachment and attachment.pk,
        "file_id": attachment and attachment.file_id,
        "recommendation_id": asked and asked.pk,
        "given_id": given and given.pk,
        "inspection_id": visit and visit.pk,
        "photo_id": visit and visit.photos.values_list("pk", flat=True).first(),
        "task_id": refund and refund.pk,
        "pause_id": case.pauses.values_list("pk", flat=True).first(),
        "objection_id": case.objections.values_list("pk", flat=True).first(),
        "grant_id": grant and grant.pk,
        "kind": LETTERS.get(script.thing, "berkas-lengkap"),
        "number": 1,
        "paper": script.definition.requirements[0].code,
    }
    if link := AdviceLink.objects.filter(recommendation__case=case).first():
        ids |= {"link_id": link.pk, "token": token_of(link.pk)}
    if grant:
        ids["permit"] = grant.code
    return Thing(ids, (*told, *known, *((visitors.FIRM,) if case.organisation_id else ())), case.pk)


def _issue(thing: Thing) -> None:
    """Only this one leaves the worker: the others of its kind wait for their document."""
    from documents.permits.services import produce

    permit = thing.case.permit
    produce(permit.pk)
    thing.ids["permit"] = permit.code
    thing.markers = (*thing.markers, str(permit.number))


def _others(world: World, about_clerk: UUID) -> None:
    """Things that are no case."""
    things, persons = world.things, world.people.persons
    case = things["advising"].case
    planned = case.recommendations.get(state="planned")
    things["planned"] = Thing({"recommendation_id": planned.pk}, things["advising"].markers, case.pk)
    told = (visitors.WALKIN, visitors.WALKIN_PHONE, visitors.STREET)
    walkin = persons["walkin"]
    things["walkin"] = Thing({"person_id": walkin.pk, "q": str(walkin.nik), "holder": "walkin"}, told)
    clerk = persons["own.clerk"]
    things["owner_self"] = Thing({"person_id": persons["owner"].pk, "holder": "owner"})
    things["clerks_self"] = Thing({"person_id": clerk.pk}, (str(clerk.nik),))
    things["call"] = extras.call(things["counter_submitted"].case_id, told)
    things["clerks_call"] = extras.call(about_clerk, (str(clerk.nik),))
    row = OutboxRow.objects.order_by("id").first()
    OutboxRow.objects.filter(pk=row and row.pk).update(state="failed")
    things["failed"] = Thing({"row_id": row and row.pk})
    free = Holiday.objects.order_by("-date").first()
    things["holiday"] = Thing({"day": free and free.date.isoformat(), "kind": free and free.kind})
    shut = OpeningException.objects.create(site_id="MPP", date=date(2030, 5, 6), reason="Pemeliharaan")
    things["closure"] = Thing({"site": "MPP", "day": shut.date.isoformat()})
    _powers(world)
    for state in ("open", "explained"):
        things["difference" if state == "open" else "difference_explained"] = extras.difference(world, state)
    extras.reports(world)
    extras.signs(world)
    extras.lined_up(world)
    world.things |= informed.things(world.people)
    extras.heard(world)
    world.things |= files.batches(world.people.actor("steward"))
    world.things |= registry.things(world)
    world.things["rating"] = rated.rating(world.things["issued"])
    world.things["skm"] = rated.half()
    world.things["skm_year"] = rated.year()
    ranked.things(world)
    frozen("layanan", last_closed().code)
    _told(world)


def _powers(world: World) -> None:
    """Roles that somebody holds, and what they may sign."""
    for name, holder in (("role", "officer@field"), ("own_role", "administrator@mall")):
        held = Membership.objects.get(user=world.people[holder].user)
        world.things[name] = Thing({"membership_id": held.pk})
        power = make_signatory(held.user, held.agency_id)
        world.things[name.replace("role", "signatory")] = Thing({"signatory_id": power.pk})


def _told(world: World) -> None:
    """Things that somebody declared or was told."""
    things = world.things
    letter = Message.objects.filter(case_id=things["submitted"].case_id).get()
    things["letter"] = Thing({"message_id": letter.pk}, (str(things["submitted"].case.reference),), letter.case_id)
    things["outage"] = extras.outage(world)
    things["memo"] = extras.memo(world, things["advising"])
    declared = declare_relation(by=world.people.actor("officer@other"), kind="sibling", nik=make_nik())
    things["relation"] = Thing({"relation_id": declared.pk}, (str(declared.nik),))


def _opened_for(world: World, name: str) -> UUID:
    """A case of somebody of the staff, opened and handed in by a colleague at the counter."""
    person = world.people.persons[name]
    who = Applicant(world.people.actor("opener"), person.pk)
    return played(world, "counter_about", SENT, "DPMPTSP-SIP-DOKTER", who).case_id
