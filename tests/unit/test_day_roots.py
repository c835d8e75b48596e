"""The daily root: whoever changes, removes or puts in an event of a sealed day is found, and the day is named."""

import csv
import hashlib
import io
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client

from agencies import clock
from agencies.ids import new_id
from tests.cases import text_of
from workflows.actors import Actor
from workflows.trail import anchoring
from workflows.trail.models import Event
from workflows.trail.roots import EMPTY, DayRoot, merkle
from workflows.trail.services import record

pytestmark = pytest.mark.django_db
BEGIN = datetime(2026, 11, 2, 9, 0, tzinfo=clock.WIB)
LATER = BEGIN + timedelta(days=6)
BY = Actor.system("test")


@pytest.fixture
def sealed() -> None:
    """Three subjects over four days, one of them without an event; every day that is over is sealed."""
    subjects = [new_id() for _one in range(3)]
    for at, subject in ((0, 0), (0, 1), (1, 0), (3, 0), (3, 1), (3, 2)):
        with clock.pretend(BEGIN + timedelta(days=at, minutes=subject)):
            record(subject_kind="visit", subject_id=subjects[subject], kind="visit.noted", by=BY, data={"n": at})
    with clock.pretend(LATER):
        anchoring.seal_days()


def tamper(statement: str, *values: object) -> None:
    """What somebody with all rights in the database does."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement, values)
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def test_every_day_that_is_over_is_sealed_once_and_in_order(sealed: None) -> None:
    assert list(DayRoot.objects.order_by("day").values_list("day", flat=True)) == [
        date(2026, 11, n) for n in range(2, 8)
    ]
    assert DayRoot.objects.get(day=date(2026, 11, 4)).root == EMPTY
    with clock.pretend(LATER):
        assert anchoring.seal_days() == 0
    assert anchoring.first_bad_day() is None


def test_a_day_that_still_runs_is_not_sealed(sealed: None) -> None:
    with clock.pretend(datetime(2026, 11, 9, 0, 30, tzinfo=clock.WIB)):
        assert anchoring.seal_days() == 0
    with clock.pretend(datetime(2026, 11, 9, 1, 30, tzinfo=clock.WIB)):
        assert anchoring.seal_days() == 1


def change_first() -> None:
    """The fact of an early event."""
    tamper("UPDATE workflows_event SET data = %s WHERE id = %s", '{"n": 9}', Event.objects.order_by("at")[0].pk)


def remove_tail() -> None:
    """The last event of a chain, so that the chain itself looks whole."""
    tamper("DELETE FROM workflows_event WHERE id = %s", Event.objects.order_by("-at")[0].pk)


def put_in() -> None:
    """A new event on a day that is sealed."""
    with clock.pretend(BEGIN + timedelta(days=2)):
        record(subject_kind="visit", subject_id=new_id(), kind="visit.noted", by=BY)


def put_before() -> None:
    """A new event before the first day."""
    with clock.pretend(BEGIN - timedelta(days=2)):
        record(subject_kind="visit", subject_id=new_id(), kind="visit.noted", by=BY)


def change_root() -> None:
    """A root."""
    tamper("UPDATE workflows_dayroot SET root = %s WHERE day = %s", "0" * 64, date(2026, 11, 5))


def remove_root() -> None:
    """A whole day from the roots."""
    tamper("DELETE FROM workflows_dayroot WHERE day = %s", date(2026, 11, 4))


@pytest.mark.parametrize(
    ("tampering", "day"),
    [(change_first, 2), (remove_tail, 5), (put_in, 4), (put_before, 2), (change_root, 5), (remove_root, 5)],
)
def test_whoever_tampers_with_a_sealed_day_is_found(sealed: None, tampering: Callable[[], None], day: int) -> None:
    tampering()
    assert anchoring.first_bad_day() == date(2026, 11, day)
    with pytest.raises(CommandError, match=f"2026-11-{day:02d}"):
        call_command("verify_audit")


def test_a_root_cannot_be_changed_or_deleted(sealed: None) -> None:
    for forbidden in (lambda: DayRoot.objects.update(root=EMPTY), lambda: DayRoot.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            forbidden()


def test_anybody_checks_the_chain_of_days_from_the_file(sealed: None) -> None:
    client = Client()
    assert DayRoot.objects.latest("day").root in text_of(client.get("/transparansi/akar/"))
    previous = ""
    for row in csv.DictReader(io.StringIO(text_of(client.get("/transparansi/akar/akar-harian.csv")))):
        assert row["previous"] == previous
        previous = hashlib.sha256(f"{previous}|{row['day']}|{row['root']}".encode()).hexdigest()
        assert row["link"] == previous


def test_merkle_root_depends_on_every_head_and_not_on_their_order() -> None:
    heads = [hashlib.sha256(bytes([n])).hexdigest() for n in range(7)]
    assert merkle(heads) == merkle(reversed(heads))
    assert len({merkle(heads[:n]) for n in range(8)}) == 8
