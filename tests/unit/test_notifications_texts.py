"""Every text in every language: there, whole, and without anything it must not say."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.urls import resolve

from agencies.ids import new_id
from notifications.links import case_url
from notifications.models import Language
from notifications.staff_table import OFFICE_TABLE, STAFF_TABLE
from notifications.table import TABLE
from notifications.texts import FOLDER, SUBJECTS, write

TEMPLATES = sorted({told.template for told in TABLE.values()})
NOTICES = sorted({notice.template for row in STAFF_TABLE.values() for notice in row})
OFFICE = sorted(OFFICE_TABLE.values())
FACTS: dict[str, Any] = {
    "reference": "MPP-2026-000123",
    "tracking_code": "ABCDEFGH",
    "service": "Izin <Contoh> & Uji",
    "link": "http://contoh.id/permohonan/1/",
    "complaints": "Meja pengaduan.",
    "due": "22 November 2026",
    "answer_by": "23 November 2026",
    "amount": "Rp 25.000",
    "visit_agency": "Dinas Kesehatan",
    "visit_day": "24 November 2026",
    "number": "503/1/2026",
    "last_day": "25 November 2026",
    "expires": "26 November 2026",
}
NEEDED = {
    "id": ("MPP-2026-000123", "http://contoh.id/permohonan/1/", "Meja pengaduan.", "di luar tagihan resmi", "LAKUKAN"),
    "en": ("MPP-2026-000123", "http://contoh.id/permohonan/1/", "Meja pengaduan.", "official bill", "NEED TO DO"),
}


@pytest.mark.parametrize("language", Language.values)
@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("choice", [{}, {"document": True, "unpaid": True, "double": True}, {"pickup": True}])
def test_writer_makes_a_whole_message_of_every_text(template: str, language: str, choice: dict[str, bool]) -> None:
    written = write(template, language, FACTS | choice)
    assert all(part in written.body for part in NEEDED[language])
    assert "Izin <Contoh> & Uji" in written.body
    assert "{" not in written.body + written.title
    assert not re.search(r"\n{3,}| {2,}| \.", written.body)
    assert 10 <= len(written.title) <= 80
    assert written.subject == SUBJECTS[language].format(reference="MPP-2026-000123")


@pytest.mark.parametrize("language", Language.values)
@pytest.mark.parametrize("template", TEMPLATES)
def test_writer_leaves_out_a_day_that_is_not_known(template: str, language: str) -> None:
    empty = dict.fromkeys(FACTS, "") | {"reference": "MPP-2026-000123"}
    written = write(template, language, empty)
    assert "paling lambat ." not in written.body
    assert " by  at the latest" not in written.body


@pytest.mark.parametrize("language", Language.values)
def test_writer_sends_nobody_without_account_to_a_page(language: str) -> None:
    body = write("received", language, FACTS | {"link": ""}).body
    assert not {"Lihat permohonan Anda:", "See your application:"} & set(body.splitlines())
    assert not re.search(r"\n{3,}", body)


def test_folder_holds_one_file_for_each_text_and_language_and_no_other() -> None:
    wanted = {f"{name}.{language}.txt" for name in (*TEMPLATES, "frame") for language in Language.values}
    wanted |= {f"{name}.id.txt" for name in (*NOTICES, *OFFICE, "staff/frame", "staff/office")}
    folder = FOLDER / "messages"
    assert {str(path.relative_to(folder)) for path in folder.rglob("*.txt")} == wanted


@pytest.mark.parametrize("template", NOTICES)
def test_writer_makes_a_whole_notice_of_every_text_for_staff(template: str) -> None:
    written = write(template, "id", {**FACTS, "event": {}})
    assert all(part in written.body for part in ("MPP-2026-000123", "Izin <Contoh> & Uji", "YANG PERLU ANDA LAKUKAN"))
    assert not re.search(r"\n{3,}| {2,}| \.|{", written.body + written.title)
    assert 10 <= len(written.title) <= 80


@pytest.mark.parametrize("template", OFFICE)
@pytest.mark.parametrize("clock", ["verify", "follow_up", "resolve"])
def test_writer_makes_a_whole_notice_of_what_is_no_case(template: str, clock: str) -> None:
    said = {"reference": "ABCDEFGH", "link": "http://contoh.id/pengaduan/meja/1/", "event": {"clock": clock}}
    written = write(template, "id", said, "Pemberitahuan ABCDEFGH")
    assert all(part in written.body for part in ("ABCDEFGH", said["link"], "YANG PERLU ANDA LAKUKAN"))
    assert not re.search(r"\n{3,}| {2,}| \.|{", written.body + written.title)
    assert 10 <= len(written.title) <= 80
    assert written.subject == "Pemberitahuan ABCDEFGH"


def test_link_of_a_message_leads_to_the_page_of_the_case() -> None:
    case_id = new_id()
    found = resolve(urlsplit(case_url(case_id)).path)
    assert (found.view_name, found.kwargs) == ("portal:case", {"case_id": case_id})
