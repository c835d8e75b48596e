"""Files for SP4N-LAPOR! and its numbers back: never who is anonymous, and nothing half taken."""

import csv
import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from agencies import clock
from agencies.errors import Invalid, Refused
from mall.voice.complaints.models import Complaint
from mall.voice.complaints.services import exchanging
from mall.voice.complaints.services.exchanging import COLUMNS, Chosen
from tests import complaints
from tests.web.portal import Citizen
from workflows.actors import Actor
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db


def today() -> Chosen:
    """What came today."""
    return Chosen(clock.today(), clock.today())


def cells(content: bytes) -> list[dict[str, str]]:
    """The lines of a CSV file."""
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def three() -> dict[str, Complaint]:
    """One complaint of each manner."""
    by = Actor.of(Citizen().user)
    said = {"named": {"contact": "0812-nama"}, "confidential": {"contact": "0812-rahasia"}, "anonymous": {}}
    return {manner: complaints.file(by=by, manner=manner, **more) for manner, more in said.items()}


def test_file_holds_the_agreed_columns_and_the_identity_of_the_named_only() -> None:
    made, centre = three(), Actor.of(complaints.handler())
    found = {row["kode"]: row for row in cells(exchanging.as_csv(exchanging.export(by=centre, chosen=today())))}
    assert {tuple(row) for row in found.values()} == {COLUMNS}
    named = found[made["named"].code]
    assert named["pelapor"] == made["named"].person.name  # type: ignore[union-attr]
    assert named["kontak"] == "0812-nama"
    for manner in ("confidential", "anonymous"):
        assert (found[made[manner].code]["pelapor"], found[made[manner].code]["kontak"]) == ("", "")
    event = Event.objects.get(kind="complaint.exported")
    assert event.data["count"] == 3
    assert event.actor_id == centre.user_id


def test_text_that_a_spreadsheet_would_run_is_made_harmless() -> None:
    complaints.file(text='=HYPERLINK("http://jahat")')
    rows = exchanging.export(by=Actor.system("lapor"), chosen=today())
    assert cells(exchanging.as_csv(rows))[0]["isi"].startswith("'=")
    with zipfile.ZipFile(io.BytesIO(exchanging.as_xlsx(rows))) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_numbers_come_back_and_the_same_file_again_changes_nothing() -> None:
    one, two = complaints.file(), complaints.file()
    centre, text = Actor.of(complaints.handler()), f"kode,nomor_lapor\r\n{one.code},111\r\n{two.code.lower()}, 222\r\n"
    assert exchanging.import_numbers(by=centre, content=text.encode()) == 2
    assert exchanging.import_numbers(by=centre, content=text.encode()) == 0
    two.refresh_from_db()
    assert two.lapor_number == "222"
    left = exchanging.export(by=centre, chosen=today())
    assert len(left) == 1, "what has a number does not go out again"
    assert len(exchanging.export(by=centre, chosen=Chosen(clock.today(), clock.today(), again=True))) == 3


def test_every_faulty_line_is_named_and_nothing_is_half_taken() -> None:
    one, two, three = complaints.file(), complaints.file(), complaints.file()
    centre = Actor.of(complaints.handler())
    exchanging.import_numbers(by=centre, content=f"kode,nomor_lapor\n{three.code},900\n".encode())
    text = f"kode,nomor_lapor\n{one.code},111\nTIDAKADA,112\n{two.code},\n{three.code},901\n{two.code},900\n"
    with pytest.raises(Invalid) as error:
        exchanging.import_numbers(by=centre, content=text.encode())
    told = "\n".join(error.value.fields["file"])
    for line, word in ((3, "tidak dikenal"), (4, "kosong"), (5, "sudah bernomor 900"), (6, "sudah dipakai")):
        assert any(one.startswith(f"Baris {line}:") and word in one for one in told.split("\n")), told
    one.refresh_from_db()
    assert one.lapor_number == ""
    for bad in (b"", b"a,b\n1,2\n", b"\xff\xfe\x00", b"kode,nomor_lapor\n"):
        with pytest.raises(Invalid):
            exchanging.import_numbers(by=centre, content=bad)


def test_only_the_centre_carries_files() -> None:
    for user in (complaints.handler("DINKES"), complaints.inspector()):
        with pytest.raises(Refused):
            exchanging.export(by=Actor.of(user), chosen=today())
        with pytest.raises(Refused):
            exchanging.import_numbers(by=Actor.of(user), content=b"kode,nomor_lapor\n")


def test_centre_downloads_and_uploads_on_its_page() -> None:
    complaint, client = complaints.file(), Client()
    client.force_login(complaints.handler())
    day = clock.today()
    said = {"form": "csv"}
    for name in ("first", "last"):
        said |= {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}
    assert client.get(reverse("voice:lapor")).status_code == 200
    answer = client.post(reverse("voice:lapor_export"), said)
    assert cells(answer.content)[0]["kode"] == complaint.code
    assert client.post(reverse("voice:lapor_export"), said | {"last_year": "2020"}).status_code == 422
    file = io.BytesIO(f"kode,nomor_lapor\n{complaint.code},77\nSALAH,78\n".encode())
    file.name = "nomor.csv"
    refused = client.post(reverse("voice:lapor_numbers"), {"file": file})
    assert refused.status_code == 422
    assert "Baris 3" in refused.content.decode()


def test_command_writes_the_file(tmp_path: Path) -> None:
    complaint = complaints.file()
    call_command("export_lapor", str(tmp_path / "a.csv"))
    assert cells((tmp_path / "a.csv").read_bytes())[0]["kode"] == complaint.code
    call_command("export_lapor", str(tmp_path / "a.xlsx"), since=date(2020, 1, 1))
    assert zipfile.is_zipfile(tmp_path / "a.xlsx")
    with pytest.raises(CommandError):
        call_command("export_lapor", str(tmp_path / "a.doc"))
