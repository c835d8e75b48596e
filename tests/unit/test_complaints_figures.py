"""The public data set of complaints against a count of its own, and its page."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from agencies import clock
from agencies.models import Agency
from mall.releases import datasets, publishing, queries
from mall.releases.hiding import protected
from mall.releases.periods import Period
from mall.voice.complaints.published import SLUG, rows
from mall.voice.complaints.services import handling, replying, sweep, verifying
from tests import complaints
from workflows.actors import Actor

pytestmark = pytest.mark.django_db
JUNE = Period.parse("2026-06")
COUNTED = """
WITH day AS (
    SELECT d::date AS day FROM generate_series('2026-01-01'::date, '2026-12-31'::date, '1 day') d
    WHERE extract(isodow FROM d) < 6 AND NOT EXISTS (SELECT 1 FROM agencies_holiday h WHERE h.date = d::date)
), one AS (
    SELECT coalesce(agency_id, 'lain') AS agency, kind, state, ending,
        filed_at >= %(b)s AND filed_at < %(e)s AS is_new,
        coalesce(verified_at >= %(b)s AND verified_at < %(e)s, false) AS is_verified,
        coalesce(closed_at >= %(b)s AND closed_at < %(e)s, false) AS is_closed,
        coalesce(verified_at <= verify_by, true) AS quick, coalesce(answered_at <= resolve_by, true) AS prompt,
        (SELECT count(*) FROM day WHERE day > (
            SELECT min(day) FROM day WHERE day >= (filed_at AT TIME ZONE 'Asia/Jakarta')::date
        ) AND day <= (answered_at AT TIME ZONE 'Asia/Jakarta')::date) AS days
    FROM voice_complaint
)
SELECT coalesce(agency, ''), coalesce(kind, ''), count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE is_verified),
    count(*) FILTER (WHERE is_verified AND quick),
    count(*) FILTER (WHERE is_closed AND state = 'closed'),
    count(*) FILTER (WHERE is_closed AND state = 'closed' AND prompt),
    count(*) FILTER (WHERE is_closed AND ending = 'silent'), count(*) FILTER (WHERE is_closed AND state = 'rejected'),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY days) FILTER (WHERE is_closed AND state = 'closed')
FROM one GROUP BY ROLLUP (agency, kind) ORDER BY 1, 2
"""
"""Working days by counting days, and everything else by filters of PostgreSQL."""
CODES = (
    "received", "verified", "verified_in_time", "resolved", "resolved_in_time", "auto_closed", "rejected", "median_days"
)  # fmt: skip


def lived(turn: int, dice: random.Random, centre: Actor) -> None:
    """One complaint with a life of its own, filed in office hours of a working day about the end of May."""
    at = datetime(2026, 5, 18, 3, tzinfo=UTC) + timedelta(days=turn % 5 + 7 * (turn % 4), minutes=turn)
    agency = dice.choice(("DINKES", "DUKCAPIL", "DISHUB", ""))
    with clock.pretend(at):
        complaint = complaints.file(kind=dice.choice(("service", "service", "aspiration")), agency=agency)
    end = dice.choice(("open", "reject", "silent", "content", "twice"))
    with clock.pretend(at + timedelta(days=dice.randrange(1, 9))):
        if end == "reject":
            verifying.reject(complaint_id=complaint.pk, by=centre, why="not_ours", text="x")
        elif end != "open":
            verifying.forward(complaint_id=complaint.pk, by=centre, agency=agency or "DINKES", text="x")
            handling.follow_up(complaint_id=complaint.pk, by=centre, text="x")
    if end in ("open", "reject"):
        return
    with clock.pretend(at + timedelta(days=dice.randrange(9, 25))):
        handling.answer(complaint_id=complaint.pk, by=centre, text="x")
        if end == "content":
            replying.accept(complaint_id=complaint.pk)
        elif end == "twice":
            replying.reply(complaint_id=complaint.pk, text="x")


def populated(count: int) -> None:
    """So many lives, swept through June."""
    centre, dice = Actor.of(complaints.handler()), random.Random(7)
    for turn in range(count):
        lived(turn, dice, centre)
    for day in range(1, 31, 3):
        with clock.pretend(datetime(2026, 6, day, 12, tzinfo=UTC)):
            sweep.sweep()


def by_postgresql() -> dict[tuple[str, str], dict[str, Any]]:
    """The same rows, counted without our code."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, {"b": JUNE.begin, "e": JUNE.end})
        return {(row[0], row[1]): dict(zip(CODES, row[2:], strict=True)) for row in cursor.fetchall()}


def test_data_set_equals_an_independent_count() -> None:
    populated(40)
    ours = {(row.dims["agency"], row.dims["kind"]): dict(row.values) for row in rows(JUNE)}
    theirs = {key: row for key, row in by_postgresql().items() if any(row.values())}
    for row in ours.values():
        row["median_days"] = None if row["median_days"] is None else float(row["median_days"])  # type: ignore[arg-type]
    assert ours == theirs
    whole = ours["", ""]
    assert all(whole[code] for code in CODES), "every figure has something to count"


def test_small_counts_of_the_data_set_are_hidden() -> None:
    centre = Actor.of(complaints.handler())
    with clock.pretend(datetime(2026, 6, 8, 3, tzinfo=UTC)):
        for agency, count in (("DINKES", 7), ("DUKCAPIL", 6), ("DISHUB", 2)):
            for _turn in range(count):
                complaints.forwarded(complaints.file(agency=agency), centre, agency)
    shown = {
        line.dims["agency"]: line.cells["received"].value
        for line in protected(datasets.find(SLUG), rows(JUNE))
        if not line.dims["kind"]
    }
    assert shown[""] == 15
    assert shown["DINKES"] == 7
    assert "DISHUB" not in shown
    assert shown.get("DUKCAPIL") is None, "the difference would tell the small one"


def main(client: Client) -> str:
    """What the page says."""
    page = client.get(reverse("voice:complaint_figures")).content.decode()
    return str(page.partition("<main")[2].partition("</main>")[0])


def test_public_reads_the_figures_of_a_frozen_month(client: Client, django_assert_num_queries: Any) -> None:
    address = reverse("voice:complaint_figures")
    assert "Belum ada bulan" in client.get(address).content.decode()
    centre = Actor.of(complaints.handler())
    with clock.pretend(datetime(2026, 6, 8, 3, tzinfo=UTC)):
        for _turn in range(6):
            done = complaints.answered(complaints.forwarded(complaints.file(), centre, "DINKES"), centre)
            replying.accept(complaint_id=done.pk)
    with clock.pretend(datetime(2026, 7, 1, 3, tzinfo=UTC)):
        publishing.publish(SLUG, JUNE, Actor.system("test"))
    page = client.get(address).content.decode()
    name = Agency.objects.get(pk="DINKES").name_id
    with django_assert_num_queries(3):  # the release, the codes of the months, their totals
        figures = main(client)
    for word in ("Juni 2026", name, "100%", "Cara menghitung", "Unduh CSV", "Sumber: catatan pengaduan mal", "<svg"):
        assert word in page, word
    assert client.get(f"{address}?bulan=2026-06").status_code == 200
    assert client.get(f"{address}?bulan=2026-05").status_code == 404
    assert client.get(f"{address}?bulan=x").status_code == 404
    complaints.file()
    assert main(client) == figures, "a new complaint changes no figure of before"
    assert queries.of(SLUG, "2026-06").total["median_days"].value == 0
