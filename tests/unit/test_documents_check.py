"""`manage.py check_permits` finds every broken register, and nothing in a sound one."""

from collections.abc import Callable, Iterator
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import DjangoDbBlocker

from documents import blobs
from tests.lasting import undone
from tests.permits import issued
from workflows.permits.models import Permit

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def shared(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Permit]:
    """An issued permit, undone behind the last test."""
    with undone(django_db_blocker):
        yield issued()


@pytest.fixture
def permit(shared: Permit) -> Iterator[Permit]:
    """It, with its file as it was when the test is over."""
    path = blobs.path_of(shared.sha256)
    content = path.read_bytes()
    yield shared
    path.write_bytes(content)


def check() -> tuple[str, str]:
    """What the command writes to its two outputs."""
    out, err = StringIO(), StringIO()
    try:
        call_command("check_permits", stdout=out, stderr=err)
    except CommandError as error:
        err.write(str(error))
    return out.getvalue(), err.getvalue()


def spoil(*statements: str, permit: object) -> None:
    """Do what no trigger would allow."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for statement in statements:
            cursor.execute(statement, [permit])
        cursor.execute("SET session_replication_role = DEFAULT")


def lose_file(permit: Permit) -> None:
    blobs.path_of(permit.sha256).unlink()


def change_file(permit: Permit) -> None:
    path = blobs.path_of(permit.sha256)
    path.write_bytes(path.read_bytes()[:-1] + b"x")


def sql(*statements: str) -> Callable[[Permit], None]:
    """A spoiler of the permit's rows; `%s` is the permit."""
    return lambda permit: spoil(*statements, permit=permit.pk)


SPOILERS: dict[str, tuple[Callable[[Permit], None], str]] = {
    "file is lost": (lose_file, "lost or changed"),
    "file is changed": (change_file, "lost or changed"),
    "document is gone": (
        sql("DELETE FROM documents_permitdocument WHERE permit_id = %s"),
        "without exactly one sealed document",
    ),
    "document is not sealed": (
        sql("UPDATE documents_permitdocument SET state = 'rendered' WHERE permit_id = %s"),
        "without exactly one sealed document",
    ),
    "hash in the register is another": (
        sql("UPDATE workflows_permit SET sha256 = repeat('0', 64) WHERE id = %s"),
        "the register and the document disagree",
    ),
    "hash in both is another": (
        sql(
            "UPDATE workflows_permit SET sha256 = repeat('0', 64) WHERE id = %s",
            "UPDATE documents_permitdocument SET sealed_sha256 = repeat('0', 64) WHERE permit_id = %s",
        ),
        "the log and the register disagree",
    ),
    "names another document": (
        sql("UPDATE workflows_permit SET document_id = gen_random_uuid() WHERE id = %s"),
        "the register and the document disagree",
    ),
    "number is skipped": (
        sql(
            "UPDATE workflows_permit SET seq = seq + 1 WHERE id = %s",
            "UPDATE workflows_numberseries SET last = last + 1 "
            "WHERE id = (SELECT series_id FROM workflows_permit WHERE id = %s)",
        ),
        "not 1 to its last",
    ),
    "counter ran ahead": (
        sql(
            "UPDATE workflows_numberseries SET last = last + 1 "
            "WHERE id = (SELECT series_id FROM workflows_permit WHERE id = %s)"
        ),
        "not 1 to its last",
    ),
    "decision is gone": (
        sql("DELETE FROM workflows_decision WHERE case_id = (SELECT case_id FROM workflows_permit WHERE id = %s)"),
        "before it was approved",
    ),
    "decision is later": (
        sql(
            "UPDATE workflows_decision SET at = at + interval '1 day' "
            "WHERE case_id = (SELECT case_id FROM workflows_permit WHERE id = %s)"
        ),
        "before it was approved",
    ),
    "decision was a refusal": (
        sql(
            "UPDATE workflows_decision SET outcome = 'refused', legal_basis = 'x', remedy = 'x', grounds = '[{}]' "
            "WHERE case_id = (SELECT case_id FROM workflows_permit WHERE id = %s)"
        ),
        "before it was approved",
    ),
    "case is not issued": (
        sql(
            "UPDATE workflows_case SET state = 'approved', closed_at = NULL "
            "WHERE id = (SELECT case_id FROM workflows_permit WHERE id = %s)"
        ),
        "its case is not",
    ),
}


@pytest.mark.usefixtures("permit")
def test_sound_register_is_sound() -> None:
    issued()
    assert check() == ("2 issued permits are as they should be.\n", "")


@pytest.mark.parametrize("how", sorted(SPOILERS))
def test_broken_register_is_told(how: str, permit: Permit) -> None:
    spoiler, words = SPOILERS[how]
    spoiler(permit)
    out, err = check()
    assert words in err
    assert "faults in the permit register" in err
    assert "as they should be" not in out
