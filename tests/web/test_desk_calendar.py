"""Administrators keep the calendar: a decree from a file, the hours of a site, dates with hours of their own."""

from datetime import date, time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from agencies.models import Holiday, OpeningException, OpeningHours
from agencies.services.holiday_file import read_holidays, write_holidays
from tests.cases import browser, staff, text_of
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db
FILE = "/meja/administrasi/libur/impor/"
HOURS = "/meja/administrasi/jam/MPP/"
GOOD = """date,name,kind,decree_no
2028-01-01,Tahun Baru,NATIONAL,SKB 1/2027
2028-01-03,Cuti bersama,CUTI_BERSAMA,SKB 1/2027
"""
BAD = """date;name;kind;decree_no
2028-01-01;Tahun Baru;NATIONAL;SKB 1/2027
2028-02-30;Tidak ada;NATIONAL;SKB 1/2027

2028-03-01;;LIBUR;
2028-01-01;Lagi;NATIONAL;SKB 1/2027
2028-04-01;Kurang
"""


def test_administrator_sees_what_a_decree_would_change_and_then_imports_it():
    tab = browser(staff("administrator"))
    shown = text_of(tab.post(FILE, {"do": "preview", "chosen": SimpleUploadedFile("skb.csv", GOOD.encode())}))
    assert "1 Januari 2028" in shown
    assert "Baru" in shown
    assert "2028-01-03,Cuti bersama" in shown  # the box holds what was read, so that it can be sent on or put right
    assert not Holiday.objects.filter(date__year=2028).exists()
    assert tab.post(FILE, {"do": "import", "file": GOOD}).status_code == 302
    assert list(Holiday.objects.filter(date__year=2028).values_list("kind", "decree_no", "source")) == [
        ("NATIONAL", "SKB 1/2027", "import"),
        ("CUTI_BERSAMA", "SKB 1/2027", "import"),
    ]
    assert Event.objects.get(subject_kind="calendar").data["added"] == ["2028-01-01", "2028-01-03"]
    again = text_of(tab.post(FILE, {"do": "preview", "file": GOOD.replace("Tahun Baru", "Tahun Baru Masehi")}))
    assert "Diperbaiki" in again
    assert "Sudah ada" in again


def test_faulty_file_is_told_line_by_line_and_nothing_of_it_is_imported():
    answer = browser(staff("administrator")).post(FILE, {"do": "import", "file": BAD})
    shown = text_of(answer)
    assert answer.status_code == 422
    for told in (
        "Baris 3: tanggal “2028-02-30” tidak dikenal",
        "Baris 5: nama hari libur kosong",
        "Baris 5: nomor keputusan kosong",
        "Baris 5: jenis “LIBUR” tidak dikenal",
        "Baris 6: sama dengan baris 2",
        "Baris 7: harus ada 4 kolom",
    ):
        assert told in shown, told
    assert "2028-04-01;Kurang" in shown
    assert not Holiday.objects.filter(date__year=2028).exists()


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"file": ""}, "Baris 1: kolomnya harus"),
        ({"file": "date,name,kind,decree_no\n"}, "tidak berisi hari libur"),
        ({"chosen": SimpleUploadedFile("skb.csv", b"\xff\xfe")}, "bukan teks UTF-8"),
        ({"chosen": SimpleUploadedFile("skb.csv", b"x" * 200_001)}, "terlalu besar"),
    ],
)
def test_file_that_cannot_be_read_is_said_to_be_one(said, why):
    answer = browser(staff("administrator")).post(FILE, {"do": "preview", **said})
    assert answer.status_code == 422
    assert why in text_of(answer)


def test_writing_a_decree_again_changes_nothing():
    rows = read_holidays(GOOD)
    assert write_holidays(rows, source="import") == 2
    assert write_holidays(rows, source="import") == 0


def test_administrator_sets_the_week_of_a_site_and_typing_errors_lose_nothing():
    tab = browser(staff("administrator"))
    assert "08:00-14:00" in text_of(tab.get(HOURS))
    week = {"day0": "08.00 - 15.30", "day5": "09:00-12:00"}
    wrong = tab.post(HOURS, week | {"day1": "delapan", "day2": "15:00-08:00"})
    assert wrong.status_code == 422
    assert "delapan" in text_of(wrong)
    assert "08.00 - 15.30" in text_of(wrong)
    assert tab.post(HOURS, week | {"day2": "15:00-08:00"}).status_code == 422
    assert OpeningHours.objects.filter(site_id="MPP").count() == 5
    assert tab.post(HOURS, week).status_code == 302
    assert list(OpeningHours.objects.filter(site_id="MPP").order_by("weekday").values_list("weekday", "closes")) == [
        (0, time(15, 30)),
        (5, time(12, 0)),
    ]
    assert tab.post(HOURS, {"day0": ""}).status_code == 422


def test_administrator_adds_a_date_with_hours_of_its_own_and_takes_it_out_again():
    tab = browser(staff("administrator"))
    said = {"day_day": "10", "day_month": "10", "day_year": "2030", "hours": "09:00-22:00", "reason": "Festival"}
    page = f"{HOURS}tanggal/"
    assert "hours" in text_of(tab.get(page))
    assert tab.post(page, said | {"reason": ""}).status_code == 422
    assert tab.post(page, said | {"hours": "22:00-09:00"}).status_code == 422
    tab.post(page, said)
    row = OpeningException.objects.get(date=date(2030, 10, 10))
    assert (row.opens, row.closes, row.reason) == (time(9), time(22), "Festival")
    assert "10 Oktober 2030" in text_of(tab.get(HOURS))
    gone = f"{HOURS}2030-10-10/hapus/"
    assert "Festival" in text_of(tab.get(gone))
    tab.post(gone)
    assert not OpeningException.objects.exists()
    assert tab.get(gone).status_code == 404


@pytest.mark.parametrize("address", [FILE, HOURS, "/meja/administrasi/jam/", f"{HOURS}tanggal/"])
def test_nobody_else_keeps_the_calendar(address):
    assert browser(staff("manager")).get(address).status_code == 403
    assert browser(staff("administrator", "DINKES")).get(address).status_code == 403
    assert browser(staff("administrator")).get(address.replace("MPP", "BULAN")).status_code in (200, 404)
