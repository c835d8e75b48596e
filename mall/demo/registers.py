"""DATA CONTOH: registers by name with made-up people, so that their pages are alive.

They go in as any agency's file does. One citizen of the demo stands in them, and a clerk has seen her card.
"""

from collections.abc import Sequence
from datetime import timedelta

from agencies import clock
from agencies.choices import ProofLevel
from agencies.models import Person, User
from agencies.services import check_ktp
from mall.demo.identities import SAMPLE, sample_nik
from mall.demo.people import DOMAIN
from mall.registers import own
from mall.registers.services import correcting, exporting, importing, viewing
from workflows.actors import Actor

CITIZEN = f"warga@{DOMAIN}"
FIRST = 400
"""Samples of numbers from here on belong to nobody else in the demo."""
NAMES = (
    "Sumarni",
    "Kasiyan",
    "Ngatini",
    "Mat Saleh",
    "Wayan Sukarta",
    "Painem",
    "Buadin",
    "Rukiyah",
    "Tumini",
    "Jumadi",
)
PLACES = ("35.10.16", "35.10.01", "35.10.09", "35.10.21", "35.10.24")


def load_registers() -> None:
    """Three registers in force, one look, one request for a correction, one for a file."""
    keeper, colleague, nurse = (_actor(name) for name in ("dinsos.data", "dinsos.data.2", "dinkes.data"))
    person = Person.objects.get(user__email=CITIZEN)
    clerk = User.objects.get(email=f"loket@{DOMAIN}")
    person = check_ktp(person_id=person.pk, by=clerk, level=ProofLevel.KTP_CHECKED)
    hers = (str(person.nik), person.name, "35.10.16")
    year = clock.today().year
    people = [(sample_nik(FIRST + place), f"{name} {SAMPLE}", PLACES[place % 5]) for place, name in enumerate(NAMES)]
    _keep("kemiskinan", keeper, _rows([hers, *people], "2,miskin", year), "nik,nama,wilayah,desil,status,tahun")
    head = "program,nik,nama,wilayah,satuan,jumlah,status,tahun"
    given = _rows([hers, *people[:4]], "1,15000000,diterima", year, "bedah-rumah")
    _keep("penerima", keeper, [*given, *_rows(people[2:6], "1,2400000,ditetapkan", year, "bantuan-sosial")], head)
    _keep("kesehatan", nurse, _rows(people[4:], "hipertensi", year), "nik,nama,wilayah,kelompok,tahun")
    _looked_at(keeper, colleague, person)


def _looked_at(keeper: Actor, colleague: Actor, person: Person) -> None:
    """What officials and the citizen have done with them so far."""
    why = "Menyusun jadwal penyaluran bantuan (contoh)."
    said = {"register": "kemiskinan", "purpose": "register_distribution", "reason": why}
    of = viewing.state_purpose(by=keeper, **said)
    viewing.look_at_page(viewing_id=of.pk, by=keeper)
    mine = own.entries_of(person)
    correcting.file_correction(
        entry_id=mine[0].entry.pk,
        wrong="Desil saya tertulis 2.",
        right="Desil 3, sesuai kunjungan petugas bulan lalu (contoh).",
        by=Actor.of(User.objects.get(email=CITIZEN)),
    )
    theirs = viewing.state_purpose(by=colleague, **said)
    exporting.ask(viewing_id=theirs.pk, by=colleague)


def _actor(name: str) -> Actor:
    return Actor.of(User.objects.get(email=f"{name}@{DOMAIN}"))


def _rows(people: Sequence[tuple[str, str, str]], tail: str, year: int, programme: str = "") -> list[str]:
    """Lines of a file."""
    first = [programme] if programme else []
    return [",".join([*first, *one, tail, str(year)]) for one in people]


def _keep(register: str, by: Actor, rows: Sequence[str], head: str) -> None:
    """One register in force for this year."""
    batch = importing.upload(
        register=register,
        content="\n".join([head, *rows]).encode(),
        period=str(clock.today().year),
        next_due=clock.today() + timedelta(days=180),
        sample=True,
        by=by,
    )
    importing.put_in_force(batch_id=batch.pk, by=by)
