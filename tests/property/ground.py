"""The ground of the random office: who is there, how something is tried, and what is checked at the end."""

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from agencies import clock
from agencies.errors import MallError
from agencies.models import Role
from tests.engine import EngineScript, TestCast, make_applicant
from workflows.actors import Actor
from workflows.cases.models import Case
from workflows.invariants.check import offenders

ROLES = st.sampled_from([Role.CLERK, Role.VERIFIER, Role.APPROVER, Role.OFFICER, Role.MANAGER, Role.HEAD])
TEXT = st.sampled_from(["Sesuai", "", "  "])
PICK, NUMBER = st.integers(0, 9), st.integers(0, 5)


class Ground(RuleBasedStateMachine):
    """An office where nobody follows the instructions; the rules are in its children."""

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.cast = TestCast()
        self.scripts: list[EngineScript] = []
        self.stranger = make_applicant().actor
        self.now = clock.now()

    def teardown(self) -> None:
        """Every rule of law still holds, and nothing is left for the next run."""
        broken = [f"{one.rule}: {one.why}" for one in offenders()]
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)
        assert broken == []

    def attempt(self, move: Callable[[], object]) -> None:
        """Try it at the present (pretended) moment; a clear refusal is fine and must change nothing."""
        try:
            with clock.pretend(self.now), transaction.atomic():
                move()
        except MallError:
            pass
        self.now += timedelta(minutes=7)

    def case(self, pick: int) -> Case:
        return Case.objects.select_related("service_version").get(pk=self.script(pick).case_id)

    def script(self, pick: int) -> EngineScript:
        return self.scripts[pick % len(self.scripts)]

    def someone(self, pick: int, role: str, number: int) -> Actor:
        """The applicant, a stranger, or staff of the agency or of one that was asked."""
        if number == 0:
            return self.script(pick).who.actor
        if number == 1:
            return self.stranger
        definition = self.script(pick).definition
        agencies = [definition.agency, *(one.agency for one in definition.recommenders)]
        return self.cast.player(role, agencies[number % len(agencies)], number % 3)
