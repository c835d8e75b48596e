"""What random people do to a case when it has been decided, and while it cannot be worked on."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from agencies import clock
from agencies.models import Role
from tests.engine import EngineScript
from tests.property.ground import NUMBER, PICK, ROLES, TEXT, Ground
from workflows.cases.models import Case
from workflows.clock import services as clocks
from workflows.definition.kinds import Effect
from workflows.objections import services as objections
from workflows.objections.models import Objection
from workflows.permits import services as permits
from workflows.permits.models import Permit
from workflows.permits.obligations import Obligation

SANCTIONS = ("suspend", "resume", "propose_revocation", "confirm_revocation", "drop_revocation")


class Afterwards(Ground):
    """Permits, obligations, objections, force majeure."""

    @precondition(lambda self: self.scripts)
    @rule(pick=st.integers(0, 9), role=ROLES, number=st.integers(0, 5), text=TEXT, act=st.sampled_from(SANCTIONS))
    def take_away(self, pick: int, role: str, number: int, text: str, act: str) -> None:
        permit = Permit.objects.filter(case_id=self.script(pick).case_id).first()
        if permit is None:
            return
        by, said = self.someone(pick, role, number), {"reason": text, "legal_basis": text, "remedy": text}
        wanted = {"confirm_revocation": 0, "resume": 1, "drop_revocation": 1}.get(act, 3)
        words = dict(list(said.items())[:wanted])
        self.attempt(lambda: getattr(permits, act)(permit_id=permit.pk, by=by, **words))

    @precondition(lambda self: self.scripts)
    @rule(pick=st.integers(0, 9), role=ROLES, number=st.integers(0, 5), effect=st.sampled_from(list(Effect)))
    def follow(self, pick: int, role: str, number: int, effect: Effect) -> None:
        permit = Permit.objects.filter(case_id=self.script(pick).case_id).first()
        if permit is None or effect is Effect.NONE:
            return
        by = self.someone(pick, role, number)
        opened: list[Case] = []
        self.attempt(lambda: opened.append(permits.follow(permit_id=permit.pk, by=by, effect=effect)))
        if opened and all(one.case_id != opened[0].pk for one in self.scripts):
            script = EngineScript(opened[0].definition, self.cast)
            script.case_id = opened[0].pk
            with clock.pretend(self.now):
                script.answer()
                script.attach()
            self.scripts.append(script)

    @precondition(lambda self: self.scripts)
    @rule(pick=st.integers(0, 9), role=ROLES, number=st.integers(0, 5), text=TEXT, step=st.integers(0, 2))
    def account_for(self, pick: int, role: str, number: int, text: str, step: int) -> None:
        owed = Obligation.objects.filter(permit__case_id=self.script(pick).case_id).first()
        if owed is None:
            return
        by = self.cast.player(Role.OFFICER, owed.agency_id, 2) if number > 2 else self.someone(pick, role, number)
        if step == 0:
            self.attempt(lambda: permits.report_obligation(obligation_id=owed.pk, by=by, account=text))
        else:
            check = permits.accept_obligation if step == 1 else permits.return_obligation
            self.attempt(lambda: check(obligation_id=owed.pk, by=by, remark=text))

    @precondition(lambda self: self.scripts)
    @rule(pick=PICK, role=ROLES, number=NUMBER, text=TEXT, step=st.integers(0, 3))
    def object_to(self, pick: int, role: str, number: int, text: str, step: int) -> None:
        """File what comes next; take it back; answer it, by its head or by anybody."""
        case_id, by = self.script(pick).case_id, self.someone(pick, role, number)
        filed = Objection.objects.filter(case_id=case_id).order_by("-filed_at").first()
        if step == 0 or filed is None:
            self.attempt(lambda: objections.file_objection(case_id=case_id, by=by, reason=text))
        elif step == 1:
            self.attempt(lambda: objections.withdraw_objection(objection_id=filed.pk, by=by))
        else:
            head = self.cast.player(Role.HEAD, filed.agency_id, 2) if number > 1 else by
            said = {"upheld": step == 3, "answer": text, "legal_basis": text}
            self.attempt(lambda: objections.answer_objection(objection_id=filed.pk, by=head, **said))

    @precondition(lambda self: self.scripts)
    @rule(pick=PICK, role=ROLES, number=NUMBER, text=TEXT, end=st.booleans())
    def flood(self, pick: int, role: str, number: int, text: str, end: bool) -> None:
        """Nobody can work; then somebody can again."""
        case_id, by = self.script(pick).case_id, self.someone(pick, role, number)
        if end:
            self.attempt(lambda: clocks.end_force_majeure(case_id=case_id, by=by))
        else:
            self.attempt(lambda: clocks.declare_force_majeure(case_id=case_id, by=by, note=text))
