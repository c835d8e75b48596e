"""The public figures over real cases, against a count by hand of the same log, day by day."""

import csv
import html
import io
import re
import statistics
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker

from agencies import clock, workdays
from agencies.models import Holiday, Site
from mall.canary.cast import CanaryCast, Cast
from mall.transparency import period, publishing, release, sql
from mall.transparency.metrics import K
from mall.transparency.period import Month, midnight
from tests.cases import counted, text_of
from tests.engine import EngineScript, TestCast, script_for
from workflows.cases.models import Case
from workflows.clock import ledger
from workflows.clock.models import Held, Holder, Reason
from workflows.definition.queries import version_for_new_case
from workflows.trail.models import Event

NOW = datetime(2026, 11, 20, 10, 30, tzinfo=clock.WIB)
OCTOBER = Month(2026, 10)
DOCTOR = "DPMPTSP-SIP-DOKTER"
NURSE = "DPMPTSP-SIP-PERAWAT"
MIDWIFE = "DPMPTSP-SIP-BIDAN"
BIRTH = "DUKCAPIL-AKTA-LAHIR"
POLICE = "POLRESTA-SKCK-BARU"
WHOLE = ("open", "answer", "attach", "submit", "verify", "recommend", "inspect", "decide")
REFUSED = (*WHOLE[:-1], "refuse")
RETURNED = ("open", "answer", "attach", "submit", "send_back", "submit", "verify", "recommend", "inspect", "decide")


def lay(code: str, parts: tuple[str, ...], begun: datetime, step: timedelta, cast: Cast) -> EngineScript:
    """A case whose parts were played one `step` after the other; a same-visit service is served at once."""
    script = EngineScript(version_for_new_case(code).definition, cast)
    parts = (*parts[:4], "serve") if script.definition.same_visit else parts
    at = begun
    for part in parts:
        with clock.pretend(at):
            script.play(getattr(script, part))
        at += step
    return script


@pytest.fixture(scope="module")
def laid(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[EngineScript]]:
    """Cases decided around October, laid down once for all tests of this file and taken back after the last."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield lay_october()
        transaction.set_rollback(True)


@pytest.fixture
def october(laid: list[EngineScript]) -> Iterator[list[EngineScript]]:
    """Those cases; time stands in November, and what the test writes is taken back."""
    with transaction.atomic(), clock.pretend(NOW):
        yield laid
        transaction.set_rollback(True)


def lay_october() -> list[EngineScript]:
    """Decisions some of which are late, refused, after a return, or handed in at night or on a day off."""
    cast = TestCast()
    start = datetime(2026, 9, 28, 9, 15, tzinfo=clock.WIB)
    plans = [
        *((DOCTOR, WHOLE, start + timedelta(days=n, hours=n), timedelta(hours=6 + 3 * n)) for n in range(7)),
        *((NURSE, WHOLE, start + timedelta(days=2 * n), timedelta(hours=26)) for n in range(3)),
        *((MIDWIFE, WHOLE, start + timedelta(days=n + 4), timedelta(hours=3)) for n in range(5)),
        (DOCTOR, WHOLE, datetime(2026, 10, 3, 19, 0, tzinfo=clock.WIB), timedelta(hours=23)),
        (DOCTOR, RETURNED, start + timedelta(days=3), timedelta(hours=31)),
        (DOCTOR, RETURNED, datetime(2026, 10, 2, 20, 0, tzinfo=clock.WIB), timedelta(hours=25)),
        (DOCTOR, REFUSED, start + timedelta(days=4), timedelta(hours=5)),
        *((BIRTH, WHOLE, start + timedelta(days=2 * n), timedelta(hours=4 * n)) for n in range(6)),
        *((POLICE, WHOLE, start + timedelta(days=3 * n), timedelta(minutes=5)) for n in range(2)),
    ]
    return [lay(code, parts, begun, step, cast) for code, parts, begun, step in plans]


def by_hand(case_id: object) -> tuple[date, bool, int, bool]:
    """Month, outcome, working days and punctuality of one decision, counted by `agencies.workdays`."""
    events = list(Event.objects.filter(subject_kind="case", subject_id=case_id).order_by("seq"))
    decision = next(e for e in events if e.kind in ("case.approved", "case.approved_unpaid", "case.refused"))
    given = [e.at for e in events if e.kind in ("case.submitted", "case.resubmitted") and e.at <= decision.at]
    back = [e.at for e in events if e.kind == "case.returned" and e.at <= decision.at]
    case = Case.objects.select_related("service_version").get(pk=case_id)
    calendar, hours = workdays.Calendar.load(clock.wib_date(decision.at)), workdays.Hours.load(case.site_id)
    arrivals = [workdays.arrival_day(at, calendar, hours) for at in given]
    stops = [*(clock.wib_date(at) for at in back), clock.wib_date(decision.at)]
    days = sum(
        calendar.working_days_between(a, b) if b >= a else -calendar.working_days_between(b, a)
        for a, b in zip(arrivals, stops, strict=True)
    )
    due = workdays.due_at(given[-1], case.definition.term.working_days, calendar, hours)
    month = clock.wib_date(decision.at).replace(day=1)
    return month, decision.kind != "case.refused", max(0, days), decision.at <= due


def percentile(values: list[int], share: float) -> float:
    """As percentile_cont does: linear between the neighbours."""
    ordered, at = sorted(values), share * (len(values) - 1)
    low = int(at)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (at - low)


def test_sql_counts_what_a_hand_counts(october: list[EngineScript]) -> None:
    until = midnight(clock.wib_date(NOW))
    got = {(row.month, row.agency, row.service): row for row in sql.decided(midnight(date(2026, 1, 1)), until)}
    wanted: dict[tuple[date, str, str], list[tuple[bool, int, bool]]] = {}
    for script in october:
        month, approved, days, on_time = by_hand(script.case_id)
        agency, service = script.definition.agency, script.definition.code
        for key in ((month, "", ""), (month, agency, ""), (month, agency, service)):
            wanted.setdefault(key, []).append((approved, days, on_time))
    assert set(got) == set(wanted)
    for key, decisions in wanted.items():
        row, days = got[key], [one[1] for one in decisions]
        assert (row.decided, row.approved, row.on_time) == (
            len(decisions),
            sum(one[0] for one in decisions),
            sum(one[2] for one in decisions),
        )
        assert row.median == Decimal(str(float(statistics.median(days))))
        assert float(row.p90 or 0) == pytest.approx(percentile(days, 0.9))
    assert {one[2] for decisions in wanted.values() for one in decisions} == {True, False}


def test_due_day_in_sql_is_the_due_day_of_the_engine(october: list[EngineScript]) -> None:
    cases = Case.objects.filter(pk__in=[script.case_id for script in october])
    late = sum(case.decided_at > case.due_at for case in cases if case.decided_at and case.due_at)
    rows = [row for row in sql.decided(midnight(date(2026, 1, 1)), midnight(clock.wib_date(NOW))) if not row.agency]
    assert sum(row.decided - row.on_time for row in rows) == late
    assert late


def test_a_holiday_shortens_the_time_that_counts(october: list[EngineScript]) -> None:
    begin, end = midnight(date(2026, 1, 1)), midnight(clock.wib_date(NOW))
    before = {(r.month, r.agency, r.service): r.median for r in sql.decided(begin, end)}
    for day in range(5, 10):
        Holiday.objects.create(date=date(2026, 10, day), name="Libur uji", kind="LOCAL")
    after = {(r.month, r.agency, r.service): r.median for r in sql.decided(begin, end)}
    assert sum(value or 0 for value in after.values()) < sum(value or 0 for value in before.values())


def test_hand_ins_count_once_in_the_month_of_the_first(october: list[EngineScript]) -> None:
    rows = sql.received(midnight(date(2026, 1, 1)), midnight(clock.wib_date(NOW)))
    assert sum(row.received for row in rows if not row.agency) == len(october)
    assert sum(row.received for row in rows if row.service) == len(october)


def test_canary_and_drafts_are_in_no_figure(october: list[EngineScript]) -> None:
    begin, end = midnight(date(2026, 1, 1)), midnight(clock.wib_date(NOW))
    before = [*sql.received(begin, end), *sql.decided(begin, end)]
    lay(BIRTH, WHOLE, NOW - timedelta(days=3), timedelta(minutes=5), CanaryCast())
    with clock.pretend(NOW - timedelta(days=3)):
        script_for(DOCTOR, TestCast()).open()
    assert Case.objects.filter(lane="canary").exists()
    assert [*sql.received(begin, end), *sql.decided(begin, end)] == before


def test_what_happens_today_is_published_tomorrow(october: list[EngineScript]) -> None:
    script = lay(BIRTH, WHOLE, NOW - timedelta(hours=1), timedelta(minutes=1), TestCast())
    november = Month(2026, 11)
    before = release.build(november, period.counted_until()).whole
    with clock.pretend(NOW + timedelta(days=1)):
        after = release.build(november, period.counted_until()).whole
    assert script.case().decided_at
    assert (before.cells["received"].value, after.cells["received"].hidden) == (0, True)


def test_anybody_reads_the_same_cells_on_the_page_and_in_the_files(october: list[EngineScript]) -> None:
    client = Client()
    page = text_of(client.get("/transparansi/2026/10/"))
    found = client.get("/transparansi/2026/10/data.json").json()
    rows = list(csv.DictReader(io.StringIO(text_of(client.get("/transparansi/2026/10/data.csv")))))
    assert len(rows) == sum(len(line["figures"]) for line in found["lines"])
    for row in rows:
        line = next(
            one
            for one in found["lines"]
            if (one["period"], one["agency"] or "", one["service"] or "")
            == (row["periode"], row["kode_instansi"], row["kode_layanan"])
        )
        figure = line["figures"][row["ukuran"]]
        assert (row["nilai"] and float(row["nilai"])) == ("" if figure["value"] is None else figure["value"])
        assert row["disembunyikan"] == ("ya" if figure["suppressed"] else "tidak")
        assert row["paling_sedikit"] == str(figure.get("at_least", ""))
    lines = [line for line in found["lines"] if line["agency"]]
    assert {line["level"] for line in lines} == {"agency", "service"}
    on_page = {row[0]: row[1:] for row in table_rows(page)}
    for line in lines:
        shown = on_page[line["service_name"] or line["agency_name"]]
        values = [None if text[0] in "–≥" else float(text.strip("%").replace(",", ".")) for text in shown[-5:]]
        wanted = [
            line["figures"][code]["value"] for code in ("received", "decided", "median_days", "p90_days", "on_time")
        ]
        assert values == wanted
        least = line["figures"]["on_time"].get("at_least")
        assert (shown[-1] == f"≥ {least}%") == (least is not None)


def table_rows(page: str) -> list[list[str]]:
    """The words in every row of every table of a page."""
    rows = re.findall(r"<tr.*?</tr>", page, re.DOTALL)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
    return [[html.unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in row] for row in cells]


def test_a_small_agency_is_nowhere(october: list[EngineScript]) -> None:
    client = Client()
    for address in ("", "data.csv", "data.json"):
        body = text_of(client.get(f"/transparansi/2026/10/{address}"))
        assert "POLRESTA" not in body
        assert "Kepolisian Resor" not in body
    assert sum(script.definition.code == POLICE for script in october) < K


def test_no_page_or_file_names_a_person(october: list[EngineScript]) -> None:
    people = {script.case().applicant for script in october}
    for address in ("", "data.csv", "data.json"):
        body = text_of(Client().get(f"/transparansi/2026/10/{address}"))
        assert not [person for person in people if person.name in body or person.nik in body]
        assert not [script for script in october if (script.case().tracking_code or "?") in body]


def test_unchanged_content_is_not_sent_again(october: list[EngineScript]) -> None:
    client = Client()
    for address in ("", "2026/10/", "data.csv", "2026/10/data.json"):
        first = client.get(f"/transparansi/{address}")
        assert first.status_code == 200
        again = client.get(f"/transparansi/{address}", headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])


def test_a_new_decision_makes_a_new_version_of_the_running_month(october: list[EngineScript]) -> None:
    client = Client()
    before = client.get("/transparansi/2026/11/")["ETag"]
    lay(BIRTH, WHOLE, NOW - timedelta(days=4), timedelta(minutes=5), TestCast())
    assert client.get("/transparansi/2026/11/")["ETag"] != before


def test_months_before_the_first_and_after_this_one_are_missing(october: list[EngineScript]) -> None:
    client = Client()
    for address in ("2026/12/", "2026/08/", "2026/13/", "2026/00/data.csv", "2099/01/data.json"):
        assert client.get(f"/transparansi/{address}").status_code == 404
    assert client.get("/transparansi/2026/09/").status_code == 200


@pytest.mark.django_db
def test_an_empty_mall_has_a_page_too() -> None:
    with clock.pretend(NOW):
        page = Client().get("/transparansi/")
    assert page.status_code == 200
    assert "Belum ada angka per instansi" in text_of(page)


def test_a_page_asks_a_constant_number_of_questions(october: list[EngineScript]) -> None:
    """Basis and names (2); when not kept also the transaction (2), limit, hand-ins, calendar (2 and 1 a site),
    decisions.
    """
    client = Client()
    cache.clear()
    with counted() as first:
        client.get("/transparansi/2026/10/")
    with counted() as second:
        client.get("/transparansi/2026/10/")
    assert (len(first), len(second)) == (10 + Site.objects.count(), 3)


def test_the_page_is_light_enough_for_a_slow_line(october: list[EngineScript]) -> None:
    assert len(Client().get("/transparansi/2026/10/").content) <= 100_000


def test_a_disturbance_of_a_national_system_does_not_count(october: list[EngineScript]) -> None:
    script = EngineScript(version_for_new_case(DOCTOR).definition, TestCast())
    begun = datetime(2026, 10, 12, 9, tzinfo=clock.WIB)
    for part in WHOLE[:-1]:
        with clock.pretend(begun):
            script.play(getattr(script, part))
    out, back = begun + timedelta(days=1), begun + timedelta(days=8)
    case = script.case()
    ledger.pass_to(case.pk, Held(Holder.NATIONAL, Reason.OUTAGE, ""), out)
    ledger.pass_to(case.pk, Held(Holder.MALL, Reason.DECIDING, ""), back)
    with clock.pretend(begun + timedelta(days=10)):
        script.decide()
    begin, end = midnight(date(2026, 10, 22)), midnight(date(2026, 10, 23))
    (row,) = [row for row in sql.decided(begin, end) if row.service == DOCTOR]
    assert (row.decided, row.on_time, row.median) == (1, 1, Decimal(3))


def test_a_database_that_takes_too_long_is_said_so(
    october: list[EngineScript], monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.clear()
    monkeypatch.setattr(publishing, "TIME_LIMIT", 1)
    monkeypatch.setattr(sql, "_RECEIVED", "SELECT pg_sleep(2), %(begin)s::text, %(end)s::text, 0")
    page = Client().get("/transparansi/2026/10/")
    assert page.status_code == 503
    assert "tidak tersedia" in text_of(page)


def test_the_page_stands_without_its_cache(october: list[EngineScript]) -> None:
    nowhere = settings.CACHES["default"] | {"LOCATION": "unix:///nowhere/valkey.sock"}
    with override_settings(CACHES={"default": nowhere}):
        assert Client().get("/transparansi/2026/10/").status_code == 200
