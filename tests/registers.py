"""Registers for tests: files, registrars, people with a proven identity."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from agencies import clock
from agencies.choices import ProofLevel
from agencies.models import Person
from agencies.services import check_ktp
from mall.registers.access import opened
from mall.registers.models import Batch, Entry
from mall.registers.services import importing
from tests.factories import make_nik, make_person, make_user
from workflows.actors import Actor

YEAR = "2026"
PLACE = "35.10.16"
NAME = "Kanariah Zxregister"
HEADS = {
    "kemiskinan": "nik,nama,wilayah,desil,status,tahun",
    "kesehatan": "nik,nama,wilayah,kelompok,tahun",
    "penerima": "program,nik,nama,wilayah,satuan,jumlah,status,tahun",
}
TAILS = {"kemiskinan": "1,miskin", "kesehatan": "tuberkulosis", "penerima": "1,15000000,diterima"}
OWNERS = {"kemiskinan": "DINSOS", "kesehatan": "DINKES", "penerima": "DINSOS"}


def registrar(agency: str = "DINSOS") -> Actor:
    """She who keeps the registers of an agency."""
    return Actor.of(make_user(roles=[("registrar", agency)]))


def file(
    register: str, people: Sequence[tuple[str, str]], *, place: str = PLACE, programme: str = "bedah-rumah"
) -> bytes:
    """A file with these people, each a NIK and a name."""
    first = [programme] if register == "penerima" else []
    rows = [",".join([*first, nik, name, place, TAILS[register], YEAR]) for nik, name in people]
    return "\n".join([HEADS[register], *rows]).encode()


def uploaded(content: bytes, register: str = "kemiskinan", by: Actor | None = None, **said: Any) -> Batch:
    """A file that waits for a look."""
    usual = {"period": YEAR, "next_due": clock.today() + timedelta(days=90)}
    by = by or registrar(OWNERS[register])
    return importing.upload(register=register, content=content, by=by, **usual | said)


def kept(*people: tuple[str, str], register: str = "kemiskinan", by: Actor | None = None, **said: Any) -> Batch:
    """A register in force with these people."""
    by = by or registrar(OWNERS[register])
    batch = uploaded(file(register, people or [(make_nik(), NAME)], **said), register, by)
    return importing.put_in_force(batch_id=batch.pk, by=by)


def entries(batch: Batch) -> list[Entry]:
    """The rows of a batch, by line."""
    with opened():
        return list(Entry.objects.select_related("batch").filter(batch=batch).order_by("line", "added_at"))


def proven(person: Person | None = None, **said: Any) -> Person:
    """Somebody whose card a clerk has seen, with an account."""
    person = person or make_person(user=make_user(), birth_date=date(1990, 5, 5), **said)
    clerk = make_user(roles=[("clerk", "DPMPTSP")])
    return check_ktp(person_id=person.pk, by=clerk, level=ProofLevel.KTP_CHECKED)


def actor(person: Person) -> Actor:
    """The person herself."""
    assert person.user
    return Actor.of(person.user)
