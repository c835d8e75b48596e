"""Random lives of one case through the services, lived as a tree: what two lives share is lived once.

A fork is a savepoint, and going back to it a rollback. So every leaf is one sequence of events from the filing on, all
done by the services on PostgreSQL, and a thousand of them cost little more than a thousand times their last moves.
"""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Final

from django.db import transaction

from agencies import clock
from agencies.errors import MallError
from agencies.ids import new_id
from agencies.models import Role
from tests.clockwork import ASKS, Counter, assert_whole
from tests.reckoning import Seen, assert_accounted, assert_as_reckoned, assert_followed
from workflows.actors import Actor
from workflows.cases import services as cases
from workflows.cases.advice import Recommendation
from workflows.cases.machine import CaseState
from workflows.clock import services as clocks
from workflows.clock import sweep
from workflows.clock.due import Terms
from workflows.clock.pause import Outage, Pause

START: Final = datetime(2026, 10, 5, 9, tzinfo=clock.WIB)
MINUTES: Final = (0, 1, 45, 300, 1440, 1440, 2880, 4320, 7200, -30)
"""Between one event and the next; a server whose clock is half an hour behind is among them."""
DEPTH: Final = 7
FITTING: Final[dict[str, tuple[str, ...]]] = {
    CaseState.SUBMITTED: ("take", "take", "take", "outage", "over", "sweep"),
    CaseState.IN_VERIFICATION: ("send_back", "send_back", "send_back", "accept", "pass_on", "outage", "majeure"),
    CaseState.RETURNED: ("answer", "answer", "answer", "second", "decline", "sweep", "late_sweep", "over"),
    CaseState.AWAITING_RECOMMENDATIONS: ("advise", "repair", "answer_repair", "second", "outage", "over", "late_sweep"),
    CaseState.AWAITING_DECISION: (
        "repair", "answer_repair", "second", "majeure", "end_majeure", "outage", "over", "late_sweep", "decide",
    ),
    CaseState.DEEMED_GRANTED: ("decide", "sweep"),
    CaseState.APPROVED: ("outage", "over", "sweep"),
}  # fmt: skip
"""What usually comes next; of ten events one is anything at all, which the services mostly refuse."""
EVERY: Final = tuple(sorted({move for moves in FITTING.values() for move in moves} | {"withdraw"}))


@dataclass
class Tree:
    """So many lives of one service, drawn by lot, each event checked as it happens."""

    dice: random.Random
    lives: int = 0
    moves: int = 0
    refused: int = 0
    ends: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.rounds = self.dice.randint(0, 3)
        more = self.dice.choice(("", ASKS))
        days = self.dice.randint(4 if more else 1, 10)
        self.counter = Counter(days=days, rounds=self.rounds, deemed=self.dice.random() < 0.7, more=more)
        filed = START + timedelta(minutes=self.dice.choice((0, 420, 600, 5 * 1440, 6 * 1440)))
        self.counter.submit(f"{filed:%Y-%m-%d %H:%M}")
        self.start = filed
        self.terms = Terms.at(self.counter.case.site_id, filed)

    def grow(self, lives: int) -> None:
        """Live so many lives from the filing on; nothing of them stays."""
        self._fork(lives, self.start, Seen.of(self.counter.case), 0)

    def _fork(self, lives: int, now: datetime, seen: Seen, depth: int) -> None:
        if lives == 1 and (depth >= DEPTH or not seen.case.is_open):
            self._end(now, seen)
            return
        for share in _shares(self.dice, lives):
            with transaction.atomic():
                then, after = self._move(now, seen)
                self._fork(share, then, after, depth + 1)
                transaction.set_rollback(True)

    def _end(self, now: datetime, seen: Seen) -> None:
        """The whole life is looked at once more, by every rule of the checker too."""
        self.lives += 1
        self.ends.add(seen.state)
        with clock.pretend(now):
            assert_accounted(seen.case)
            assert_whole()

    def _move(self, now: datetime, before: Seen) -> tuple[datetime, Seen]:
        """Time goes by, one thing is tried, and everything is reckoned again."""
        now += timedelta(minutes=self.dice.choice(MINUTES))
        usual = FITTING.get(before.state, EVERY) if self.dice.random() < 0.9 else EVERY
        move = self.dice.choice(usual)
        if move == "late_sweep" and before.due_at:
            now = max(now, before.due_at + timedelta(minutes=1))
        self.moves += 1
        with clock.pretend(now):
            refused = self._refuses(move)
            self.refused += refused
            after = Seen.of(self.counter.case)
            assert_followed(before, after, refused=refused)
            if not refused:
                assert_as_reckoned(after, self.terms)
        return now, after

    def _refuses(self, move: str) -> bool:
        try:
            with transaction.atomic():
                getattr(Events(self.counter, self.dice, self._players), move)()
        except MallError:
            return True
        return False

    @cached_property
    def _players(self) -> "Players":
        return Players.of(self.counter)


@dataclass(frozen=True)
class Players:
    """Who acts, with the rights read once."""

    citizen: Actor
    checker: Actor
    second: Actor
    decider: Actor
    keeper: Actor
    adviser: Actor

    @classmethod
    def of(cls, counter: Counter) -> "Players":
        """The people of this counter."""
        cast = counter.cast
        return cls(
            citizen=counter.script.who.actor,
            checker=counter.checker,
            second=counter.second,
            decider=cast.player(Role.APPROVER, "DPMPTSP"),
            keeper=cast.player(Role.ADMINISTRATOR, "DPMPTSP"),
            adviser=cast.player(Role.OFFICER, "DLH"),
        )


@dataclass(frozen=True)
class Events:
    """One thing that somebody tries, right or wrong."""

    counter: Counter
    dice: random.Random
    who: Players

    def take(self) -> None:
        cases.take(case_id=self.counter.case_id, by=self.who.checker)

    def accept(self) -> None:
        cases.accept(case_id=self.counter.case_id, by=self.who.checker, marks=self.counter.marks())

    def send_back(self) -> None:
        wrong = self.dice.sample(["ktp", "denah", "_answers"], self.dice.randint(1, 2))
        cases.return_to_applicant(case_id=self.counter.case_id, by=self.who.checker, marks=self.counter.marks(*wrong))

    def pass_on(self) -> None:
        marks = self.counter.marks("ktp")
        cases.pass_on_deficient(case_id=self.counter.case_id, by=self.who.checker, marks=marks)

    def answer(self) -> None:
        """A new copy of one paper, or of none, and the answer."""
        if self.dice.random() < 0.7:
            one = self.dice.choice(("ktp", "denah"))
            cases.attach(case_id=self.counter.case_id, by=self.who.citizen, requirement=one, file_id=new_id())
        cases.submit(case_id=self.counter.case_id, by=self.who.citizen, key=new_id())

    def repair(self) -> None:
        cases.ask_repair(case_id=self.counter.case_id, by=self.who.decider, what=["Denah"], agency="DPMPTSP")

    def answer_repair(self) -> None:
        cases.answer_repair(case_id=self.counter.case_id, by=self.who.citizen, answer="Sudah")

    def second(self) -> None:
        clocks.second_pause(pause_id=self._asked(), by=self.who.second)

    def decline(self) -> None:
        clocks.decline_pause(pause_id=self._asked(), by=self.who.second)

    def _asked(self) -> object:
        waiting = Pause.objects.filter(case=self.counter.case_id, effective_at=None, closed_at=None)
        return waiting.values_list("pk", flat=True).first() or new_id()

    def majeure(self) -> None:
        """Asked for, and mostly signed by another person within the minute."""
        pause = clocks.declare_force_majeure(case_id=self.counter.case_id, by=self.who.decider, note="Banjir.")
        if self.dice.random() < 0.8:
            clocks.second_pause(pause_id=pause.pk, by=self.who.second)

    def end_majeure(self) -> None:
        clocks.end_force_majeure(case_id=self.counter.case_id, by=self.who.second)

    def outage(self) -> None:
        """Entered now or days afterwards, lasting or over; mostly the sweep runs before anything else happens."""
        began = clock.now() - timedelta(days=self.dice.choice((0, 0, 1, 3)))
        over = began + timedelta(hours=20) if began < clock.now() and self.dice.random() < 0.4 else None
        clocks.enter_outage(by=self.who.keeper, system="OSS", title="OSS", begins_at=began, ends_at=over)
        if self.dice.random() < 0.8:
            sweep.sweep()

    def over(self) -> None:
        lasting = Outage.objects.filter(ends_at=None).values_list("pk", flat=True).first()
        clocks.end_outage(outage_id=lasting or new_id(), by=self.who.keeper, ends_at=clock.now())
        sweep.sweep()

    def sweep(self) -> None:
        sweep.sweep()

    late_sweep = sweep

    def advise(self) -> None:
        one = Recommendation.objects.filter(case_id=self.counter.case_id).values_list("pk", flat=True).first()
        said = {"verdict": "favourable", "reason": "Sesuai", "legal_basis": "Perda contoh"}
        cases.give_recommendation(recommendation_id=one or new_id(), by=self.who.adviser, **said)

    def decide(self) -> None:
        case_id = self.counter.case_id
        if self.dice.random() < 0.5:
            cases.approve(case_id=case_id, by=self.who.decider, reason="Sesuai")
        else:
            cases.refuse(case_id=case_id, by=self.who.decider, reason="Tidak sesuai", legal_basis="Perda contoh")

    def withdraw(self) -> None:
        cases.withdraw(case_id=self.counter.case_id, by=self.who.citizen)


def _shares(dice: random.Random, lives: int) -> list[int]:
    """So many lives dealt to the branches of a fork, seldom evenly."""
    if lives == 1:
        return [1]
    parts = min(lives, dice.randint(2, 5))
    cuts = sorted(dice.sample(range(1, lives), parts - 1))
    return [end - begin for begin, end in zip([0, *cuts], [*cuts, lives], strict=True)]
