"""A seeded history is a real one: every invariant holds, the same seed gives the same rows, figures come of it."""

import multiprocessing
import os
import re
import signal
from datetime import date
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection
from django.db.models import Count
from django.test import override_settings

from mall.history import plan, seeding
from mall.history.days import Days
from mall.history.loading import load
from mall.history.plan import Batch, Block
from mall.history.seeding import History
from mall.history.series import Counters
from mall.history.sharing import Turn, written
from mall.history.world import made
from mall.releases.models import Release
from mall.runtime.management.commands import bench_transparency
from mall.transparency import sql
from mall.transparency.period import Month, midnight
from mall.transparency.rollups import queries
from mall.transparency.rollups.models import Incident
from mall.voice.satisfaction.models import Invitation
from mall.voice.satisfaction.queries import surveys
from mall.voice.satisfaction.services import digest_of
from tests.rollups import cells, recounted
from workflows.cases.models import Case
from workflows.cases.rating import rating_code
from workflows.clock.models import Interval
from workflows.invariants.check import offenders
from workflows.trail.models import OutboxRow

UNTIL = date(2026, 10, 31)


@pytest.mark.django_db(transaction=True)
def test_seeded_cases_keep_every_invariant_and_give_figures() -> None:
    call_command("seed_history", "--cases", "800", "--until", "2026-10-31", stdout=StringIO())
    assert list(offenders()) == []
    assert Case.objects.count() == 800
    states = dict(Case.objects.values_list("state").annotate(Count("pk")))
    assert {"issued", "refused", "withdrawn", "lapsed"} == set(states)
    assert Case.objects.values("kecamatan").distinct().count() > 20
    assert not OutboxRow.objects.exists()
    told = surveys(date(2023, 1, 1), date(2026, 10, 1))
    assert sum(one.closed for one in told.values()) == 800
    assert sum(one.answered for one in told.values()) == Invitation.objects.filter(used=True).count() > 240
    assert Invitation.objects.filter(digest=digest_of(rating_code(Case.objects.values_list("pk")[0][0]))).exists()
    assert not Incident.objects.exists()
    assert cells() == recounted()
    call_command("seed_history", "--cases", "50", "--seed", "2", "--until", "2026-10-31", stdout=StringIO())
    assert (Case.objects.count(), Incident.objects.count(), list(offenders())) == (850, 0, [])
    first, last = Month(2023, 10), Month(2026, 10)
    told = {(row.month, row.agency, row.service): row for row in queries.counted(first, last)}
    exact = sql.decided(midnight(first.first), midnight(last.later(1).first))
    assert sum(row.decided for row in exact if not row.agency) > 600
    for row in exact:
        mine = told[row.month, row.agency, row.service]
        assert (mine.decided, mine.approved, mine.on_time) == (row.decided, row.approved, row.on_time)
        assert float(mine.p90 or 0) == pytest.approx(float(row.p90 or 0), rel=0.0906)
    punctual = [row.on_time / row.decided for row in exact if row.agency and not row.service and row.decided > 12]
    assert max(punctual) - min(punctual) > 0.1, "agencies of different punctuality"


def rows(seed: int, *, hands: int = 1) -> set[bytes]:
    """Every row of a small history, and where its numbers stand at the end."""
    history = History(cases=300, seed=seed, years=2, until=UNTIL)
    days = Days.between(date(2024, 9, 1), date(2029, 1, 1), "MPP")
    found, stand = set(), {}
    for batch in seeding.batches(history, made(seed), days, hands=hands):
        found |= {table.encode() + line for table, text in batch.texts for line in text.splitlines()}
        stand |= {(series, year): last for _id, series, year, last in batch.numbers}
    return found | {repr(one).encode() for one in stand.items()}


@pytest.mark.django_db
def test_the_same_seed_gives_the_same_rows_by_however_many_processes_and_another_one_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    alone = rows(1)
    assert rows(1) == alone
    monkeypatch.setattr(plan, "BATCH", 40)
    assert rows(1) == rows(1, hands=2) == rows(1, hands=3) == alone
    assert rows(2) != alone


@pytest.mark.parametrize("before_its_turn", [True, False])
def test_process_that_dies_while_writing_is_told_and_leaves_nobody_waiting(before_its_turn: bool) -> None:
    def write(block: Block, turn: Turn) -> Batch:
        for early in (True, False):
            if block.year == 3 and early is before_its_turn:
                os.kill(os.getpid(), signal.SIGKILL)
            if early:
                with turn:
                    pass
        return Batch([], [], len(block.cases))

    blocks = [Block(year, [year]) for year in range(1, 9)]
    batches = written(blocks, Counters(), write, 3)
    assert [next(batches).cases, next(batches).cases] == [1, 1]
    with pytest.raises(RuntimeError, match="too early"):
        list(batches)
    assert not multiprocessing.active_children()


@pytest.mark.django_db
def test_history_is_refused_outside_the_demo_and_without_cases() -> None:
    with pytest.raises(CommandError):
        call_command("seed_history", "--cases", "0")
    with override_settings(MALL_MAY_PRETEND=False), pytest.raises(CommandError):
        call_command("seed_history", "--cases", "1")
    assert not Case.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.long
def test_bench_tells_all_three_costs_at_each_size_and_leaves_no_release(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench_transparency, "ENOUGH", 0.02)
    told = StringIO()
    call_command("bench_transparency", "--cases", "60", "120", "--until", "2026-10-31", stdout=told)
    assert [told.getvalue().count(line) for line in ("page from its release", "roll-ups, to", "raw GROUP BY")] == [
        2
    ] * 3
    assert Case.objects.count() == 120
    assert not Release.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_large_load_by_the_owner_without_superuser_leaves_schema_and_triggers_as_they_were(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(seeding, "LARGE", 1)
    before = schema()
    call_command("seed_history", "--cases", "60", "--schemes", "0", "--until", "2026-10-31", stdout=StringIO())
    assert schema() == before
    assert list(offenders()) == []
    monkeypatch.setattr(plan, "BATCH", 10)
    with pytest.raises(ZeroDivisionError) as broken:
        seeding.seed(History(400, 3, 1, UNTIL), told=lambda done: 1 // (done < 20))
    assert schema() == before
    assert (broken.type, multiprocessing.active_children()) == (ZeroDivisionError, []), "though its frames live on"
    assert Case.objects.count() == 60, "a load that is broken off leaves nothing"


@pytest.mark.django_db(transaction=True)
def test_a_large_load_of_rows_against_the_rules_is_refused_whole_and_leaves_the_schema() -> None:
    call_command("seed_history", "--cases", "20", "--until", "2026-10-31", stdout=StringIO())
    before, intervals = schema(), Interval.objects.count()
    case = Case.objects.values_list("pk", flat=True)[0]
    when = "2030-01-01T00:00:00+00:00\t2030-01-02T00:00:00+00:00"
    for wrong in (case, case), (case, uuid4()):
        lines = [f"{uuid4()}\t{one}\tmall\t\tqueued\t{when}\n" for one in wrong]
        with pytest.raises(IntegrityError, match="interval_no_overlap" if wrong[0] == wrong[1] else "foreign key"):
            load([Batch([("workflows_interval", "".join(lines).encode())], [])], large=True)
        assert (schema(), Interval.objects.count()) == (before, intervals)


def schema() -> list[tuple[object, ...]]:
    """Every constraint, index and trigger of our tables, and whether it is on."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 'c', conname::text, concat_ws(' ', convalidated, conenforced, pg_get_constraintdef(oid))"
            " FROM pg_constraint WHERE connamespace = 'public'::regnamespace"
            " UNION SELECT 'i', indexrelid::regclass::text, concat_ws(' ', indisvalid, pg_get_indexdef(indexrelid))"
            " FROM pg_index WHERE indrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)"
            " UNION SELECT 't', tgname::text, tgenabled::text FROM pg_trigger WHERE NOT tgisinternal"
            " UNION SELECT 'f', conname::text, string_agg(tgfoid::regproc || tgenabled::text, ' ' ORDER BY tgfoid)"
            " FROM pg_trigger JOIN pg_constraint c ON c.oid = tgconstraint WHERE tgisinternal GROUP BY 1, 2"
            " ORDER BY 1, 2, 3"
        )
        return [(kind, name, CASTS.sub("", str(said))) for kind, name, said in cursor.fetchall()]


CASTS = re.compile(r"::(character varying|text)(\[\])?|[()]")
"""What PostgreSQL writes otherwise each time that it reads its own words again."""
