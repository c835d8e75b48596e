"""The holiday table and who is told when it changes."""

from datetime import date
from typing import Any

import pytest

from agencies import hooks, queries, services
from agencies.errors import Invalid, Missing
from agencies.hooks import HolidayChange
from agencies.loader import load_holidays
from agencies.models import Holiday, HolidayKind
from agencies.workdays import Calendar
from tests.factories import make_user

pytestmark = pytest.mark.django_db
DAY = date(2026, 8, 18)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[HolidayChange]:
    """What hooks heard, others' hooks kept out."""
    monkeypatch.setattr(hooks, "_holiday_callbacks", [])
    heard: list[HolidayChange] = []
    hooks.on_holiday_changed(heard.append)
    return heard


def test_a_new_holiday_is_told_once(told: list[HolidayChange]) -> None:
    user = make_user()
    services.set_holiday(date=DAY, name="Cuti Bersama", kind="CUTI_BERSAMA", decree_no="SKB contoh", by=user)
    services.set_holiday(date=DAY, name="Cuti Bersama Kemerdekaan", kind="CUTI_BERSAMA", by=user)
    services.set_holiday(date=DAY, name="Hari Jadi", kind="LOCAL", by=user)
    assert told == [HolidayChange(added=(DAY,), by=user.pk)]
    assert [row.name for row in Holiday.objects.filter(date=DAY)] == ["Cuti Bersama Kemerdekaan", "Hari Jadi"]


def test_a_removal_is_told_when_the_day_works_again(told: list[HolidayChange]) -> None:
    services.set_holiday(date=DAY, name="Cuti Bersama", kind="CUTI_BERSAMA")
    services.set_holiday(date=DAY, name="Hari Jadi", kind="LOCAL")
    told.clear()
    services.remove_holiday(date=DAY, kind="LOCAL")
    assert told == []
    services.remove_holiday(date=DAY, kind="CUTI_BERSAMA")
    assert told == [HolidayChange(removed=(DAY,))]
    with pytest.raises(Missing):
        services.remove_holiday(date=DAY, kind="CUTI_BERSAMA")


def test_a_hook_that_fails_undoes_the_change(told: list[HolidayChange]) -> None:
    def burst(_change: HolidayChange) -> None:
        raise RuntimeError("no")

    hooks.on_holiday_changed(burst)
    with pytest.raises(RuntimeError):
        services.set_holiday(date=DAY, name="Cuti", kind="CUTI_BERSAMA")
    assert not Holiday.objects.filter(date=DAY).exists()


def test_registering_twice_is_registering_once(told: list[HolidayChange]) -> None:
    calls: list[HolidayChange] = []
    callback = calls.append
    hooks.on_holiday_changed(callback)
    hooks.on_holiday_changed(callback)
    services.set_holiday(date=DAY, name="Cuti", kind="CUTI_BERSAMA")
    assert len(calls) == 1


def test_faulty_holidays_are_refused() -> None:
    with pytest.raises(Invalid) as told:
        services.set_holiday(date=DAY, name=" ", kind="WEEKEND")
    assert set(told.value.fields) == {"name", "kind"}


@pytest.mark.usefixtures("bare")
def test_the_seed_carries_cuti_bersama_and_elections(told: list[HolidayChange]) -> None:
    new = load_holidays()
    count = {
        kind: Holiday.objects.filter(date__year=2026, kind=kind).count()
        for kind in (HolidayKind.NATIONAL, HolidayKind.CUTI_BERSAMA)
    }
    assert count == {"NATIONAL": 17, "CUTI_BERSAMA": 8}
    elections = Holiday.objects.filter(kind=HolidayKind.ELECTION).values_list("date", flat=True)
    assert list(elections) == [date(2024, 2, 14), date(2024, 11, 27)]
    assert Holiday.objects.count() == new
    assert {found.year for found in Holiday.objects.dates("date", "year")} == {2024, 2025, 2026, 2027}
    assert not Holiday.objects.exclude(source__startswith="holidays ").exists()
    assert len(told) == 1
    assert len(told[0].added) == len(set(told[0].added)) == Holiday.objects.dates("date", "day").count()


def test_seeding_again_changes_nothing_that_people_corrected(told: list[HolidayChange]) -> None:
    load_holidays()
    services.remove_holiday(date=date(2027, 3, 10), kind="NATIONAL")
    told.clear()
    assert load_holidays() == 0
    assert told == []
    assert not Holiday.objects.filter(date=date(2027, 3, 10)).exists()
    assert services.import_holidays([2027]) == 1
    assert told == [HolidayChange(added=(date(2027, 3, 10),))]


@pytest.mark.usefixtures("bare")
def test_importing_nothing_and_other_years(told: list[HolidayChange]) -> None:
    assert services.import_holidays([]) == 0
    assert services.import_holidays([2025]) == 28
    assert Calendar.load(date(2025, 6, 1)).years == {2025}


def test_missing_cuti_bersama_is_noticed_from_november(django_assert_num_queries: Any) -> None:
    load_holidays()
    with django_assert_num_queries(1):  # the years that have cuti bersama
        assert queries.year_without_cuti_bersama(date(2027, 10, 31)) is None
    assert queries.year_without_cuti_bersama(date(2027, 11, 1)) == 2028
    assert queries.year_without_cuti_bersama(date(2028, 1, 1)) == 2028


@pytest.mark.parametrize("typed", ["20270310", "2027-W10-3", "0207-03-10", "31/12/2027", "46388", "2027-02-31"])
def test_day_that_is_not_written_as_documented_is_refused(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        services.read_holidays(f"date,name,kind,decree_no\n{typed},Nyepi,NATIONAL,SKB 1/2026\n")
    assert refused.value.fields["file"] == [f"Baris 2: tanggal “{typed}” tidak dikenal, tulis seperti 2027-03-10."]


def test_empty_columns_at_the_end_that_spreadsheets_keep_are_passed_over() -> None:
    rows = services.read_holidays("date;name;kind;decree_no;;\n2027-03-10;Nyepi;NATIONAL;SKB 1/2026;;\n;;;;;\n")
    assert [(row.line, row.name) for row in rows] == [(2, "Nyepi")]
