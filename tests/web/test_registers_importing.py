"""Files of the registers: checked line by line, previewed masked, put in force, replaced, destroyed."""

import base64
import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from agencies import clock
from agencies.errors import Conflict, Invalid, Missing, Refused
from mall.registers import own
from mall.registers.access import opened
from mall.registers.choices import BatchState
from mall.registers.models import Batch, Entry
from mall.registers.services import correcting, importing, retention
from tests import registers
from tests.factories import make_nik, make_user
from tests.regency import xlsx
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db
NIK = "3510160505900001"


def row(**said: str) -> bytes:
    """A file of one row of poverty, spoiled."""
    usual = {"nik": NIK, "nama": "Siti", "wilayah": "35.10.16", "desil": "1", "status": "miskin", "tahun": "2026"}
    told = usual | said
    return f"{','.join(told)}\n{','.join(told.values())}\n".encode()


BAD = {
    "short NIK": (row(nik="351016"), "Baris 2: nik tidak sah (NIK harus terdiri dari 16 angka)."),
    "impossible birth": (row(nik="3510163102900001"), "Baris 2: nik tidak sah (Tanggal lahir"),
    "NIK cut by a spreadsheet": (row(nik="3510160505900000"), "Baris 2: nik tidak sah (Empat angka"),
    "NIK as a figure": (row(nik="3.51E+15"), "Baris 2: nik tidak sah"),
    "unknown place": (row(wilayah="35.11.01"), "Baris 2: wilayah “35.11.01” tidak dikenal"),
    "unknown status": (row(status="kaya"), "Baris 2: status “kaya” tidak dikenal"),
    "decile": (row(desil="11"), "Baris 2: desil “11” tidak dikenal"),
    "other year": (row(tahun="2025"), "Baris 2: tahun bukan 2026"),
    "no year": (row(tahun="31/02"), "Baris 2: tahun “31/02” bukan tahun"),
    "formula": (row(nama="=HYPERLINK(1)"), "Baris 2: nama tidak boleh dimulai dengan ="),
    "twice": (row() + row().split(b"\n")[1] + b"\n", "Baris 3: sama dengan baris 2."),
    "not UTF-8": (row(nama="Sit\u00e9").decode().encode("latin-1"), "Baris 2: ada huruf yang bukan UTF-8"),
    "UTF-16": (row().decode().encode("utf-16"), "bukan UTF-8"),
    "no column": (row().replace(b"desil", b"lain"), "tidak ada: desil; tidak dikenal: lain"),
    "nothing": (b"", "kolomnya harus"),
    "no name": (row(nama=""), "Baris 2: nama kosong."),
}


@pytest.mark.parametrize("name", sorted(BAD))
def test_registrar_reads_what_is_wrong_in_which_line_and_nothing_is_kept(name: str) -> None:
    content, sentence = BAD[name]
    with pytest.raises(Invalid) as refused:
        registers.uploaded(content)
    assert any(sentence in told for told in refused.value.fields["file"]), refused.value.fields
    with opened():
        assert not Batch.objects.exists()


def test_negative_amount_is_a_fault_of_its_line() -> None:
    content = registers.file("penerima", [(NIK, "Siti")]).replace(b"15000000", b"-5")
    with pytest.raises(Invalid) as refused:
        registers.uploaded(content, "penerima")
    assert refused.value.fields["file"] == ["Baris 2: jumlah tidak boleh negatif."]


def test_registrar_brings_in_a_workbook_and_a_file_with_a_mark() -> None:
    rows = [line.split(",") for line in registers.file("kemiskinan", [(NIK, "Siti")]).decode().split("\n")]
    by = registers.registrar()
    for content in (xlsx(rows), b"\xef\xbb\xbf" + row()):
        batch = importing.put_in_force(batch_id=registers.uploaded(content, by=by).pk, by=by)
        assert [one.nik for one in registers.entries(batch)] == [NIK]


def test_registrar_sees_a_masked_preview_and_puts_it_in_force() -> None:
    user = make_user(roles=[("registrar", "DINSOS")])
    client = Client()
    client.force_login(user)
    due = clock.today() + timedelta(days=60)
    said = {"period": "2026", "next_due_day": due.day, "next_due_month": due.month, "next_due_year": due.year}
    content = registers.file("kemiskinan", [(NIK, registers.NAME)])
    page = client.post(
        reverse("registers:upload", args=["kemiskinan"]),
        {**said, "file": SimpleUploadedFile("a.csv", content)},
        follow=True,
    ).content.decode()
    assert "351016******0001" in page
    assert "K. Z." in page
    assert NIK not in page
    assert "Zxregister" not in page
    with opened():
        batch = Batch.objects.defer(None).get()
    assert batch.content is not None
    assert NIK.encode() not in bytes(batch.content)
    client.post(reverse("registers:put_in_force", args=[batch.pk]))
    assert [one.name for one in registers.entries(batch)] == [registers.NAME]
    page = client.get(reverse("registers:batch", args=[batch.pk])).content.decode()
    assert "351016******0001" not in page
    kinds = ["register.uploaded", "register.in_force"]
    events = list(Event.objects.filter(subject_id=batch.pk).order_by("seq"))
    assert [one.kind for one in events] == kinds
    assert set(events[0].data) == {"register", "period", "agency", "sha256"}


def test_faulty_file_keeps_what_was_typed() -> None:
    client = Client()
    client.force_login(make_user(roles=[("registrar", "DINSOS")]))
    said = {"period": "2026", "next_due_day": 31, "next_due_month": 2, "next_due_year": 2027}
    answer = client.post(
        reverse("registers:upload", args=["kemiskinan"]), {**said, "file": SimpleUploadedFile("a.csv", row())}
    )
    assert answer.status_code == 422
    assert "Tanggal itu tidak ada di kalender." in answer.content.decode()
    assert 'value="2027"' in answer.content.decode()


def test_newer_file_replaces_the_older_of_its_year_and_keeps_it() -> None:
    by = registers.registrar()
    first = registers.kept((NIK, "Lama"), by=by)
    second = registers.kept((NIK, "Baru"), by=by)
    with opened():
        first.refresh_from_db()
    assert first.state == BatchState.REPLACED
    assert first.destroy_on == clock.today() + timedelta(days=settings.MALL_REGISTRY_DAYS)
    assert [one.name for one in registers.entries(first)] == ["Lama"]
    assert [one.name for one in registers.entries(second)] == ["Baru"]
    with pytest.raises(Conflict):
        importing.put_in_force(batch_id=second.pk, by=by)


def test_s04_registrar_is_warned_of_one_person_in_two_programmes() -> None:
    twin, alone = make_nik(), make_nik()
    registers.kept((twin, "Siti"), register="penerima", programme="beasiswa", by=registers.registrar("DISPENDIK"))
    by = registers.registrar()
    people = [(alone, "Budi"), (twin, "Siti")]
    batch = registers.uploaded(registers.file("penerima", people), "penerima", by)
    assert batch.warnings == [{"programme": "beasiswa", "lines": [3]}]
    assert not registers.uploaded(registers.file("penerima", people[:1]), "penerima", by).warnings
    again = registers.uploaded(registers.file("penerima", people) + b"\n" + registers.file(
        "penerima", [(alone, "Budi")], programme="pelatihan-pemuda").split(b"\n")[1], "penerima", by)  # fmt: skip
    assert again.warnings == [
        {"programme": "beasiswa", "lines": [3]},
        {"programme": "bedah-rumah", "lines": [4]},
        {"programme": "pelatihan-pemuda", "lines": [2]},
    ]
    client = Client()
    client.force_login(make_user(roles=[("registrar", "DINSOS")]))
    page = client.get(reverse("registers:batch", args=[again.pk])).content.decode()
    assert "Baris 3: NIK ini juga tercatat di program Beasiswa" in page
    importing.put_in_force(batch_id=again.pk, by=by)


@pytest.mark.parametrize(
    ("register", "agency"),
    [("kesehatan", "DINSOS"), ("kemiskinan", "DINKES"), ("kemiskinan", "DPMPTSP"), ("kesehatan", "DISPENDIK")],
)
def test_registrar_of_another_agency_keeps_no_register_of_its_owner(register: str, agency: str) -> None:
    with pytest.raises(Refused):
        registers.uploaded(registers.file(register, [(NIK, "Siti")]), register, registers.registrar(agency))


def test_registrar_of_another_agency_finds_no_file() -> None:
    batch = registers.uploaded(registers.file("kesehatan", [(NIK, "Siti")]), "kesehatan")
    with pytest.raises(Missing):
        importing.put_in_force(batch_id=batch.pk, by=registers.registrar("DINSOS"))


@pytest.mark.parametrize(
    ("said", "field"),
    [({"period": "26"}, "period"), ({"period": "3026"}, "period"), ({"next_due": date(2020, 1, 1)}, "next_due")],
)
def test_what_is_said_of_a_file_must_be_right(said: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        registers.uploaded(row(), **said)
    assert list(refused.value.fields) == [field]


def test_rows_are_destroyed_on_their_day_and_not_before() -> None:
    by, person = registers.registrar(), registers.proven()
    first = registers.kept((str(person.nik), "Lama"), by=by)
    asked = correcting.file_correction(
        entry_id=registers.entries(first)[0].pk, wrong="nama", right="Baru", by=registers.actor(person)
    )
    registers.kept((NIK, "Baru"), by=by)
    day = clock.now() + timedelta(days=settings.MALL_REGISTRY_DAYS)
    with clock.pretend(day - timedelta(days=1)):
        assert retention.destroy_due() == 0
    with clock.pretend(day):
        assert retention.destroy_due() == 0, "a request waits for its answer"
        correcting.reject(correction_id=asked.pk, by=by, answer="Data tahun ini sudah benar.")
        assert retention.destroy_due() == 1
        assert retention.destroy_due() == 0
    assert registers.entries(first) == []
    with opened():
        first.refresh_from_db()
        assert Entry.objects.count() == 1
    assert first.state == BatchState.DESTROYED
    assert Event.objects.get(subject_id=first.pk, kind="register.destroyed").data["rows"] == 1


def test_new_key_seals_every_row_anew_and_still_finds_the_person(settings: Any) -> None:
    by, person = registers.registrar(), registers.proven()
    batch = registers.kept((str(person.nik), registers.NAME), by=by)
    asked = correcting.file_correction(
        entry_id=registers.entries(batch)[0].pk, wrong="nama", right="Baru", by=registers.actor(person)
    )
    correcting.open_correction(correction_id=asked.pk, by=by)
    waiting = registers.uploaded(row(), by=by)
    settings.MALL_REGISTRY_KEYS_FORMER = {"v1": settings.MALL_REGISTRY_KEY}
    settings.MALL_REGISTRY_KEY_NAME = "v2"
    settings.MALL_REGISTRY_KEY = base64.b64encode(bytes(range(32))).decode()
    assert own.entries_of(person) == []
    call_command("reseal_registers", stdout=io.StringIO())
    settings.MALL_REGISTRY_KEYS_FORMER = {}
    [mine] = own.entries_of(person)
    assert (mine.entry.name, mine.corrections[0].wrong) == (registers.NAME, "nama")
    assert len(own.looks_of(person)) == 1
    importing.put_in_force(batch_id=waiting.pk, by=by)
