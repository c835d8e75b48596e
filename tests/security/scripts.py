"""Scripts that drive the cases of the matrix: each with words and papers of its own."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from agencies import clock
from agencies.ids import new_id
from documents.vault.models import StoredFile
from documents.vault.services import keep_evidence
from mall.canary.answers import sample_answers
from mall.canary.cast import Applicant
from tests import levies
from tests.engine import EngineScript
from tests.factories import make_user
from tests.security.visitors import MALL, People
from workflows.actors import Actor
from workflows.cases import services
from workflows.cases.advice import Condition, Recommendation
from workflows.cases.visits import Inspection, InspectionPhoto
from workflows.charges.models import Bill, RefundTask
from workflows.charges.services import request_refund, take_payment
from workflows.clock.services import declare_force_majeure, second_pause
from workflows.definition.model import Definition, FieldType
from workflows.objections.models import Objection
from workflows.objections.services import deem_upheld, file_objection
from workflows.permits import services as permits
from workflows.permits.models import Permit
from workflows.permits.obligations import Obligation

if TYPE_CHECKING:
    from tests.security.things import World

NOTE = "Catatan Zxdelta tentang berkas."
GROUNDS = {"reason": NOTE, "legal_basis": "UU 30/2014", "remedy": "Keberatan."}


@dataclass
class WorldCast:
    """Who plays: those of the matrix whose part is named there, and others who never visit."""

    people: People
    who: Applicant
    papers: dict[UUID, UUID] = field(default_factory=dict, init=False)
    hidden: dict[tuple[str, str, int], Actor] = field(default_factory=dict)

    def applicant(self, definition: Definition) -> Applicant:
        """The applicant that was set."""
        return self.who

    def player(self, role: str, agency: str, number: int = 1) -> Actor:
        """The checkers of the matrix check; every other part is played behind the scene."""
        named = {("verifier", MALL, 1): "checker", ("officer", "DPUCKPP", 1): "fieldchecker"}
        if name := named.get((str(role), agency, number)):
            return self.people.actor(name)
        key = (str(role), agency, number)
        if key not in self.hidden:
            self.hidden[key] = Actor.of(make_user(roles=[(str(role), agency)]))
        return self.hidden[key]


class WorldScript(EngineScript):
    """A script whose answers carry a word of their own, and whose papers lie in the vault."""

    thing = ""
    channel = "online"
    world: "World"
    cast: WorldCast

    def open(self) -> None:
        """Begin a draft with a key of its own."""
        case = services.open_draft(
            by=self.who.actor,
            service_code=self.definition.code,
            applicant_id=self.who.person_id,
            organisation_id=self.who.organisation_id,
            channel=self.channel,
            key=new_id(),
        )
        self.case_id = case.pk

    def _paper(self) -> UUID:
        """A paper of its own: whoever may read that of one case may not read that of another."""
        if self.thing not in self.world.files:
            self.world.files[self.thing] = another(self.world.files[self.holder], self.thing)
        return self.world.files[self.thing]

    @property
    def holder(self) -> str:
        """Who the applicant is among the people of the matrix."""
        return "owner" if self.who.person_id == self.world.people.persons["owner"].pk else "walkin"

    def answer(self) -> None:
        """Answer every question; free texts name the thing."""
        asks_file = any(question.type is FieldType.FILE for question in self.definition.fields)
        raw = sample_answers(self.definition, file_id=str(self._paper()) if asks_file else "")
        free = (FieldType.TEXT, FieldType.LONGTEXT)
        raw |= {one.name: f"Zxisian {self.thing}" for one in self.definition.fields if one.type in free}
        services.save_answers(case_id=self.case_id, by=self.who.actor, raw=raw)

    def refuse_it(self) -> None:
        """Decide unfavourably, with a reason to be found again."""
        by = self.cast.player("approver", self.definition.agency)
        services.refuse(case_id=self.case_id, by=by, reason=NOTE, legal_basis="UU 30/2014", cites=["_answers"])

    def object(self) -> None:
        """The applicant does not agree."""
        file_objection(case_id=self.case_id, by=self.who.actor, reason=NOTE)

    def let_pass(self) -> None:
        """Nobody answers the objection in time."""
        found = Objection.objects.get(case_id=self.case_id)
        with clock.pretend(found.due_at + timedelta(minutes=1)):
            deem_upheld(objection_id=found.pk, by=Actor.system("sweeper"))

    def ask_repair(self) -> None:
        """The applicant of a complete application is asked to put something right."""
        by = self.cast.player("verifier", self.definition.agency)
        services.ask_repair(case_id=self.case_id, by=by, what=[NOTE], agency=self.definition.agency)

    def declare(self) -> None:
        """Who decides asks that the term stand still; it waits for the second signature."""
        by = self.cast.player("approver", self.definition.agency, 2)
        declare_force_majeure(case_id=self.case_id, by=by, note=NOTE)

    def sign_declared(self) -> None:
        """Somebody else signs."""
        by = self.cast.player("verifier", self.definition.agency, 2)
        second_pause(pause_id=self.case().pauses.get().pk, by=by)

    def lot(self) -> None:
        """The visit is drawn, and in the end the officer goes whom the matrix knows."""
        visit = Inspection.objects.get(case_id=self.case_id)
        known = self.world.people.actor("officer@field")
        drawn = services.draw_inspector(inspection_id=visit.pk, by=known)
        if drawn.inspector_id != known.user_id:
            head = self.world.people.actor("fieldhead")
            said = {"user_id": known.signing(), "code": "absent", "reason": NOTE}
            services.appoint_inspector(inspection_id=visit.pk, by=head, **said)

    def first_visit(self) -> None:
        """The first agency reports its visit, with a picture, and has not recommended yet."""
        self._visit("DPUCKPP")
        [file] = keep_evidence([levies.evidence()])
        visit = Inspection.objects.get(case_id=self.case_id)
        InspectionPhoto.objects.create(inspection=visit, number=1, file_id=file.pk)

    def link_it(self) -> None:
        """The first agency gets a link, by a letter that nobody has printed."""
        asked = Recommendation.objects.get(case_id=self.case_id, agency_id="DPUCKPP").pk
        by, to = self.cast.player("verifier", MALL, 2), self.world.people.actor("officer@field").signing()
        services.send_link(recommendation_id=asked, by=by, to=to, way="letter")

    def first_stage(self) -> None:
        """The first agency recommends; the second is asked."""
        self.first_visit()
        self._advise("DPUCKPP")

    def second_stage(self) -> None:
        """The second agency recommends too."""
        self._advise("DINSOS")

    def first_stage_with_a_condition(self) -> None:
        """The first agency recommends under a condition, which becomes an obligation."""
        self.first_visit()
        self._advise("DPUCKPP", verdict="conditional", conditions=[Condition("Memasang papan nama.", due_days=90)])

    def issue_it(self) -> None:
        """The permit is in the holder's hands, without the work of printing it."""
        by = Actor.system("documents")
        services.attach_document(case_id=self.case_id, by=by, document_id=new_id(), sha256="0" * 64)

    def suspend_it(self) -> None:
        """The permit may not be used for now."""
        permits.suspend(permit_id=self._permit(), by=self.cast.player("approver", MALL), **GROUNDS)

    def condemn_it(self) -> None:
        """One of two has signed that it be revoked."""
        permits.propose_revocation(permit_id=self._permit(), by=self.cast.player("approver", MALL), **GROUNDS)

    def account_for_it(self) -> None:
        """The holder reports what she was obliged to do."""
        owed = Obligation.objects.get(permit__case_id=self.case_id)
        shown = [self._paper()]
        permits.report_obligation(obligation_id=owed.pk, by=self.who.actor, account=NOTE, evidence=shown)

    def _permit(self) -> UUID:
        return Permit.objects.get(case_id=self.case_id).pk

    def pay_again(self) -> None:
        """The money comes a second time, and must go back."""
        bill = Bill.objects.get(charge__case_id=self.case_id)
        take_payment(
            by=Actor.gateway(bill.gateway),
            gateway=bill.gateway,
            gateway_ref=bill.gateway_ref,
            payment_ref=f"lagi-{self.thing}",
            amount=bill.amount,
            paid_at=clock.now(),
        )

    def sign(self) -> None:
        """The first signature on the repayment, of the administrator whom the matrix knows."""
        task = RefundTask.objects.get(payment__bill__charge__case_id=self.case_id)
        request_refund(task_id=task.pk, by=self.cast.people.actor("administrator@mall"), reason="Ganda")

    def _advise(self, agency: str, **said: Any) -> None:
        advice = Recommendation.objects.get(case_id=self.case_id, agency_id=agency, state="asked")
        by = self.cast.player("officer", agency, 2)
        said = {"verdict": "favourable", **said}
        services.give_recommendation(recommendation_id=advice.pk, by=by, reason=NOTE, legal_basis=NOTE, **said)


class CounterScript(WorldScript):
    """The same, opened by a clerk for the person who stands before her."""

    channel = "counter"

    def open(self) -> None:
        """Begin a draft, with the ground noted."""
        super().open()
        services.set_mandate(case_id=self.case_id, by=self.who.actor, kind="present", note=NOTE)


def another(file_id: UUID, kind: str) -> UUID:
    """One more paper of the same person with the same bytes, which need not be washed again."""
    row = StoredFile.objects.get(pk=file_id)
    row.pk, row.document_type = new_id(), kind
    row.save(force_insert=True)
    return UUID(str(row.pk))
