"""The parts of one case, played in order by a cast. The canary plays all of them, the demo stops where it likes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from agencies import clock
from agencies.ids import new_id
from agencies.models import Role
from documents.vault.services import store
from mall.canary.answers import sample_answers
from mall.canary.cast import Cast, checker, decider
from mall.canary.paper import blank_pdf
from workflows.actors import Actor
from workflows.cases import services
from workflows.cases.advice import Condition, Recommendation
from workflows.cases.grounds import FORM
from workflows.cases.machine import CaseState
from workflows.cases.models import Case
from workflows.cases.verification import to_check
from workflows.cases.visits import Inspection
from workflows.charges import services as charges
from workflows.definition.model import Definition, FieldType, ProductKind

GATEWAY = "canary"
LAW = "Contoh: pedoman teknis instansi."
TEXT = "Contoh: persyaratan lengkap dan sesuai ketentuan."


@dataclass
class Script:
    """One case of one service. `steps` names what was begun, so that the last one is where it broke."""

    definition: Definition
    cast: Cast
    steps: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Find the applicant."""
        self.who = self.cast.applicant(self.definition)
        self.case_id: UUID = new_id()

    def whole(self) -> None:
        """The whole route, whatever its shape."""
        for step in self.route():
            self.play(step)

    def route(self) -> tuple[Callable[[], None], ...]:
        """The parts of this shape, in order."""
        intake = (self.open, self.answer, self.attach, self.submit)
        if self.definition.same_visit:
            return (*intake, self.serve)
        return (*intake, self.verify, self.recommend, self.inspect, self.decide, self.pay, self.hand_over)

    def play(self, step: Callable[[], None]) -> None:
        """Play one part and remember its name."""
        self.steps.append(step.__name__)
        step()

    def case(self) -> Case:
        """The case as it stands."""
        return Case.objects.select_related("service_version").get(pk=self.case_id)

    def open(self) -> None:
        """Begin a draft."""
        case = services.open_draft(
            by=self.who.actor,
            service_code=self.definition.code,
            applicant_id=self.who.person_id,
            organisation_id=self.who.organisation_id,
        )
        self.case_id = case.pk

    def answer(self) -> None:
        """Answer every question."""
        asks_file = any(question.type is FieldType.FILE for question in self.definition.fields)
        raw = sample_answers(self.definition, file_id=str(self._paper()) if asks_file else "")
        services.save_answers(case_id=self.case_id, by=self.who.actor, raw=raw)

    def _paper(self) -> UUID:
        """The applicant's one sample paper, put into the vault at its first use."""
        owner = self.who.person_id
        if owner not in self.cast.papers:
            file = store(
                owner_id=owner, by=self.who.actor, name="contoh.pdf", content=blank_pdf(), document_type="contoh"
            )
            self.cast.papers[owner] = file.pk
        return self.cast.papers[owner]

    def attach(self) -> None:
        """Hand in a paper for every requirement."""
        paper = self._paper()
        for requirement in self.definition.requirements:
            services.attach(case_id=self.case_id, by=self.who.actor, requirement=requirement.code, file_id=paper)

    def submit(self) -> None:
        """Hand it in."""
        services.submit(case_id=self.case_id, by=self.who.actor, key=new_id())

    def serve(self) -> None:
        """Check, decide and hand over in one visit."""
        by = decider(self.cast, self.definition)
        number = self.product_number()
        services.serve(case_id=self.case_id, by=by, approved=True, reason=TEXT, number=number)

    def take(self) -> None:
        """Begin to check the papers."""
        services.take(case_id=self.case_id, by=checker(self.cast, self.definition))

    def verify(self) -> None:
        """Check the papers and find them complete."""
        self.take()
        marks = dict.fromkeys(to_check(self.case()), ("ok", ""))
        services.accept(case_id=self.case_id, by=checker(self.cast, self.definition), marks=marks)

    def send_back(self) -> None:
        """Check the papers and name one deficiency."""
        self.take()
        marks = dict.fromkeys(to_check(self.case()), ("ok", ""))
        marks[next(reversed(marks))] = ("deficient", "Berkas tidak terbaca; unggah pindaian yang jelas.")
        services.return_to_applicant(case_id=self.case_id, by=checker(self.cast, self.definition), marks=marks)

    def recommend(self) -> None:
        """Every agency asked recommends, stage by stage, after its visit."""
        while asked := list(Recommendation.objects.filter(case_id=self.case_id, state="asked").order_by("agency_id")):
            for advice in asked:
                self._visit(advice.agency_id)
                services.give_recommendation(
                    recommendation_id=advice.pk,
                    by=self.cast.player(Role.OFFICER, advice.agency_id, 2),
                    verdict="conditional",
                    reason=TEXT,
                    legal_basis=LAW,
                    conditions=[Condition("Mematuhi ketentuan teknis yang berlaku.", due_days=90)],
                )

    def inspect(self) -> None:
        """The deciding agency's own visit, where there is one."""
        self._visit(self.definition.agency)

    def _visit(self, agency: str) -> None:
        by = self.cast.player(Role.OFFICER, agency, 2)
        for visit in Inspection.objects.filter(case_id=self.case_id, agency_id=agency).exclude(state="held"):
            planned = services.schedule_inspection(inspection_id=visit.pk, by=by, day=clock.today())
            drawn = planned.inspector
            who = by if drawn is None or drawn.pk == by.user_id else Actor.of(drawn)
            services.report_inspection(
                inspection_id=visit.pk, by=who, held_on=clock.today(), result="fit", findings=TEXT
            )

    def decide(self) -> None:
        """Every level decides favourably."""
        for level in range(1, self.definition.decision_levels + 1):
            services.approve(case_id=self.case_id, by=decider(self.cast, self.definition, level), reason=TEXT)

    def refuse(self) -> None:
        """Decide unfavourably."""
        services.refuse(
            case_id=self.case_id,
            by=decider(self.cast, self.definition),
            reason="Lokasi tidak sesuai dengan rencana tata ruang.",
            legal_basis="UU 30/2014",
            cites=[FORM],
        )

    def pay(self) -> None:
        """Pay what is owed, by a gateway of the script's own."""
        case = self.case()
        if case.state != CaseState.AWAITING_PAYMENT:
            return
        by, charge = Actor.gateway(GATEWAY), case.charge
        bill = charges.issue_bill(
            charge_id=charge.pk,
            by=by,
            gateway=GATEWAY,
            gateway_ref=str(charge.pk),
            pay_code="CONTOH",
            pay_url="",
            expires_at=case.applicant_due_at or clock.now(),
        )
        charges.take_payment(
            by=by,
            gateway=bill.gateway,
            gateway_ref=bill.gateway_ref,
            payment_ref=str(charge.pk),
            amount=charge.amount,
            paid_at=clock.now(),
        )

    def hand_over(self) -> None:
        """Note the number that another system gave."""
        if self.definition.product.kind is not ProductKind.RECORDED:
            return
        services.record_product(
            case_id=self.case_id,
            by=decider(self.cast, self.definition),
            number=self.product_number(),
            issued_on=clock.today(),
        )

    def product_number(self) -> str:
        """A number such as the issuing system would give."""
        return self.definition.product.number_example or "CONTOH-000001"
