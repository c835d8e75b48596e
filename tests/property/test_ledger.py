"""Random lives of a case: the ledger tiles, only a listed pause moves a term, and nothing outruns its bound.

The arithmetic is the services' own (`clock.term`, `holder_of`), driven without a database over 10^3 lives and,
with --long, 10^5. The services themselves live through theirs in `test_lives.py`.
"""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache

from agencies import clock
from agencies.workdays import Calendar, Hours
from tests.clockwork import ASKS, BODY, DEEMED
from tests.long import LONG
from workflows.cases.advice import Recommendation, RecommendationState
from workflows.cases.holding import holder_of
from workflows.cases.machine import CaseState
from workflows.cases.models import Case
from workflows.clock import term
from workflows.clock.due import Terms
from workflows.clock.models import Held, Reason
from workflows.definition.models import ServiceVersion
from workflows.definition.parse import parse_definition

LIVES = 100_000 if LONG else 1_000
STEPS = 14
HOLIDAYS = frozenset({date(2026, 10, 14), date(2026, 10, 15), date(2026, 11, 2), date(2026, 12, 25)})
TERMS = Terms(Calendar(HOLIDAYS, frozenset({2025, 2026, 2027, 2028, 2029, 2030})), Hours())
START = datetime.combine(date(2026, 10, 5), time(9), tzinfo=clock.WIB)


@cache
def version(days: int, rounds: int) -> ServiceVersion:
    """A service of this term, deemed granted, with one recommender."""
    body = BODY.format(days=days, rounds=rounds, deemed=DEEMED, more=ASKS)
    read = parse_definition(body, file="uji.toml").body
    return ServiceVersion(state="published", digest=f"uji-{days}-{rounds}", body=read)


@dataclass
class Life:
    """One case in memory, moved as the services move it."""

    dice: random.Random
    days: int
    rounds: int
    now: datetime = START
    ledger: list[tuple[datetime, Held]] = field(default_factory=list)
    pauses: list[tuple[datetime, datetime | None]] = field(default_factory=list)
    repairs: int = 0
    late: bool = False
    first: datetime = START

    def __post_init__(self) -> None:
        self.case = Case(agency_id="DPMPTSP", created_at=self.now, service_version=version(self.days, self.rounds))
        self.hold()
        term.begin(self.case, TERMS, self.now)
        self.first = self.now
        self.become(CaseState.SUBMITTED)

    def become(self, state: CaseState) -> None:
        self.case.__dict__["state"] = state
        self.hold()

    def hold(self) -> None:
        """The ledger's one statement: nothing when the same party goes on."""
        asked = Recommendation(agency_id="DLH", state=RecommendationState.ASKED, due_at=self.now)
        held = holder_of(self.case, [asked])
        if not self.ledger or self.ledger[-1][1] != held:
            self.ledger.append((self.now, held))

    def suspend(self, reason: Reason) -> None:
        if self.case.paused:
            self.pauses[-1] = (self.pauses[-1][0], self.now)
        term.suspend(self.case, reason, TERMS, self.now)
        self.pauses.append((self.now, None))
        self.hold()

    def close_pause(self) -> None:
        if self.case.paused:
            self.pauses[-1] = (self.pauses[-1][0], self.now)

    def step(self) -> None:
        """Time goes by, then one thing happens that may happen."""
        self.now += timedelta(minutes=self.dice.choice((0, 1, 30, 300, 1440, 2880, 7200)))
        if self.case.due_at and self.case.due_at < self.now and self.case.state != CaseState.DEEMED_GRANTED:
            self.now = max(self.case.due_at, self.ledger[-1][0])
            self.close_pause()
            term.stop(self.case)
            self.become(CaseState.DEEMED_GRANTED)
            return
        before = (term.left(self.case, TERMS, self.now), len(self.pauses), self.case.paused)
        getattr(self, self.dice.choice(DO[CaseState(self.case.state)]))()
        after = term.left(self.case, TERMS, self.now)
        if before[0] is not None and after is not None and after > before[0]:
            assert before[2] or len(self.pauses) > before[1], "a term grew without a pause"

    def nothing(self) -> None: ...

    def take(self) -> None:
        self.become(CaseState.IN_VERIFICATION)

    def accept(self) -> None:
        self.become(self.dice.choice((CaseState.AWAITING_RECOMMENDATIONS, CaseState.AWAITING_DECISION)))

    def send_back(self) -> None:
        """A return: new or repeated, in time or late."""
        if self.case.round > self.rounds:
            return
        days = term.left(self.case, TERMS, self.now) or 0
        self.late = not self.case.paused and term.is_late(days, self.days)
        if self.dice.random() < 0.6 and not self.late:  # else repeated, or late and not signed
            self.suspend(Reason.CORRECTING)
        self.become(CaseState.RETURNED)

    def second(self) -> None:
        if self.late and not self.case.paused:
            self.suspend(Reason.CORRECTING)

    def answer(self) -> None:
        self.close_pause()
        if term.stop(self.case):
            term.begin(self.case, TERMS, self.now)
        self.case.round += 1
        self.become(CaseState.SUBMITTED)

    def repair(self) -> None:
        days = term.left(self.case, TERMS, self.now) or 0
        if self.repairs < self.rounds and not self.case.paused and not term.is_late(days, self.days):
            self.repairs += 1
            self.suspend(Reason.CORRECTING)

    def resume(self) -> None:
        self.close_pause()
        term.give_back(self.case, TERMS, self.now)
        self.hold()

    def outage(self) -> None:
        if not self.case.paused:
            self.suspend(Reason.OUTAGE)

    def bound(self) -> date:
        """(rounds + 1) terms from the first arrival, and a working day for every one that a pause touched."""
        paused = sum(
            TERMS.calendar.working_days_between(clock.wib_date(since), clock.wib_date(until or self.now)) + 1
            for since, until in self.pauses
        )
        whole = self.days * (min(self.case.round, self.rounds + 1)) + paused
        return TERMS.calendar.add_working_days(TERMS.arrival(self.first), whole + self.rounds + 1)

    def check(self) -> None:
        """What must be true of every life at every moment."""
        moments = [since for since, _held in self.ledger]
        assert moments == sorted(moments)
        assert all(one[1] != two[1] for one, two in zip(self.ledger, self.ledger[1:], strict=False))
        spans = [end - since for since, end in zip(moments, [*moments[1:], self.now], strict=True)]
        assert sum(spans, timedelta()) == self.now - self.case.created_at
        assert all(until is None or until >= since for since, until in self.pauses)
        assert bool(self.case.paused) == (bool(self.pauses) and self.pauses[-1][1] is None)
        if self.case.due_at:
            assert clock.wib_date(self.case.due_at) <= self.bound()


RUNNING = ["nothing", "outage", "resume"]
DO = {
    CaseState.SUBMITTED: [*RUNNING, "take", "take"],
    CaseState.IN_VERIFICATION: [*RUNNING, "send_back", "send_back", "accept"],
    CaseState.RETURNED: ["nothing", "second", "answer", "answer"],
    CaseState.AWAITING_RECOMMENDATIONS: [*RUNNING, "repair"],
    CaseState.AWAITING_DECISION: [*RUNNING, "repair"],
    CaseState.DEEMED_GRANTED: ["nothing"],
}


def test_m10_random_lives_tile_their_time_and_keep_within_their_bound() -> None:
    dice = random.Random(20261128)
    ends: set[str] = set()
    for _life in range(LIVES):
        life = Life(dice, days=dice.randint(1, 20), rounds=dice.randint(0, 3))
        for _step in range(STEPS):
            life.step()
            life.check()
        ends.add(str(life.case.state))
    assert {"deemed_granted", "returned", "submitted", "awaiting_decision"} <= ends
