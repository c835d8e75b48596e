"""A file with many people: one asks, another allows, given out once, kept nowhere; everybody in it reads it."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from agencies import clock
from agencies.errors import Conflict, MallError, Missing, Refused
from agencies.services import record_identity
from mall.registers import own
from mall.registers.access import opened
from mall.registers.models import Export, Look
from mall.registers.services import exporting, viewing
from tests import registers
from tests.factories import make_nik, make_user
from tests.threads import at_once
from workflows.actors import Actor
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db
REASON = "Daftar untuk penyaluran di balai desa."


def asked(by: Actor, *, whole_nik: bool = False, register: str = "kemiskinan") -> Export:
    """A wish for a file."""
    of = viewing.state_purpose(register=register, purpose="register_audit", reason=REASON, by=by)
    return exporting.ask(viewing_id=of.pk, whole_nik=whole_nik, by=by)


def lines(content: bytes) -> list[list[str]]:
    """The file as rows."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_two_registrars_let_a_file_out_once_by_the_pages() -> None:
    first, second = (make_user(roles=[("registrar", "DINSOS")], name=name) for name in ("Eko", "Rina"))
    person = registers.proven()
    registers.kept((str(person.nik), "Siti"), (make_nik(), registers.NAME), by=Actor.of(first))
    export = asked(Actor.of(first))
    clients = {one.name: Client() for one in (first, second)}
    for one in (first, second):
        clients[one.name].force_login(one)
    page = reverse("registers:export", args=[export.pk])
    assert "Setujui" not in clients["Eko"].get(page).content.decode()
    assert clients["Eko"].post(reverse("registers:export_approve", args=[export.pk])).status_code == 403
    assert clients["Eko"].post(reverse("registers:export_take", args=[export.pk])).status_code == 409
    assert REASON in clients["Rina"].get(page).content.decode()
    assert clients["Rina"].post(reverse("registers:export_approve", args=[export.pk])).status_code == 302
    assert clients["Rina"].post(reverse("registers:export_take", args=[export.pk])).status_code == 403
    answer = clients["Eko"].post(reverse("registers:export_take", args=[export.pk]))
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    for word in (str(person.nik), "Siti", "Kanariah"):
        assert word not in answer["Content-Disposition"]
    rows = lines(answer.content)
    assert len(rows) == 5
    assert rows[0] == rows[-1]
    for word in ("RAHASIA", "Eko", "Rina", REASON, str(export.pk), "2 orang"):
        assert word in rows[0][0]
    assert str(person.nik) not in answer.content.decode()
    assert f"{str(person.nik)[:6]}******{str(person.nik)[-4:]}" in answer.content.decode()
    assert clients["Eko"].post(reverse("registers:export_take", args=[export.pk])).status_code == 409
    assert "Sudah diunduh" in clients["Eko"].get(reverse("registers:exports")).content.decode()
    [look] = own.looks_of(person)
    assert look.reason == REASON
    kinds = list(Event.objects.filter(subject_id=export.pk).order_by("at").values_list("kind", flat=True))
    assert kinds == ["register.export_asked", "register.export_approved", "register.export_taken", "register.looked_at"]


def test_file_has_whole_numbers_only_where_that_was_asked_and_allowed() -> None:
    by, second = registers.registrar(), registers.registrar()
    nik = make_nik()
    registers.kept((nik, registers.NAME), by=by)
    export = asked(by, whole_nik=True)
    exporting.approve(export_id=export.pk, by=second)
    assert lines(exporting.take(export_id=export.pk, by=by).content)[2][1] == nik
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(t::text, '') FROM registry.export t")
        assert nik not in cursor.fetchone()[0]


def test_nobody_allows_her_own_wish_by_whatever_log_in() -> None:
    one, other, admin = (
        make_user(roles=[("registrar", "DINSOS")]),
        make_user(roles=[("registrar", "DINSOS")]),
        make_user(),
    )
    for user in (one, other):
        record_identity(user=user, nik="3510160505900088", name="Eko Prasetyo", by=admin)
    registers.kept(by=Actor.of(one))
    export = asked(Actor.of(one))
    for user in (one, other):
        with pytest.raises(Refused, match="rekan"):
            exporting.approve(export_id=export.pk, by=Actor.of(user))


def test_database_refuses_one_person_as_both() -> None:
    by = registers.registrar()
    export = asked(by)
    for who in ({"decided_by": by.user_id}, {"decided_by": registers.registrar().user_id, "decided_human": by.user_id}):
        said = {"state": "approved", "decided_at": clock.now(), "decided_human": by.user_id} | who
        with pytest.raises(IntegrityError, match="registry_export_by_two"), opened():
            Export.objects.filter(pk=export.pk).update(**said)


def test_wish_is_answered_by_the_same_agency_and_within_a_day() -> None:
    by, second = registers.registrar(), registers.registrar()
    export = asked(by)
    for other in (registers.registrar("DINKES"), registers.registrar("DISPENDIK")):
        with pytest.raises(Missing):
            exporting.approve(export_id=export.pk, by=other)
    with clock.pretend(clock.now() + timedelta(hours=24)):
        with pytest.raises(Conflict, match="Kedaluwarsa"):
            exporting.approve(export_id=export.pk, by=second)
        assert exporting.expire_due() == 1
        assert exporting.expire_due() == 0
    assert Event.objects.filter(subject_id=export.pk, kind="register.export_expired").count() == 1


def test_refused_wish_tells_why_and_gives_nothing_out() -> None:
    by, second = registers.registrar(), make_user(roles=[("registrar", "DINSOS")])
    export = asked(by)
    client = Client()
    client.force_login(second)
    address = reverse("registers:export_refuse", args=[export.pk])
    assert client.post(address, {"reason": "tidak"}).status_code == 422
    assert client.post(address, {"reason": "Daftar bulan lalu masih berlaku."}).status_code == 302
    assert (
        "Daftar bulan lalu masih berlaku." in client.get(reverse("registers:export", args=[export.pk])).content.decode()
    )
    with pytest.raises(Conflict):
        exporting.take(export_id=export.pk, by=by)
    with pytest.raises(Conflict):
        exporting.approve(export_id=export.pk, by=Actor.of(second))


def test_empty_file_says_so_and_names_nobody() -> None:
    by, second = registers.registrar(), registers.registrar()
    export = asked(by, register="penerima")
    exporting.approve(export_id=export.pk, by=second)
    assert "0 orang" in lines(exporting.take(export_id=export.pk, by=by).content)[0][0]


def test_name_that_is_a_formula_stays_a_text() -> None:
    by, second = registers.registrar(), registers.registrar()
    batch = registers.kept((make_nik(), "Siti"), by=by)
    row = registers.entries(batch)[0]
    row.name = "=1+1"
    with opened():
        row.save(update_fields=["name"])
    export = asked(by)
    exporting.approve(export_id=export.pk, by=second)
    assert lines(exporting.take(export_id=export.pk, by=by).content)[2][2] == "'=1+1"


def raced(act: Callable[[], object], times: int = 4) -> list[str]:
    """The act by so many at once: what became of each."""

    ends = list[str]()

    def one() -> None:
        try:
            act()
        except MallError as fault:
            ends.append(type(fault).__name__)
        else:
            ends.append("done")

    at_once(one, times)
    return sorted(ends)


@pytest.mark.django_db(transaction=True)
def test_file_is_allowed_and_given_out_once_also_when_several_try_at_once() -> None:
    by, second = registers.registrar(), registers.registrar()
    registers.kept(by=by)
    export = asked(by)
    assert raced(lambda: exporting.approve(export_id=export.pk, by=second)) == ["Conflict"] * 3 + ["done"]
    assert raced(lambda: exporting.take(export_id=export.pk, by=by)) == ["Conflict"] * 3 + ["done"]
    with transaction.atomic(), opened():
        assert Look.objects.count() == 1
