"""Every page of the managers' report against SQL that counts row by row: the same numbers on page and in file."""

import csv
import io
import re
from collections.abc import Iterator
from html import unescape

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from agencies.ids import new_id
from agencies.models import Agency
from mall.reports.tables import SHEETS
from tests.cases import DOCTOR, browser, staff, text_of
from tests.cases import at as played
from tests.clockwork import Counter, at
from tests.engine import TestCast
from tests.lasting import undone
from workflows import conduct
from workflows.actors import Actor
from workflows.cases import services
from workflows.cases.models import Case
from workflows.cases.queries import intervals
from workflows.clock import accounts
from workflows.clock.models import Holder, Reason
from workflows.definition.models import ServiceType
from workflows.duties.lines import Overtaking
from workflows.duties.order import Jump

pytestmark = pytest.mark.django_db

NOW, BEGIN = "2026-11-20 09:00", "2026-08-22 00:00+07"
"""When the manager looks, and the first moment of the ninety days before."""
CARD = "DUKCAPIL-KTP-BARU"
REAL = "JOIN workflows_case c ON c.id = x.case_id WHERE c.lane = 'real'"
OPEN = "c.lane = 'real' AND c.closed_at IS NULL AND c.state <> 'draft'"
CLOCKED = "('submitted','in_verification','returned','awaiting_recommendations','awaiting_decision','approved',"
CLOCKED += "'deemed_granted')"

ORACLE = {
    "terbuka": """SELECT c.agency_id, c.service_id, count(*),
        sum((c.due_at < %(now)s AND c.state IN {clocked})::int),
        sum((%(now)s - c.submitted_at < interval '7 days')::int),
        sum((%(now)s - c.submitted_at >= interval '7 days' AND %(now)s - c.submitted_at < interval '30 days')::int),
        sum((%(now)s - c.submitted_at >= interval '30 days')::int),
        max(extract(day FROM %(now)s - c.submitted_at)) FROM workflows_case c WHERE {open} GROUP BY 1, 2""",
    "tepat-waktu": """SELECT agency_id, service_id, count(*), sum(kept), sum(kept) * 100 / count(*) FROM (
        SELECT c.agency_id, c.service_id, (c.term_passed_at IS NULL AND c.decided_at <= c.due_at)::int AS kept
        FROM workflows_case c WHERE c.lane = 'real' AND c.decided_at >= %(begin)s) x GROUP BY 1, 2""",
    "pemegang": """SELECT coalesce(nullif(x.agency, ''), x.holder), x.reason, count(*),
        extract(day FROM %(now)s - min(x.opened_at))
        FROM workflows_interval x JOIN workflows_case c ON c.id = x.case_id WHERE {open} AND x.closed_at IS NULL
        GROUP BY x.agency, x.holder, x.reason""",
    "rekomendasi": """SELECT x.agency_id, sum((x.state = 'asked')::int),
        sum((x.state = 'asked' AND x.due_at < %(now)s)::int), sum((x.given_at >= %(begin)s)::int),
        sum((x.given_at >= %(begin)s AND x.given_at > x.due_at)::int)
        FROM workflows_recommendation x {real} AND (x.state = 'asked' OR x.given_at >= %(begin)s) GROUP BY 1""",
    "jeda": """SELECT c.agency_id, c.service_id, count(*), sum(x.late::int),
        sum((x.late AND x.effective_at IS NOT NULL)::int)
        FROM workflows_pause x {real} AND x.asked_at >= %(begin)s AND x.reason NOT IN ('paying', 'outage')
        GROUP BY 1, 2""",
    "pengembalian": """SELECT c.agency_id, c.service_id, count(*), sum((e.data ->> 'round' <> '1')::int),
        sum((e.data -> 'repeated' @> (e.data -> 'deficient'))::int)
        FROM workflows_event e JOIN workflows_case c ON c.id = e.subject_id
        WHERE c.lane = 'real' AND e.kind = 'case.returned' AND e.at >= %(begin)s GROUP BY 1, 2""",
    "waktu-bersih": """SELECT c.agency_id, c.service_id, coalesce(nullif(x.agency, ''), x.holder),
        count(DISTINCT c.id), round(extract(epoch FROM sum(x.closed_at - x.opened_at)) / 3600 / count(DISTINCT c.id))
        FROM workflows_interval x {real} AND c.closed_at >= %(begin)s AND c.submitted_at IS NOT NULL
        AND x.reason NOT IN ('drafting', 'correcting', 'paying', 'outage', 'force_majeure')
        AND x.closed_at <> x.opened_at GROUP BY c.agency_id, c.service_id, x.agency, x.holder""",
    "di-luar-urutan": """SELECT to_char(x.at AT TIME ZONE 'Asia/Jakarta', 'YYYY-MM'), x.agency_id, c.service_id,
        x.code, count(*), sum(x.passed) FROM workflows_overtaking x {real} GROUP BY 1, 2, 3, 4""",
    "alasan-didahulukan": """SELECT x.agency_id, c.service_id, x.code, x.note, x.passed
        FROM workflows_overtaking x {real} AND x.note <> '' AND x.at >= %(begin)s""",
    "arus": """SELECT m, (SELECT count(*) FROM workflows_case c WHERE c.lane = 'real'
          AND to_char(c.submitted_at AT TIME ZONE 'Asia/Jakarta', 'YYYY-MM') = m),
        (SELECT count(*) FROM workflows_case c WHERE c.lane = 'real'
          AND to_char(c.decided_at AT TIME ZONE 'Asia/Jakarta', 'YYYY-MM') = m),
        (SELECT count(*) FROM workflows_case c WHERE c.lane = 'real' AND c.state = 'issued'
          AND to_char(c.closed_at AT TIME ZONE 'Asia/Jakarta', 'YYYY-MM') = m)
        FROM (SELECT to_char(date '2025-12-01' + n * interval '1 month', 'YYYY-MM') AS m FROM generate_series(0, 11) n
        ) months""",
}


@pytest.fixture(scope="module")
def a_life(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[Counter]]:
    """What the pages are about, for all tests of this file."""
    with undone(django_db_blocker):
        yield lived()


def lived() -> list[Counter]:
    """Cases of three services: late and repeated returns, an issued one, open and decided ones, one out of turn."""
    cast = TestCast()
    late, again, done = Counter().submit("2026-10-05 09:00"), Counter(), Counter(days=3)
    late.send_back("2026-10-16 10:00", "ktp")
    again.submit("2026-10-05 09:00")
    again.send_back("2026-10-06 10:00", "ktp")
    again.answer("2026-10-07 09:00", "ktp")
    again.send_back("2026-10-09 10:00", "denah")
    again.answer("2026-10-12 09:00", "denah")
    again.accept("2026-10-13 09:00")
    done.submit("2026-10-20 09:00")
    done.accept("2026-11-02 09:00")
    for counter, decided, issued in ((again, "2026-10-16 11:00", "2026-10-19 08:00"), (done, NOW, "")):
        with at(decided):
            counter.script.decide()
        if issued:
            by = Actor.system("documents")
            counter.do(
                issued,
                services.attach_document,
                case_id=counter.case_id,
                by=by,
                document_id=new_id(),
                sha256="0" * 64,
            )
    with at("2026-11-10 09:00"):
        played("checked", cast=cast)
        played("decided", CARD, cast)
        played("submitted", cast=cast)
    with at("2026-11-18 09:00"):
        jumping = played("submitted", cast=cast)
        by = cast.player("verifier", "DPMPTSP")
        services.take(case_id=jumping.case_id, by=by, jump=Jump("other", "Bencana di lokasi"))
    return [late, again, done]


def oracle(slug: str) -> list[list[str]]:
    """The rows as SQL has them, with the words of the page in place of codes."""
    words = {one.code: one.name for one in Agency.objects.all()}
    words |= {one.code: one.name_id for one in ServiceType.objects.all()}
    words |= {str(one): str(one.label) for kind in (Reason, Holder, Overtaking.Code) for one in kind}
    with at(NOW) as now, connection.cursor() as cursor:
        cursor.execute(ORACLE[slug].format(real=REAL, open=OPEN, clocked=CLOCKED), {"now": now, "begin": BEGIN})
        rows = cursor.fetchall()
    return sorted(
        [words.get(cell, cell) if isinstance(cell, str) else str(int(cell or 0)) for cell in row] for row in rows
    )


def of_file(slug: str) -> list[list[str]]:
    """The rows of the file that a manager downloads."""
    with at(NOW):
        text = text_of(browser(staff("manager")).get(f"/laporan/{slug}/unduh.csv")).removeprefix("\ufeff")
    return list(csv.reader(io.StringIO(text, newline="")))[1:]


def of_page(slug: str) -> list[list[str]]:
    """The rows of the table on the page, numbers without their dots."""
    with at(NOW):
        text = text_of(browser(staff("manager")).get(f"/laporan/{slug}/"))
    body = text.partition("<tbody")[2].partition("</tbody>")[0]
    rows = [re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL) for row in body.split("</tr>")]
    return [[unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in row] for row in rows if row]


def test_there_is_an_oracle_for_every_page() -> None:
    assert set(ORACLE) == set(SHEETS)


@pytest.mark.parametrize("slug", sorted(ORACLE))
def test_page_and_file_have_the_numbers_of_the_oracle(a_life: list[Counter], slug: str) -> None:
    expected = oracle(slug)
    assert expected
    first = 1 if slug == "alasan-didahulukan" else 0  # its day is written out in words
    assert sorted(row[first:] for row in of_file(slug)) == expected
    assert sorted(row[first:] for row in of_page(slug)) == expected


def test_home_sums_what_the_pages_say(a_life: list[Counter]) -> None:
    with at(NOW):
        shown = re.sub(r"\s+", " ", text_of(browser(staff("manager")).get("/laporan/")))
    work, kept = oracle("terbuka"), oracle("tepat-waktu")
    late, whole = sum(int(row[3]) for row in work), sum(int(row[2]) for row in work)
    assert f"{late} dari {whole} permohonan terbuka terlambat." in shown
    decided, on_time = sum(int(row[2]) for row in kept), sum(int(row[3]) for row in kept)
    assert 0 < on_time < decided
    assert f"{on_time * 100 // decided} persen dari {decided} keputusan" in shown


def test_late_pause_and_repeated_return_are_counted_by_the_figures(a_life: list[Counter]) -> None:
    [row] = of_file("jeda")
    assert row[2:] == ["2", "1", "0"]
    [row] = of_file("pengembalian")
    assert row[2:] == ["3", "1", "1"]


def test_net_time_by_party_sums_to_the_net_time_of_the_account(a_life: list[Counter]) -> None:
    with at(BEGIN[:16]) as since, at(NOW) as until:
        told = conduct.spent(None, since=since, until=until)
        ended = Case.objects.filter(lane="real", closed_at__isnull=False).select_related("service_version")
        nets = [accounts.of(case, intervals(case)).net.total_seconds() for case in ended]
    assert nets
    assert sum(one.seconds for one in told) == pytest.approx(sum(nets), abs=len(told))
    assert {one.service for one in told} == {case.service.name_id for case in ended}


def test_agency_manager_reads_no_word_of_another_agency(a_life: list[Counter]) -> None:
    with at(NOW):
        tab = browser(staff("manager", "DUKCAPIL"))
        pages = [text_of(tab.get(f"/laporan/{slug}/")) for slug in ("jeda", "pengembalian", "alasan-didahulukan")]
    for shown in pages:
        assert "Uji jam" not in shown
        assert "Bencana di lokasi" not in shown
    assert DOCTOR != CARD
