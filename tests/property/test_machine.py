"""Random people do random things to cases of random services; the invariants must hold after every run.

Illegal moves must be refused by a `MallError`, never by a crash and never by silently doing something.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule, run_state_machine_as_test

from agencies import clock
from agencies.ids import new_id
from agencies.models import Role
from tests.engine import script_for
from tests.long import LONG
from tests.property.afterwards import Afterwards
from tests.property.ground import ROLES, TEXT
from workflows.actors import Actor
from workflows.cases import services
from workflows.cases.advice import Condition, Recommendation
from workflows.cases.grounds import FORM
from workflows.cases.models import Case
from workflows.cases.verification import to_check
from workflows.cases.visits import Inspection
from workflows.charges import services as charges
from workflows.charges.models import Bill, Charge
from workflows.clock import sweep
from workflows.definition.models import ServiceType
from workflows.duties import services as duties
from workflows.duties.lines import Line
from workflows.duties.order import Jump
from workflows.permits import sweep as permit_sweep

LINES = st.sampled_from(list(Line))
VERDICT = st.sampled_from(["favourable", "conditional", "unfavourable", "nonsense"])


class Office(Afterwards):
    """An office where nobody follows the instructions, from the form to the permit."""

    @rule(data=st.data())
    def open(self, data: st.DataObject) -> None:
        code = data.draw(st.sampled_from(CODES()))
        script = script_for(code, self.cast)
        with clock.pretend(self.now):
            for part in ("open", "answer", "attach")[: data.draw(st.integers(1, 3))]:
                getattr(script, part)()
        self.scripts.append(script)
        self.now += timedelta(minutes=7)

    @precondition(lambda self: self.scripts)
    @rule(pick=st.integers(0, 9), role=ROLES, number=st.integers(0, 5), again=st.booleans())
    def submit(self, pick: int, role: str, number: int, again: bool) -> None:
        case = self.case(pick)
        key = case.submission_key if again and case.submission_key else new_id()
        self.attempt(lambda: services.submit(case_id=case.pk, by=self.someone(pick, role, number % 3), key=key))

    @precondition(lambda self: self.scripts)
    @rule(pick=st.integers(0, 9), role=ROLES, number=st.integers(0, 5))
    def take(self, pick: int, role: str, number: int) -> None:
        self.attempt(lambda: services.take(case_id=self.script(pick).case_id, by=self.someone(pick, role, number)))

    @precondition(lambda self: self.scripts)
    @rule(
        pick=st.integers(0, 9), role=ROLES, number=st.integers(0, 5), line=st.sampled_from(Line), do=st.integers(0, 3)
    )
    def queue(self, pick: int, role: str, number: int, line: Line, do: int) -> None:
        """The next in order, or one out of turn; given back, or handed over."""
        case_id, by = self.script(pick).case_id, self.someone(pick, role, number)
        to = self.someone(pick, role, number + 1).user_id or case_id
        moves: tuple[Callable[[], object], ...] = (
            lambda: duties.take_next(line=line, by=by),
            lambda: duties.claim(case_id=case_id, line=line, by=by, jump=Jump("related")),
            lambda: duties.release(case_id=case_id, line=line, by=by),
            lambda: duties.hand_over(case_id=case_id, line=line, by=by, to=to, reason="Cuti."),
        )
        self.attempt(moves[do])

    @precondition(lambda self: self.scripts)
    @rule(pick=st.integers(0, 9), role=ROLES, number=st.integers(0, 5), good=st.booleans(), accept=st.booleans())
    def verify(self, pick: int, role: str, number: int, good: bool, accept: bool) -> None:
        marks = dict.fromkeys(to_check(self.case(pick)), ("ok", ""))
        if not good:
            marks[next(iter(marks))] = ("deficient", "Kurang jelas")
        do = services.accept if accept else services.return_to_applicant
        by = self.someone(pick, role, number)
        self.attempt(lambda: do(case_id=self.script(pick).case_id, by=by, marks=marks))

    @precondition(lambda self: self.scripts)
    @rule(
        pick=st.integers(0, 9),
        which=st.integers(0, 5),
        role=ROLES,
        number=st.integers(0, 5),
        verdict=VERDICT,
        text=TEXT,
    )
    def recommend(self, pick: int, which: int, role: str, number: int, verdict: str, text: str) -> None:
        rows = list(Recommendation.objects.filter(case_id=self.script(pick).case_id).order_by("agency_id"))
        if not rows:
            return
        advice = rows[which % len(rows)]
        by = self.cast.player(Role.OFFICER, advice.agency_id, 2) if number > 2 else self.someone(pick, role, number)
        clauses = [Condition("Syarat", due_days=30)] if verdict == "conditional" else []
        self.attempt(
            lambda: services.give_recommendation(
                recommendation_id=advice.pk, by=by, verdict=verdict, reason=text, legal_basis=text, conditions=clauses
            )
        )

    @precondition(lambda self: self.scripts)
    @rule(pick=st.integers(0, 9), role=ROLES, number=st.integers(0, 5))
    def visit(self, pick: int, role: str, number: int) -> None:
        for visit in Inspection.objects.filter(case_id=self.script(pick).case_id):
            by = self.cast.player(Role.OFFICER, visit.agency_id, 2) if number > 2 else self.someone(pick, role, number)
            day = clock.wib_date(self.now)
            if visit.inspector_id is None:
                self.attempt(lambda visit=visit, by=by: services.draw_inspector(inspection_id=visit.pk, by=by))
                visit.refresh_from_db()
            if number > 3 and visit.inspector:
                by = Actor.of(visit.inspector)
            self.attempt(
                lambda visit=visit, by=by, day=day: services.report_inspection(
                    inspection_id=visit.pk, by=by, held_on=day, result="fit", findings="Sesuai"
                )
            )

    @precondition(lambda self: self.scripts)
    @rule(pick=st.integers(0, 9), role=ROLES, number=st.integers(0, 5), yes=st.booleans(), text=TEXT)
    def decide(self, pick: int, role: str, number: int, yes: bool, text: str) -> None:
        case_id, by = self.script(pick).case_id, self.someone(pick, role, number)
        if yes:
            self.attempt(lambda: services.approve(case_id=case_id, by=by, reason=text))
        else:
            self.attempt(lambda: services.refuse(case_id=case_id, by=by, reason=text, legal_basis=text, cites=[FORM]))

    @precondition(lambda self: self.scripts)
    @rule(pick=st.integers(0, 9), role=ROLES, number=st.integers(0, 5))
    def serve_or_hand_over(self, pick: int, role: str, number: int) -> None:
        script, by = self.script(pick), self.someone(pick, role, number)
        told = script.product_number()
        if script.definition.same_visit:
            self.attempt(lambda: services.serve(case_id=script.case_id, by=by, approved=True, reason="Ya", number=told))
        else:
            day = clock.wib_date(self.now)
            self.attempt(lambda: services.record_product(case_id=script.case_id, by=by, number=told, issued_on=day))

    @precondition(lambda self: self.scripts)
    @rule(pick=st.integers(0, 9), extra=st.integers(0, 1), ref=st.integers(0, 2))
    def pay(self, pick: int, extra: int, ref: int) -> None:
        charge = Charge.objects.filter(case_id=self.script(pick).case_id).first()
        if charge is None:
            return
        by = Actor.gateway("test")
        name = str(charge.pk)
        if not Bill.objects.filter(charge=charge).exists():
            self.attempt(
                lambda: charges.issue_bill(
                    charge_id=charge.pk,
                    by=by,
                    gateway="test",
                    gateway_ref=name,
                    pay_code="1",
                    pay_url="",
                    expires_at=self.now + timedelta(days=9),
                )
            )
        self.attempt(
            lambda: charges.take_payment(
                by=by,
                gateway="test",
                gateway_ref=name,
                payment_ref=f"{name}{ref}"[-40:],
                amount=charge.amount + extra,
                paid_at=self.now,
            )
        )

    @precondition(lambda self: self.scripts)
    @rule(pick=st.integers(0, 9), number=st.integers(0, 2), role=ROLES)
    def withdraw(self, pick: int, number: int, role: str) -> None:
        by = self.someone(pick, role, number)
        self.attempt(lambda: services.withdraw(case_id=self.script(pick).case_id, by=by))

    @precondition(lambda self: self.scripts)
    @rule(pick=st.integers(0, 9))
    def print_it(self, pick: int) -> None:
        case_id, by = self.script(pick).case_id, Actor.system("documents")
        self.attempt(
            lambda: services.attach_document(case_id=case_id, by=by, document_id=new_id(), sha256=f"{case_id.int:064x}")
        )

    @rule(days=st.integers(1, 40))
    def time_passes(self, days: int) -> None:
        self.now += timedelta(days=days)
        with clock.pretend(self.now):
            sweep.sweep()
            permit_sweep.sweep()

    @invariant()
    def the_machine_agrees_with_the_log(self) -> None:
        for script in self.scripts[-2:]:
            assert Case.objects.filter(pk=script.case_id, chain_hash__gt="").exists()


def CODES() -> list[str]:  # noqa: N802 - read once the database is there
    return list(ServiceType.objects.order_by("code").values_list("code", flat=True))


@pytest.mark.django_db
def test_random_people_at_random_services_never_break_an_invariant() -> None:
    run_state_machine_as_test(
        Office,
        settings=settings(
            max_examples=300 if LONG else 12,
            stateful_step_count=50 if LONG else 30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
