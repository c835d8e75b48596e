"""A person and the registers: her own rows when her identity is proven, what she asks, and who looked."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from agencies import clock
from agencies.errors import Conflict, Invalid, Missing, Refused
from agencies.models import Person
from agencies.services import update_profile
from mall.registers import own
from mall.registers.access import opened
from mall.registers.models import Batch, Correction, Entry
from mall.registers.services import correcting
from tests import registers
from tests.factories import make_person, make_user
from tests.uploads import pdf
from workflows.actors import Actor
from workflows.trail import relay
from workflows.trail.models import Event, OutboxRow

pytestmark = pytest.mark.django_db
FIXED = {"nama": "Siti Benar", "wilayah": "35.10.01", "desil": "2", "status": "miskin"}


def browser(person: Person) -> Client:
    """She, logged in."""
    client = Client()
    assert person.user
    client.force_login(person.user)
    return client


def poor(person: Person, by: Actor | None = None) -> Entry:
    """She stands in the register of poverty, and somebody else too."""
    other = ("3510165005910077", "Orang Lain")
    batch: Batch = registers.kept((str(person.nik), registers.NAME), other, by=by)
    return registers.entries(batch)[0]


def wish(entry: Entry, person: Person) -> Correction:
    """She says that her row is wrong."""
    return correcting.file_correction(
        entry_id=entry.pk, wrong="Desa salah", right="Desa Pesanggaran", by=registers.actor(person)
    )


def test_person_with_proven_identity_reads_her_rows_and_nobody_elses() -> None:
    person = registers.proven()
    poor(person)
    registers.kept((str(person.nik), registers.NAME), register="kesehatan")
    registers.kept((str(person.nik), registers.NAME), register="penerima")
    page = browser(person).get(reverse("registers:mine")).content.decode()
    for word in ("Data kemiskinan", "Data penyakit", "Penerima program", "Tuberkulosis", "Bedah rumah", "15.000.000"):
        assert word in page
    assert "Orang Lain" not in page
    assert str(person.nik) not in page
    stranger = registers.proven()
    page = browser(stranger).get(reverse("registers:mine")).content.decode()
    assert "Tidak ada data tentang Anda" in page


def test_person_without_proof_is_told_how_to_get_it_and_not_whether_there_is_anything() -> None:
    known, unknown = (make_person(user=make_user()) for _one in range(2))
    entry = poor(known)
    pages = [browser(one).get(reverse("registers:mine")).content.decode() for one in (known, unknown)]
    for page in pages:
        assert "Datang ke loket mal membawa KTP-el" in page
        assert "Data kemiskinan" not in page
    assert own.entries_of(known) == []
    assert browser(known).get(reverse("registers:correct", args=[entry.pk])).status_code == 404
    with pytest.raises(Refused, match="KTP-el"):
        wish(entry, known)


def test_person_who_types_another_number_loses_the_proof_and_what_it_opened() -> None:
    person, victim = registers.proven(), registers.proven()
    poor(victim)
    victim_nik = str(victim.nik)
    Person.objects.filter(pk=victim.pk).update(nik="", nik_index=None)
    update_profile(person_id=person.pk, nik=victim_nik)
    person.refresh_from_db()
    assert own.entries_of(person) == []
    assert own.looks_of(person) == []


def test_person_asks_for_a_correction_and_reads_the_answer() -> None:
    person, by = registers.proven(), registers.registrar()
    entry = poor(person, by)
    client = browser(person)
    said = {"wrong": "Zxsalah", "right": "Zxbenar", "evidence": SimpleUploadedFile("bukti.pdf", pdf(1))}
    answer = client.post(reverse("registers:correct", args=[entry.pk]), said, follow=True)
    page = answer.content.decode()
    assert "Zxsalah" in page
    assert "Minta perbaikan" not in page
    with opened():
        asked = Correction.objects.get()
    assert asked.due_at - asked.filed_at == timedelta(hours=72)
    event = Event.objects.get(subject_id=asked.pk)
    assert (event.kind, event.data) == ("correction.filed", {})
    correcting.accept(correction_id=asked.pk, by=by, values=FIXED, answer="Sudah kami perbaiki.")
    page = client.get(reverse("registers:mine")).content.decode()
    assert "Siti Benar" in page
    assert "Sudah kami perbaiki." in page
    assert "Zxsalah" in page
    old, new = sorted(registers.entries(Batch(pk=entry.batch_id))[:2], key=lambda one: one.current)
    assert (old.pk, old.current, old.name) == (entry.pk, False, registers.NAME)
    assert (new.corrects_id, new.current, new.nik) == (entry.pk, True, person.nik)


@pytest.mark.parametrize("accepted", [True, False])
def test_person_is_told_by_mail_that_there_is_an_answer_and_nothing_of_it(
    accepted: bool, mailoutbox: list[Any]
) -> None:
    person, by = registers.proven(email="siti@contoh.test"), registers.registrar()
    asked = wish(poor(person, by), person)
    if accepted:
        correcting.accept(correction_id=asked.pk, by=by, values=FIXED, answer="Zxsudah.")
    else:
        correcting.reject(correction_id=asked.pk, by=by, answer="Zxtidak.")
    relay.drain("default")
    OutboxRow.objects.filter(consumer="registers.correction").update(state="pending")
    relay.drain("default")
    assert {tuple(one.to) for one in mailoutbox} == {("siti@contoh.test",)}
    assert len({one.extra_headers["Message-ID"] for one in mailoutbox}) == 1
    lines = mailoutbox[0].body.split()
    assert "Koreksi Anda sudah dijawab. Masuk untuk membacanya." in mailoutbox[0].body
    assert lines[-1].endswith(reverse("registers:mine"))
    said = " ".join(one.subject + one.body for one in mailoutbox)
    for word in ("Zx", "miskin", person.name, str(person.nik), str(asked.pk)):
        assert word not in said


def test_person_without_an_address_is_sent_nothing_and_reads_her_page(mailoutbox: list[Any]) -> None:
    person, by = registers.proven(email=""), registers.registrar()
    assert person.user
    type(person.user).objects.filter(pk=person.user.pk).update(is_active=False)
    asked = wish(poor(person, by), person)
    correcting.reject(correction_id=asked.pk, by=by, answer="Sesuai kunjungan rumah.")
    relay.drain("default")
    assert mailoutbox == []


def test_person_reads_why_her_wish_was_refused_and_asks_again() -> None:
    person, by = registers.proven(), registers.registrar()
    asked = wish(poor(person, by), person)
    with pytest.raises(Conflict, match="masih menunggu"):
        wish(asked.entry, person)
    correcting.reject(correction_id=asked.pk, by=by, answer="Sesuai kunjungan rumah.")
    page = browser(person).get(reverse("registers:mine")).content.decode()
    assert "Sesuai kunjungan rumah." in page
    assert "ajukan keberatan kepada PPID" in page
    wish(asked.entry, person)


def test_registrar_answers_by_the_pages_within_their_rules() -> None:
    person, user = registers.proven(), make_user(roles=[("registrar", "DINSOS")])
    asked = wish(poor(person), person)
    client = Client()
    client.force_login(user)
    assert (
        reverse("registers:correction", args=[asked.pk])
        in client.get(reverse("registers:corrections")).content.decode()
    )
    fix = reverse("registers:accept", args=[asked.pk])
    assert 'value="Kanariah Zxregister"' in client.get(fix).content.decode()
    faulty = client.post(fix, FIXED | {"wilayah": "99"})
    assert faulty.status_code == 422
    assert "99" in faulty.content.decode()
    assert 'value="Siti Benar"' in faulty.content.decode()
    same = {"nama": registers.NAME, "wilayah": "35.10.16", "desil": "1", "status": "miskin"}
    assert "Belum ada yang diubah" in client.post(fix, same).content.decode()
    assert client.post(fix, FIXED).status_code == 302
    assert client.post(fix, FIXED).status_code == 409
    assert "Siti Benar" in browser(person).get(reverse("registers:mine")).content.decode()


def test_request_that_waited_too_long_is_said_to_be_late() -> None:
    person, user = registers.proven(), make_user(roles=[("registrar", "DINSOS")])
    wish(poor(person), person)
    client = Client()
    client.force_login(user)
    address = reverse("registers:corrections")
    assert "terlewat" not in client.get(address).content.decode()
    with clock.pretend(clock.now() + timedelta(hours=73)):
        client.force_login(user)
        assert "(terlewat)" in client.get(address).content.decode()


def test_registrar_of_another_agency_knows_of_no_request() -> None:
    person, by = registers.proven(), registers.registrar("DINKES")
    asked = wish(poor(person), person)
    for act in (
        lambda: correcting.open_correction(correction_id=asked.pk, by=by),
        lambda: correcting.reject(correction_id=asked.pk, by=by, answer="x"),
        lambda: correcting.accept(correction_id=asked.pk, by=by, values=FIXED),
    ):
        with pytest.raises(Missing):
            act()


def test_registrar_does_not_answer_about_herself() -> None:
    user = make_user(roles=[("registrar", "DINSOS")])
    person = registers.proven(make_person(user=user))
    asked = wish(poor(person), person)
    with pytest.raises(Refused, match="rekan"):
        correcting.accept(correction_id=asked.pk, by=Actor.of(user), values=FIXED)


def test_database_keeps_what_was_answered_and_what_was_read() -> None:
    person, by = registers.proven(), registers.registrar()
    asked = wish(poor(person, by), person)
    correcting.reject(correction_id=asked.pk, by=by, answer="Sudah benar.")
    for change in (
        lambda: Correction.objects.filter(pk=asked.pk).update(state="accepted"),
        lambda: Entry.objects.filter(pk=asked.entry_id).update(region="35.10.01"),
    ):
        with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic(), opened():
            change()


def test_person_reads_who_opened_her_wish_on_the_page_of_looks() -> None:
    person, by = registers.proven(), registers.registrar()
    asked = wish(poor(person, by), person)
    correcting.open_correction(correction_id=asked.pk, by=by)
    page = browser(person).get(reverse("portal:looks")).content.decode()
    assert "Menjawab permintaan perbaikan data" in page
    assert "Dinas Sosial" in page


@pytest.mark.parametrize("said", [{"wrong": "", "right": "x"}, {"wrong": "x" * 1001, "right": "x"}])
def test_wish_that_says_nothing_or_too_much_is_refused_beside_its_field(said: dict[str, str]) -> None:
    person = registers.proven()
    entry = poor(person)
    with pytest.raises(Invalid) as refused:
        correcting.file_correction(entry_id=entry.pk, by=registers.actor(person), **said)
    assert list(refused.value.fields) == ["wrong"]
