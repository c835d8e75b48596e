"""What the permission world knows of the registers by name."""

from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from agencies import clock
from documents.vault.services import checked
from mall.registers.models import Viewing
from mall.registers.services import correcting, exporting, viewing
from tests import registers
from tests.factories import make_nik, make_person, make_user
from tests.security.things import Thing, World
from tests.uploads import pdf
from workflows.actors import Actor

WORDS = "Kata-kata contoh."
REASON = "Memeriksa daftar atas permintaan inspektorat."
FIXED = "Zxkelirudesa"
"""What the person says is wrong, in words that stand nowhere else."""


def things(world: World) -> dict[str, Thing]:
    """Files that wait, rows of the stranger, and what people ask; of the registrar's agency and of another."""
    mine, other = world.people.actor("registrar"), registers.registrar("DINKES")
    person = registers.proven(world.people.persons["stranger"])
    both = (str(person.nik), person.name)
    poor = registers.kept(both, by=mine)
    given = registers.kept(both, register="penerima", by=mine)
    waiting = registers.uploaded(registers.file("kemiskinan", [(make_nik(), registers.NAME)]), by=mine)
    ill = registers.proven(make_person(user=make_user()))
    theirs = registers.kept((str(ill.nik), ill.name), register="kesehatan", by=other)
    waits = registers.uploaded(registers.file("kesehatan", [(make_nik(), registers.NAME)]), "kesehatan", other)
    wish = _wish(registers.entries(given)[0].pk, Actor.of(_user(person)))
    another = _wish(registers.entries(theirs)[0].pk, Actor.of(_user(ill)))
    poor_row = registers.entries(poor)[0].pk
    second = registers.registrar()
    hers, theirs_too = _purpose(mine), _purpose(second)
    wanted, allowed = (exporting.ask(viewing_id=one.pk, by=by) for one, by in ((theirs_too, second), (hers, mine)))
    exporting.approve(export_id=allowed.pk, by=second)
    ill_too = exporting.ask(viewing_id=_purpose(other, "kesehatan").pk, by=other)
    return {
        "viewing": Thing({"viewing_id": hers.pk, "entry_id": poor_row}, both),
        "viewing_of_another": Thing({"viewing_id": theirs_too.pk, "entry_id": poor_row}, both),
        "export": Thing({"export_id": wanted.pk}, both),
        "export_allowed": Thing({"export_id": allowed.pk}, both),
        "export_of_another": Thing({"export_id": ill_too.pk}),
        "register": Thing({"register": "kemiskinan"}),
        "register_of_another": Thing({"register": "kesehatan"}),
        "register_file": Thing({"batch_id": waiting.pk}, (registers.NAME,)),
        "file_of_another": Thing({"batch_id": waits.pk}),
        "own_row": Thing({"entry_id": poor_row}, both[:1]),
        "wish": Thing({"correction_id": wish}, (FIXED,)),
        "wish_of_another": Thing({"correction_id": another}, (FIXED,)),
    }


def _purpose(by: Actor, register: str = "kemiskinan") -> Viewing:
    return viewing.state_purpose(register=register, purpose="register_audit", reason=REASON, by=by)


def _user(person: Any) -> Any:
    assert person.user
    return person.user


def _wish(entry_id: Any, by: Actor) -> Any:
    proof = [checked("bukti.pdf", pdf(1))]
    return correcting.file_correction(entry_id=entry_id, wrong=FIXED, right=WORDS, evidence=proof, by=by).pk


def upload(_world: World, _thing: Thing) -> dict[str, Any]:
    """The form of an upload, filled in."""
    content = registers.file("kemiskinan", [(make_nik(), "Siti")])
    when = clock.today() + timedelta(days=30)
    due = {"next_due_day": when.day, "next_due_month": when.month, "next_due_year": when.year}
    return {"period": registers.YEAR, "file": SimpleUploadedFile("a.csv", content), **due}


def row(_world: World, _thing: Thing) -> dict[str, Any]:
    """A row of recipients, put right."""
    return {"nama": "Siti Benar", "wilayah": "35.10.01", "satuan": "2", "jumlah": "", "status": "diterima"}


def wished(_world: World, _thing: Thing) -> dict[str, Any]:
    """What is wrong."""
    return {"wrong": WORDS, "right": WORDS}


BODIES = {
    "registers:purpose": lambda _world, _thing: {"purpose": "register_audit", "reason": REASON},
    "registers:unmask": lambda _world, _thing: {"reason": REASON},
    "registers:export_ask": lambda _world, _thing: {},
    "registers:export_approve": lambda _world, _thing: {},
    "registers:export_refuse": lambda _world, _thing: {"reason": REASON},
    "registers:export_take": lambda _world, _thing: {},
    "registers:upload": upload,
    "registers:put_in_force": lambda _world, _thing: {},
    "registers:discard": lambda _world, _thing: {},
    "registers:correct": wished,
    "registers:accept": row,
    "registers:reject": lambda _world, _thing: {"answer": WORDS},
}


def of_batch(_world: World, thing: Thing, _by: Actor) -> dict[str, Any]:
    """One file."""
    return {"batch_id": thing.ids["batch_id"]}


def of_wish(**said: Any) -> Any:
    """One request, and these words."""
    return lambda _world, thing, _by: {"correction_id": thing.ids["correction_id"], **said}


def of_viewing(**said: Any) -> Any:
    """One stated purpose, and these words."""
    return lambda _world, thing, _by: {"viewing_id": thing.ids["viewing_id"], **said}


def of_export(**said: Any) -> Any:
    """One wish for a file, and these words."""
    return lambda _world, thing, _by: {"export_id": thing.ids["export_id"], **said}


SAY = {
    "mall.registers.services.viewing.state_purpose": lambda _world, _thing, _by: {
        "register": "kemiskinan",
        "purpose": "register_audit",
        "reason": REASON,
    },
    "mall.registers.services.viewing.look_at_page": of_viewing(),
    "mall.registers.services.viewing.unmask": lambda _world, thing, _by: {
        "viewing_id": thing.ids["viewing_id"],
        "entry_id": thing.ids["entry_id"],
        "reason": REASON,
    },
    "mall.registers.services.exporting.ask": of_viewing(),
    "mall.registers.services.exporting.approve": of_export(),
    "mall.registers.services.exporting.refuse": of_export(reason=REASON),
    "mall.registers.services.exporting.take": of_export(),
    "mall.registers.services.importing.upload": lambda _world, _thing, _by: {
        "register": "kemiskinan",
        "content": registers.file("kemiskinan", [(make_nik(), "Siti")]),
        "period": registers.YEAR,
        "next_due": clock.today() + timedelta(days=30),
    },
    "mall.registers.services.importing.put_in_force": of_batch,
    "mall.registers.services.importing.discard": of_batch,
    "mall.registers.services.correcting.file_correction": lambda world, thing, _by: {
        "entry_id": thing.ids["entry_id"],
        **wished(world, thing),
    },
    "mall.registers.services.correcting.open_correction": of_wish(),
    "mall.registers.services.correcting.accept": of_wish(values=row(None, None)),  # type: ignore[arg-type]
    "mall.registers.services.correcting.reject": of_wish(answer=WORDS),
}
