"""Roll-ups are folded from the outbox, equal what the log says, and turn grey when they do not."""

import random
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from agencies import clock
from agencies.models import Holiday, Lane, Person
from mall.canary.cast import CanaryCast
from mall.transparency import sql
from mall.transparency.period import Month, midnight
from mall.transparency.rollups import histogram, queries, recounting
from mall.transparency.rollups.measures import Measure
from mall.transparency.rollups.models import Cell, Incident
from tests.engine import CHECKED, DECIDED, INTAKE, EngineScript, TestCast, fresh, played, script_for
from tests.rollups import cells, recounted, this_month
from workflows.cases import services
from workflows.clock import sweep
from workflows.trail import folding, registry
from workflows.trail.models import OutboxRow

pytestmark = pytest.mark.django_db
DOCTOR = "DPMPTSP-SIP-DOKTER"
BILLBOARD = "DPMPTSP-REKLAME-TETAP"
EXACT = "SELECT percentile_cont(%s) WITHIN GROUP (ORDER BY d) FROM unnest(%s::int[]) d"
REFUSED = (*DECIDED[:-1], "refuse")
RETURNED = ("open", "answer", "attach", "submit", "send_back", "submit", "verify", "recommend", "inspect", "decide")


def counted(measure: str, **where: str) -> int:
    return sum(Cell.objects.filter(measure=measure, **where).values_list("count", flat=True))


def a_month_of_work() -> list[EngineScript]:
    """Decisions, a refusal, a return, a payment, a withdrawal and a lapse."""
    cast = TestCast()
    scripts = [played(DOCTOR, *parts, cast=cast) for parts in (DECIDED, REFUSED, RETURNED, INTAKE)]
    scripts.append(played(BILLBOARD, *DECIDED, "pay", cast=cast))
    services.withdraw(case_id=scripts[3].case_id, by=scripts[3].who.actor, reason="Tidak jadi")
    return scripts


def test_manager_finds_every_event_counted_once_a_moment_later() -> None:
    a_month_of_work()
    assert not Cell.objects.exists()
    assert folding.fold() > 0
    assert folding.fold() == 0
    found = {measure: counted(measure) for measure in ("received", "decided", "approved", "refused", "returned")}
    assert found == {"received": 5, "decided": 4, "approved": 3, "refused": 1, "returned": 1}
    assert (counted("withdrawn"), counted("on_time"), counted("days")) == (1, 4, 4)
    fee = fresh(a_month_of_work()[4].case_id).charge.amount
    assert Cell.objects.get(measure="fees").amount == fee


def test_folded_cells_are_those_of_the_log() -> None:
    a_month_of_work()
    while folding.fold(most=3):
        pass
    assert cells()
    assert cells() == recounted()


def test_minutes_by_party_sum_to_the_time_from_hand_in_to_decision() -> None:
    begun = datetime(2026, 10, 5, 9, 0, tzinfo=clock.WIB)
    script = script_for(DOCTOR)
    for step, part in enumerate(RETURNED):
        with clock.pretend(begun + timedelta(hours=7 * step, seconds=step)):
            script.play(getattr(script, part))
    folding.fold()
    case = fresh(script.case_id)
    assert case.decided_at
    assert case.submitted_at
    rows = Cell.objects.filter(measure="minutes")
    parties = dict(rows.values_list("part", "amount"))
    whole = Decimal((case.decided_at - case.submitted_at).total_seconds()) / 60
    assert abs(sum(parties.values()) - whole) < Decimal("0.05")
    assert {"applicant", "mall", "agency"} <= set(parties)
    assert {row.month for row in rows} == {date(2026, 10, 1)}


def test_canary_is_in_no_cell() -> None:
    script = EngineScript(played(DOCTOR, "open").definition, CanaryCast())
    for part in CHECKED:
        script.play(getattr(script, part))
    folding.fold()
    assert fresh(script.case_id).lane == Lane.CANARY
    assert not Cell.objects.exists()
    assert not OutboxRow.objects.filter(consumer="transparency.rollup", state="pending").exists()


def test_district_of_the_applicant_is_kept_when_she_moves() -> None:
    script = script_for(DOCTOR)
    person = script.cast.applicant(script.definition).person_id
    Person.objects.filter(pk=person).update(village_id="35.10.16.1001")
    for part in DECIDED:
        script.play(getattr(script, part))
    folding.fold()
    Person.objects.filter(pk=person).update(village_id="35.10.09.2001")
    assert counted("decided", kecamatan="35.10.16") == 1
    assert cells() == recounted()


def test_lapsed_and_late_cases_are_counted() -> None:
    script = played(DOCTOR, *INTAKE, "send_back")
    with clock.pretend(clock.now() + timedelta(days=200)):
        sweep.lapse(script.case_id)
        folding.fold()
    assert (counted("returned"), counted("lapsed"), counted("repeated")) == (1, 1, 0)


def test_corrupted_cell_turns_the_month_grey_and_opens_an_incident() -> None:
    a_month_of_work()
    folding.fold()
    month = this_month()
    assert recounting.recount() == 0
    right = cells()
    Cell.objects.filter(measure="decided").update(count=77)
    with pytest.raises(CommandError):
        call_command("recount_rollups", "--month", month.code, stdout=StringIO())
    (found,) = Incident.objects.all()
    assert (found.month, found.why, found.differing) == (month.first, "unknown", found.differing)
    assert {cell["measure"] for cell in found.cells} == {"decided"}
    assert {cell["folded"] for cell in found.cells} == {77}
    assert queries.is_grey(month)
    assert cells() == right
    assert recounting.recount() == 0
    assert not queries.is_grey(month)
    assert Incident.objects.count() == 1


def test_removed_and_invented_cells_are_found_too() -> None:
    a_month_of_work()
    folding.fold()
    recounting.recount()
    right = cells()
    Cell.objects.filter(measure="received").delete()
    Cell.objects.filter(measure="refused").update(service="X")
    recounting.recount()
    assert Incident.objects.get().differing == 2 + 1 + 1
    assert cells() == right


def test_holiday_that_was_entered_later_is_named_as_the_reason() -> None:
    begun = datetime(2026, 10, 5, 9, 0, tzinfo=clock.WIB)
    script = script_for(DOCTOR)
    for step, part in enumerate(DECIDED):
        with clock.pretend(begun + timedelta(hours=20 * step)):
            script.play(getattr(script, part))
    folding.fold()
    recounting.recount()
    Holiday.objects.create(date=date(2026, 10, 9), name="Libur uji", kind="LOCAL")
    recounting.recount()
    assert Incident.objects.get().why == Incident.Why.CALENDAR
    assert queries.is_grey(Month(2026, 10))
    assert cells() == recounted()


def test_months_before_the_roll_ups_are_built_without_an_incident() -> None:
    a_month_of_work()
    assert not queries.is_grey(this_month())
    OutboxRow.objects.filter(consumer="transparency.rollup").delete()
    assert queries.is_grey(this_month()), "not whole before it was counted once"
    assert recounting.recount() == 0
    assert not queries.is_grey(this_month())
    assert counted("decided") == 4
    assert not Incident.objects.exists()


def test_event_that_cannot_be_folded_stops_no_other_and_is_counted_by_night(monkeypatch: pytest.MonkeyPatch) -> None:
    a_month_of_work()
    real = registry.batches()[0]
    poisoned = OutboxRow.objects.filter(consumer=real.name).order_by("id").first()
    assert poisoned

    def refuses(events: list[object]) -> None:
        if poisoned.event_id in events:
            raise ValueError("cannot")
        real.fold(events)  # type: ignore[arg-type]

    registry.register_batch(registry.BatchConsumer(real.name, real.kinds, refuses))  # type: ignore[arg-type]
    try:
        recounting.recount()
        for hour in range(20):
            with clock.pretend(clock.now() + timedelta(hours=7 * hour)):
                folding.fold()
    finally:
        registry.register_batch(real)
    row = OutboxRow.objects.get(pk=poisoned.pk)
    assert (row.state, row.last_error) == ("failed", "builtins.ValueError")
    assert OutboxRow.objects.filter(consumer=real.name, state="pending").count() == 0
    recounting.recount()
    assert Incident.objects.get().why == Incident.Why.FAILED
    row.refresh_from_db()
    assert row.state == "done"
    assert cells() == recounted()


def test_figures_from_the_cells_are_those_from_the_log() -> None:
    cast = TestCast()
    begun = datetime(2026, 9, 28, 9, 15, tzinfo=clock.WIB)
    for number in range(6):
        script = script_for(DOCTOR, cast)
        for step, part in enumerate(RETURNED if number % 3 == 0 else DECIDED):
            with clock.pretend(begun + timedelta(days=number, hours=(9 + 8 * number) * step)):
                script.play(getattr(script, part))
    folding.fold()
    first, last = Month(2026, 1), Month(2027, 12)
    begin, end = midnight(first.first), midnight(last.later(1).first)
    told = {(row.month, row.agency, row.service): row for row in queries.counted(first, last)}
    for row in [*sql.received(begin, end), *sql.decided(begin, end)]:
        mine = told[row.month, row.agency, row.service]
        if not row.decided:
            assert mine.received == row.received
            continue
        assert (mine.decided, mine.approved, mine.on_time) == (row.decided, row.approved, row.on_time)
        for exact, near in ((row.median, mine.median), (row.p90, mine.p90)):
            assert exact is not None
            assert near == pytest.approx(exact, rel=Decimal("0.1"))


@pytest.mark.parametrize("seed", range(12))
def test_percentile_of_a_histogram_is_within_one_bucket_of_percentile_cont(seed: int) -> None:
    dice = random.Random(seed)
    spread = dice.choice([2, 5, 14, 40, 200, 900])
    days = [
        max(0, round(dice.lognormvariate(0, 0.9) * spread) - dice.randrange(3)) for _n in range(dice.randrange(1, 900))
    ]
    counts: dict[int, int] = {}
    for one in days:
        counts[histogram.bucket(one)] = counts.get(histogram.bucket(one), 0) + 1
    with connection.cursor() as cursor:
        for share in (0.1, 0.5, 0.9, 0.99):
            cursor.execute(
                "SELECT percentile_cont(%s) WITHIN GROUP (ORDER BY d) FROM unnest(%s::int[]) d", [share, days]
            )
            exact = cursor.fetchone()[0]
            assert float(histogram.percentile(counts, share) or 0) == pytest.approx(exact, rel=0.0906)


def test_bucket_of_postgresql_is_that_of_python_and_zero_days_stay_exact() -> None:
    text = f"SELECT n, ({histogram.bucket_sql('n')})::int FROM generate_series(0, 5000) n"  # noqa: S608 - our own
    with connection.cursor() as cursor:
        cursor.execute(text)
        assert all(histogram.bucket(days) == number for days, number in cursor.fetchall())
    assert histogram.percentile({0: 9}, 0.9) == 0
    for days in range(1, 5000):
        assert abs(histogram.middle(histogram.bucket(days)) - days) <= days * 0.0453


def test_sums_by_district_and_month_are_one_query() -> None:
    a_month_of_work()
    folding.fold()
    (row,) = queries.sums([Measure.DECIDED], this_month(), this_month(), ["month", "kecamatan"])
    assert (row.month, row.count, row.service) == (this_month().first, 4, "")
    with pytest.raises(ValueError, match="no such dimension"):
        queries.sums([Measure.DECIDED], this_month(), this_month(), ["person"])
