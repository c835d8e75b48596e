"""Clocks that lie and tables that end: the year in WIB, leap days, wrong server zones, a year nobody decreed."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from agencies import checks, clock
from agencies.clock import WIB
from agencies.errors import Unavailable
from agencies.ids import new_id
from agencies.models import Holiday, HolidayKind, OpeningException
from agencies.workdays import Calendar, Hours, arrival_day, due_at
from mall.runtime import prepare
from tests.cases import browser, staff, text_of
from tests.engine import fresh, played
from workflows.cases import services

pytestmark = pytest.mark.django_db
DOCTOR = "DPMPTSP-SIP-DOKTER"
ROOT = Path(__file__).parents[2]


def due(*words: str) -> str:
    """What `manage.py due` prints."""
    out = StringIO()
    call_command("due", *words, stdout=out)
    return out.getvalue()


def test_m07_due_command_prints_arrival_due_date_and_the_days_skipped() -> None:
    told = due(DOCTOR, "--received", "2026-03-16 09:00").splitlines()
    assert told[0] == f"{DOCTOR}: 5 working days, at MPP"
    assert told[1:4] == [
        "received  Mon 2026-03-16 09:00 WIB",
        "arrived   Mon 2026-03-16",
        "due       Mon 2026-03-30 14:00 WIB",
    ]
    assert told[4] == "skipped   4 weekend days, 5 holidays"
    assert [line.split()[1] for line in told[5:]] == [f"2026-03-{day}" for day in (18, 19, 20, 23, 24)]
    assert "CUTI_BERSAMA" in told[5]


def test_m29_due_command_counts_a_filing_after_midnight_wib_as_that_day() -> None:
    assert "arrived   Mon 2026-01-05" in due(DOCTOR, "--received", "2026-01-04T17:30+00:00")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ((DOCTOR, "--received", "2027-12-30 09:00"), "hari libur tahun 2028 belum tersedia"),
        (("TIDAK-ADA",), "."),
        ((DOCTOR, "--received", "besok"), "no moment"),
        ((DOCTOR, "--site", "BULAN"), "no site BULAN"),
    ],
)
def test_due_command_refuses_with_one_sentence(words: tuple[str, ...], why: str) -> None:
    with pytest.raises(CommandError, match=why):
        due(*words)


def test_year_ends_in_wib_and_not_in_utc() -> None:
    calendar = Calendar.load(date(2026, 12, 31))
    filed = datetime(2026, 12, 31, 17, 30, tzinfo=UTC)  # 00:30 on New Year's Day in Banyuwangi
    assert clock.wib_date(filed) == date(2027, 1, 1)
    assert arrival_day(filed, calendar, Hours()) == date(2027, 1, 4)  # a holiday, then a weekend
    assert arrival_day(filed - timedelta(hours=1), calendar, Hours()) == date(2027, 1, 4)
    assert arrival_day(filed - timedelta(hours=11), calendar, Hours()) == date(2026, 12, 31)


def test_leap_day_is_a_working_day_like_any_other() -> None:
    Holiday.objects.create(date=date(2028, 1, 1), name="Tahun Baru", kind=HolidayKind.NATIONAL)
    calendar = Calendar.load(date(2028, 2, 1))
    monday = datetime(2028, 2, 28, 9, tzinfo=WIB)
    assert clock.wib_date(due_at(monday, 1, calendar, Hours())) == date(2028, 2, 29)
    assert clock.wib_date(due_at(monday, 2, calendar, Hours())) == date(2028, 3, 1)
    assert calendar.working_days_between(date(2028, 2, 25), date(2028, 3, 3)) == 5


@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Kiritimati"])
def test_zone_of_the_server_changes_no_date(zone: str) -> None:
    script = (
        "import django; django.setup()\n"
        "from datetime import date, datetime, UTC\n"
        "from agencies import clock\n"
        "from agencies.workdays import Calendar, Hours, arrival_day, due_at\n"
        "days = Calendar(frozenset({date(2027, 1, 1)}), frozenset({2026, 2027}))\n"
        "at = datetime(2026, 12, 31, 17, 30, tzinfo=UTC)\n"
        "print(clock.wib_date(at), arrival_day(at, days, Hours()), due_at(at, 3, days, Hours()).isoformat())\n"
        "print(abs((clock.now() - datetime.now(tz=UTC)).total_seconds()) < 5)\n"
    )
    env = os.environ | {"TZ": zone, "DJANGO_SETTINGS_MODULE": "mall.settings.test", "PYTHONPATH": str(ROOT)}
    told = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True, check=True).stdout
    assert told.split() == ["2027-01-01", "2027-01-04", "2027-01-07T14:00:00+07:00", "True"]


def test_missing_table_promises_no_date_keeps_the_draft_whole_and_lets_it_be_sent_later() -> None:
    script = played(DOCTOR, "open", "answer", "attach")
    before, papers = fresh(script.case_id), script.case().attachments.count()
    with clock.pretend(datetime(2028, 3, 6, 9, tzinfo=WIB)):
        with pytest.raises(Unavailable, match="tanggal belum dapat dijanjikan"):
            services.submit(case_id=script.case_id, by=script.who.actor, key=new_id())
        after = fresh(script.case_id)
        assert (after.state, after.answers, after.reference) == ("draft", before.answers, None)
        assert script.case().attachments.count() == papers
        Holiday.objects.create(date=date(2028, 1, 1), name="Tahun Baru", kind=HolidayKind.NATIONAL)
        assert services.submit(case_id=script.case_id, by=script.who.actor, key=new_id()).reference


def test_applicant_reads_why_no_date_can_be_promised() -> None:
    script = played(DOCTOR, "open", "answer", "attach")
    user = fresh(script.case_id).applicant.user
    Holiday.objects.all().delete()
    tab = browser(user)
    tab.get(f"/permohonan/{script.case_id}/periksa/")
    answer = tab.post(f"/permohonan/{script.case_id}/periksa/", {"key": str(new_id()), "agree": "on", "true": "on"})
    assert answer.status_code == 503
    assert "tanggal belum dapat dijanjikan" in text_of(answer)
    assert fresh(script.case_id).state == "draft"


def test_late_arrival_counts_the_same_day_where_the_setting_says_so(settings: Any) -> None:
    calendar, late = Calendar.load(date(2026, 3, 16)), datetime(2026, 3, 16, 20, tzinfo=WIB)
    assert arrival_day(late, calendar, Hours()) == date(2026, 3, 17)
    settings.MALL_LATE_ARRIVAL_NEXT_DAY = False
    assert arrival_day(late, calendar, Hours()) == date(2026, 3, 16)
    saturday = datetime(2026, 3, 14, 10, tzinfo=WIB)
    assert arrival_day(saturday, calendar, Hours()) == date(2026, 3, 16)
    OpeningException.objects.create(site_id="MPP", date=date(2026, 3, 16), reason="Tutup")
    assert arrival_day(late, calendar, Hours.load("MPP")) == date(2026, 3, 17)


def test_s09_missing_cuti_bersama_is_warned_of_from_november_at_the_start_in_check_and_on_the_pages() -> None:
    Holiday.objects.filter(kind=HolidayKind.CUTI_BERSAMA, date__year=2027).delete()
    admin = browser(staff("administrator"))
    with clock.pretend(datetime(2026, 10, 31, 12, tzinfo=WIB)):
        assert checks.cuti_bersama_is_known(None) == []
        assert "2027 belum ada" not in text_of(admin.get("/meja/administrasi/"))
    with clock.pretend(datetime(2026, 10, 31, 17, tzinfo=UTC)):  # 1 November in Banyuwangi
        [warning] = checks.cuti_bersama_is_known(None)
        assert warning.id == "agencies.W001"
        assert "2027" in warning.msg
        said: list[str] = []
        prepare.warn(said.append)
        assert "no cuti bersama for 2027" in said[0]
        for page in ("", "libur/"):
            assert "Cuti bersama tahun 2027 belum ada" in text_of(admin.get(f"/meja/administrasi/{page}"))
