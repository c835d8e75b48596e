"""One piece of work on one case: the lock, the clock, the state, the ledger and the log, together.

Every service function that changes a case goes through `Work`, so that the order of things (lock,
clock, question, transition, save, ledger, log) is written once and no step can be left out.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed, can_proceed

from agencies import clock
from agencies.errors import Conflict, Refused
from workflows.actors import Actor
from workflows.cases.advice import Recommendation
from workflows.cases.holding import holder_of, under_pause
from workflows.cases.machine import CORRECTED_IN, UNDER_TERM, CaseState
from workflows.cases.models import Case, Duty
from workflows.clock import ledger, term
from workflows.clock.models import Held, Holder, Reason
from workflows.duties.lines import Assignment, in_other_hands
from workflows.trail import services as trail
from workflows.trail.chain import Facts

_DUTY = """
WITH taken AS (
    INSERT INTO workflows_duty (id, case_id, user_id, human, duty)
    VALUES (gen_random_uuid(), %%s, %%s, %%s, %%s) ON CONFLICT DO NOTHING RETURNING duty, user_id
), counted AS (
    SELECT count(*) AS n FROM (%(rows)s) AS counting
), held AS (
    SELECT min(holding.user_id::text) AS who FROM (%(hands)s) AS holding
)
SELECT duty, user_id, n, who FROM taken, counted, held
UNION ALL
SELECT duty, user_id, n, who FROM workflows_duty, counted, held
WHERE case_id = %%s AND (user_id = ANY(%%s) OR human = %%s)
"""
"""Take a duty, or tell which one this human has already, under this account or another of hers.

What must be counted at that moment, and who has the case in hand, is read on the way, for a transition has no
statement to spare.
"""


class Work:
    """A locked case, the moment, and what is being done to it. Call inside a transaction."""

    def __init__(self, case: Case, by: Actor) -> None:
        self.case = case
        self.by = by
        self.at: datetime = max(clock.now(), case.touched_at)
        self._chain = trail.Chain("case", case.pk, trail.Head(case.revision, case.chain_hash), by, case.lane)
        self._term = (case.arrived_at, case.due_at)
        self._holders: dict[datetime, Held] = {}
        self.resumed_at: datetime | None = None

    @classmethod
    def on(cls, case_id: UUID, by: Actor) -> "Work":
        """Lock the case and read the clock, in that order."""
        return cls(Case.locked(case_id), by)

    def move(self, transition: Callable[[], None], kind: str, data: Facts | None = None) -> None:
        """Run a transition of the machine and note it as `kind`, with the states before and after.

        Raises:
            Conflict: the case has moved on meanwhile.
        """
        before = self.case.state
        if not can_proceed(transition):
            raise self.conflict()
        try:
            transition()
        except TransitionNotAllowed as error:
            raise self.conflict() from error
        self.record(kind, {**(data or {}), "from": str(before), "to": str(self.case.state)})
        self._overtake(before)

    def _overtake(self, before: str) -> None:
        """A decision does not wait for what the applicant was still asked to put right."""
        if before in CORRECTED_IN and self.case.state not in CORRECTED_IN:
            self.case.applicant_due_at = None
            if self.case.paused == Reason.CORRECTING:
                self.unpause(self.at)

    def conflict(self) -> Conflict:
        """The sentence for one who comes too late."""
        label = CaseState(self.case.state).label
        return Conflict(
            _("Permohonan ini sudah berstatus “%(state)s”, sehingga tindakan itu tidak dapat dilakukan lagi.")
            % {"state": label},
            possible=possible(self.case),
        )

    def hand_on(self, advice: Iterable[Recommendation] = (), *, at: datetime | None = None) -> None:
        """Whoever holds the case as it stands now has it from this moment, or from `at`, on (`holder_of`)."""
        self._holders[at or self.at] = holder_of(self.case, advice)

    def hold(self, holder: Holder, reason: Reason, agency: str = "") -> None:
        """This office has the case from now on; while a pause is open, the party of the pause goes on having it."""
        self._holders[self.at] = under_pause(self.case, Held(holder, reason, agency))

    def record(self, kind: str, data: Facts | None = None) -> None:
        """Note what happened; written by `finish`."""
        self._chain.add(kind, self.at, data)

    def take_duty(
        self,
        duty: Duty.Kind,
        who: Actor | None = None,
        *,
        counting: QuerySet[Any] | None = None,
        hands: QuerySet[Assignment] | None = None,
    ) -> int:
        """The acting person, or `who`, takes this part in the case; returns how many rows `counting` has.

        Raises:
            Refused: she already has another part in it (separation of duties).
            Conflict: a colleague, one of `hands`, has the case in hand.
        """
        who = who or self.by
        if who.user_id is None:
            return 0
        case, user, human = self.case.pk, who.user_id, who.human
        (rows, given), (holding, named) = _sql_of(counting, "id"), _sql_of(hands, "user_id")
        accounts = [user, *who.bonds.accounts]
        asked = [case, user, human, duty.value, *given, *named, case, accounts, human]
        with connection.cursor() as cursor:
            cursor.execute(_DUTY % {"rows": rows, "hands": holding}, asked)
            held = cursor.fetchall()
        if [(taken, by) for taken, by, _count, _who in held] != [(duty.value, user)]:
            raise Refused(_("Anda sudah menangani permohonan ini dalam tugas lain; petugas lain harus melanjutkannya."))
        if holder := held[0][3]:
            raise Conflict(in_other_hands(holder))
        return int(held[0][2])

    def unpause(self, at: datetime) -> bool:
        """The pause, or what asked for one, ends at that moment; True when the term stood still.

        What the term is from then on is said by the caller: `clock.pauses.resume` gives back the days left.
        """
        self.resumed_at = at
        return term.stop(self.case)

    def end(self) -> None:
        """Nothing more will happen to this case."""
        self.unpause(self.at)
        self.case.closed_at = self.at

    def save(self) -> None:
        """Save the row; between two moves of one piece of work, because PostgreSQL checks every single edge."""
        case = self.case
        case.touched_at = self.at
        case.revision = self._chain.head.seq
        case.chain_hash = self._chain.head.hash
        self._watch_term()
        case.save(force_update=True)

    def _watch_term(self) -> None:
        """A term that begins or moves is looked at by the next sweep; a new arrival starts at its foot."""
        case, (arrived, due) = self.case, self._term
        if case.arrived_at != arrived:
            case.escalated = 0
        if case.due_at is None or case.state not in UNDER_TERM:
            case.escalate_at = None
        elif (case.arrived_at, case.due_at) != (arrived, due):
            case.escalate_at = self.at
        self._term = (case.arrived_at, case.due_at)

    def finish(self) -> Case:
        """Save the case, move the ledger, append the log and the promises."""
        self.save()
        self._move_ledger()
        trail.write(self._chain.events)
        return self.case

    def _move_ledger(self) -> None:
        """Pass the case on to the next holder, or close the ledger with the case."""
        if self.case.closed_at is not None:
            ledger.end(self.case.pk, self.case.closed_at)
            return
        for at, held in sorted(self._holders.items()):
            ledger.pass_to(self.case.pk, held, at, resumed=self.resumed_at)


def _sql_of(rows: QuerySet[Any] | None, column: str) -> tuple[str, tuple[Any, ...]]:
    """The query as SQL with its parameters, or one that finds nothing."""
    nothing = f"SELECT NULL AS {column} LIMIT 0"
    try:
        return rows.values(column).query.sql_with_params() if rows is not None else (nothing, ())
    except EmptyResultSet:
        return nothing, ()


def possible(case: Case) -> tuple[str, ...]:
    """Names of the transitions that the machine allows from here."""
    return tuple(sorted(t.name for t in case.get_available_state_transitions()))  # type: ignore[attr-defined]
