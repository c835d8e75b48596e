"""Requests for information in public figures: the release against an independent count, and the page from it."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from agencies import clock
from mall.releases import publishing, queries
from mall.releases.declaring import K
from mall.releases.periods import Period
from mall.voice.information import published
from mall.voice.information.services import handling, objecting
from tests import information
from workflows.actors import Actor

pytestmark = pytest.mark.django_db
JUNE = Period(date(2026, 6, 1), 1)
PUBLISHER = Actor.system("releases")
COUNT = """
SELECT r.agency_id,
  count(*) FILTER (WHERE to_char(r.registered_at AT TIME ZONE 'Asia/Jakarta', 'YYYY-MM') = '2026-06') AS received,
  count(*) FILTER (WHERE to_char(r.answered_at AT TIME ZONE 'Asia/Jakarta', 'YYYY-MM') = '2026-06') AS answered,
  count(*) FILTER (WHERE to_char(r.answered_at AT TIME ZONE 'Asia/Jakarta', 'YYYY-MM') = '2026-06'
    AND r.answered_at <= r.due_at) AS in_time,
  count(*) FILTER (WHERE to_char(r.extended_at AT TIME ZONE 'Asia/Jakarta', 'YYYY-MM') = '2026-06') AS extended,
  count(o.id) FILTER (WHERE to_char(o.filed_at AT TIME ZONE 'Asia/Jakarta', 'YYYY-MM') = '2026-06') AS objections,
  percentile_cont(0.5) WITHIN GROUP (ORDER BY (
    SELECT count(*) FROM generate_series(
      (r.registered_at AT TIME ZONE 'Asia/Jakarta')::date + 1, (r.answered_at AT TIME ZONE 'Asia/Jakarta')::date,
      interval '1 day') AS day
    WHERE extract(isodow FROM day) < 6 AND day::date NOT IN (SELECT date FROM agencies_holiday)
  )) FILTER (WHERE to_char(r.answered_at AT TIME ZONE 'Asia/Jakarta', 'YYYY-MM') = '2026-06') AS median_days
FROM voice_informationrequest r LEFT JOIN voice_informationobjection o ON o.request_id = r.id
GROUP BY ROLLUP (r.agency_id)
"""
DECIDED = """
SELECT agency_id, decision, count(*) FROM voice_informationrequest
WHERE to_char(answered_at AT TIME ZONE 'Asia/Jakarta', 'YYYY-MM') = '2026-06' GROUP BY 1, 2
"""


def lay(agency: str, plans: list[tuple[datetime, int, str]]) -> None:
    """Requests of an agency: when it came, days until it was answered, how."""
    with clock.pretend(information.at(2026, 5, 20)):
        by = information.ppid(agency)
        test = information.weighed(by, agency=agency)
    for came, days, decision in plans:
        with clock.pretend(came):
            request = information.taken(by, agency=agency)
        with clock.pretend(came + timedelta(days=days - 1)):
            if decision == "refused":
                handling.extend(request_id=request.pk, by=by, reason="undecided")
        parts = [("Bagian", test.pk)] if decision in ("partial", "refused") else []
        with clock.pretend(came + timedelta(days=days)):
            said = information.reply(decision, withheld=parts)
            done = handling.answer(request_id=request.pk, by=by, told=said)
            if decision == "partial":
                information.objected(done)


def june() -> None:
    """June at two agencies, with what came in May and what was answered in July."""
    at = information.at
    given = [(at(2026, 6, 2, 8 + n), 3 + n, "granted") for n in range(6)]
    late = [(at(2026, 5, 21, 8 + n % 5), 15 + n, "granted") for n in range(6)]
    partial = [(at(2026, 6, 3, 8 + n), 6, "partial") for n in range(5)]
    refused = [(at(2026, 6, 4, 8 + n), 9, "refused") for n in range(5)]
    lay("DPMPTSP", [*given, *late, *partial, *refused, (at(2026, 6, 29), 5, "not_held")])
    lay("DINKES", [(at(2026, 6, 8, 8 + n % 5), 2 + n % 4, "granted") for n in range(7)])
    with clock.pretend(at(2026, 6, 30, 23)):
        objecting.withdraw(request_id=information.file().pk)


def asked(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def test_exact_rows_equal_an_independent_count() -> None:
    june()
    rows = {(row.dims["agency"], row.dims["outcome"]): row.values for row in published.rows(JUNE)}
    names = ("received", "answered", "in_time", "extended", "objections", "median_days")
    for agency, *counts in asked(COUNT):
        expected = [*counts[:-1], Decimal(str(counts[-1])).normalize()]
        found = [rows[agency or "", ""][name] for name in names]
        assert [*found[:-1], Decimal(str(found[-1])).normalize()] == expected, agency
    decided = {(agency, decision): count for agency, decision, count in asked(DECIDED)}
    assert {key: values["answered"] for key, values in rows.items() if key[1]} == decided
    assert decided["DPMPTSP", "refused"] == 5


def test_release_hides_small_numbers_and_the_page_shows_the_release_only(client: Client) -> None:
    assert "Belum ada bulan" in client.get(reverse("information:figures")).content.decode()
    with clock.pretend(information.at(2026, 6, 1)):
        june()
    with clock.pretend(information.at(2026, 7, 10)):
        release = publishing.publish(published.SLUG, JUNE, PUBLISHER)
        information.file()
    page = client.get(reverse("information:figures")).content.decode()
    for line in release.lines:
        for code in ("received", "answered", "extended", "objections"):
            value = line.cells[code].value
            assert value is None or value == 0 or value >= K, (line.dims, code)
    assert release.total["received"].value == 25
    for word in ("Tepat waktu", "Cara menghitung", "permintaan-informasi", "Juni 2026"):
        assert word in page
    assert queries.latest(published.SLUG) == release


def test_public_list_names_data_sets_by_class_with_their_next_date(client: Client) -> None:
    june()
    with clock.pretend(information.at(2026, 7, 10)):
        publishing.publish(published.SLUG, JUNE, PUBLISHER)
    page = client.get(reverse("information:classes")).content.decode()
    for word in ("Informasi berkala", "Informasi serta-merta", "Informasi setiap saat", "dikecualikan"):
        assert word in page
    assert "10 Juli 2026" in page
    assert "1 Agustus 2026" in page
