"""The registers lie where the application's role cannot read: nobody gets in but through the one door."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.db.models import Value
from django.db.models.expressions import RawSQL
from django.test import Client
from psycopg import sql

from agencies.models import Person
from mall.registers import checks, own
from mall.registers.access import opened
from mall.registers.models import Batch, Correction, Entry, Export, Look, Viewing
from mall.runtime import roles
from tests import registers
from tests.factories import make_nik
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db
ROLE = "mal_app_of_registers"
MAKE = "DO $$ BEGIN CREATE ROLE {} LOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"


@pytest.fixture
def application() -> Iterator[None]:
    """From here on as the application, with its rights and no others: `SET ROLE` too is asked of this one."""
    with connection.cursor() as cursor:
        cursor.execute(MAKE.format(ROLE))
        for statement in (*roles.statements(sql.Identifier(ROLE)), *roles.registry_statements()):
            cursor.execute(statement.as_string(cursor.connection))
        roles.let_in(ROLE)
        roles.let_in(ROLE)
        cursor.execute(f"SET SESSION AUTHORIZATION {ROLE}")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET SESSION AUTHORIZATION")


def who() -> tuple[str, str]:
    """The session's role and the one that acts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user, current_user")
        found: tuple[str, str] = cursor.fetchone()
        return found


@pytest.mark.parametrize("model", [Batch, Entry, Look, Viewing, Correction, Export])
def test_application_reads_no_table_of_the_registers(application: None, model: type[Entry]) -> None:
    with pytest.raises(ProgrammingError, match="permission denied for schema registry"), transaction.atomic():
        list(model.objects.all())


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM registry.entry",
        "TABLE registry.entry",
        "INSERT INTO registry.look SELECT * FROM registry.look",
        "DELETE FROM registry.entry",
        "COPY registry.entry TO STDOUT",
        "CREATE VIEW mine AS SELECT * FROM registry.entry",
        "SET LOCAL search_path = registry; SELECT count(*) FROM entry",
        "GRANT USAGE ON SCHEMA registry TO PUBLIC",
        "ALTER ROLE CURRENT_USER INHERIT",
    ],
)
def test_application_finds_no_other_way_in(application: None, statement: str) -> None:
    refused = pytest.raises(DatabaseError, match=r"permission denied|does not exist")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_injected_text_of_an_ordinary_query_reads_no_register(application: None) -> None:
    stolen = RawSQL("(SELECT string_agg(nik_hash, ',') FROM registry.entry)", ())
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        list(Person.objects.annotate(stolen=stolen).values_list("stolen"))
    assert list(Person.objects.annotate(one=Value(1)).values_list("one")) == []


def test_door_opens_and_closes_again(application: None) -> None:
    with opened():
        assert who() == (ROLE, settings.MALL_REGISTRY_ROLE)
        assert Entry.objects.count() == 0
        with opened():
            assert Entry.objects.count() == 0
        assert who() == (ROLE, settings.MALL_REGISTRY_ROLE)
    assert who() == (ROLE, ROLE)
    assert Person.objects.count() == 0


def broken(fault: str) -> None:
    """Open the door and fail inside: in Python, in SQL, or in SQL without telling."""
    with opened():
        if fault == "raise":
            raise ValueError
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 / 0")
        except DatabaseError:
            if fault == "sql":
                raise


@pytest.mark.parametrize("fault", ["raise", "sql", "caught"])
def test_door_closes_behind_a_fault(application: None, fault: str) -> None:
    with pytest.raises((ValueError, DatabaseError)):
        broken(fault)
    assert who() == (ROLE, ROLE)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Entry.objects.count()


def test_inside_nothing_else_can_be_read_or_written(application: None) -> None:
    for model in (Person, Event):
        with pytest.raises(ProgrammingError, match="permission denied for table"), opened():
            model.objects.count()
    with pytest.raises(ProgrammingError, match="permission denied"), opened(), connection.cursor() as cursor:
        cursor.execute("UPDATE agencies_person SET name = 'x'")


def test_lazy_query_that_is_read_outside_is_refused(application: None) -> None:
    with opened():
        rows = Entry.objects.all()
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        list(rows)


def test_door_forgets_no_look_and_no_export(application: None) -> None:
    for table in ("look", "export", "batch"):
        with pytest.raises(ProgrammingError, match="permission denied"), opened(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM registry.{table}")  # noqa: S608 - names of our own


def test_application_serves_a_register_from_file_to_person(application: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("RESET SESSION AUTHORIZATION")
    person, by = registers.proven(), registers.registrar()
    with connection.cursor() as cursor:
        cursor.execute(f"SET SESSION AUTHORIZATION {ROLE}")
    registers.kept((str(person.nik), registers.NAME), by=by)
    [mine] = own.entries_of(person)
    assert mine.entry.name == registers.NAME


def test_operator_is_told_when_the_role_is_missing_or_not_hers(application: None, settings: object) -> None:
    assert checks.registers_can_be_read(None) == []
    assert checks.registers_are_apart(None) == []
    with connection.cursor() as cursor:
        cursor.execute("RESET SESSION AUTHORIZATION")
        cursor.execute(f"REVOKE mal_registry FROM {ROLE}")
        cursor.execute(f"SET SESSION AUTHORIZATION {ROLE}")
    [told] = checks.registers_can_be_read(None)
    assert told.id == "registers.E002"
    assert f"GRANT mal_registry TO {ROLE} WITH INHERIT FALSE, SET TRUE;" in str(told.hint)
    settings.MALL_REGISTRY_ROLE = "nobody_made_this"  # type: ignore[attr-defined]
    [told] = checks.registers_can_be_read(None)
    assert told.id == "registers.E001"
    with connection.cursor() as cursor:
        cursor.execute("RESET SESSION AUTHORIZATION")
    [told] = checks.registers_are_apart(None)
    assert told.id == "registers.W001"


def test_neither_number_nor_name_lies_in_clear() -> None:
    nik = make_nik()
    registers.kept((nik, registers.NAME))
    registers.uploaded(registers.file("kemiskinan", [(nik, registers.NAME)]))
    for model in (Batch, Entry):
        with connection.cursor() as cursor:
            table = model._meta.db_table
            cursor.execute(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} t")  # noqa: S608 - our own
            text = cursor.fetchone()[0]
        assert text
        for word in (nik, "Zxregister", "sangat", registers.NAME.encode().hex(), nik.encode().hex()):
            assert word not in text, (model, word)


def test_canaries_stand_in_no_ordinary_table_and_on_no_public_page() -> None:
    nik = make_nik()
    registers.kept((nik, registers.NAME))
    registers.kept((nik, registers.NAME), register="penerima")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('%I.%I', table_schema, table_name) FROM information_schema.tables"
            " WHERE table_schema NOT IN ('registry', 'pg_catalog', 'information_schema') AND table_type = 'BASE TABLE'"
        )
        tables = [name for (name,) in cursor.fetchall()]
        assert len(tables) > 50
        for name in tables:
            found = f"SELECT count(*) FROM {name} t WHERE t::text LIKE ANY (%s)"  # noqa: S608 - names of our own
            cursor.execute(found, [[f"%{nik}%", "%Zxregister%"]])
            assert cursor.fetchone() == (0,), name
    for address in ("/", "/daerah/", "/daerah/kecamatan/", "/transparansi/", "/data-terpadu/", "/akun/data-saya/"):
        page = Client().get(address, follow=True).content.decode()
        assert nik not in page
        assert "Zxregister" not in page
