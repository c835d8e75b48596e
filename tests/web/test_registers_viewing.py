"""Looking into a register: a purpose first, NIK masked, everybody seen reads it, and a day has an end."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from agencies import clock
from agencies.errors import Conflict, Invalid, Missing, Refused
from agencies.services import revoke_membership
from mall.registers.access import opened
from mall.registers.models import Look, Viewing
from mall.registers.services import importing, viewing
from tests import registers
from tests.factories import make_nik, make_user
from workflows.actors import Actor
from workflows.paging import PAGE
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db
REASON = "Menyalurkan bantuan beras bulan ini."
SAID = {"purpose": "register_distribution", "reason": REASON}


def purpose(by: Actor, register: str = "kemiskinan", **said: str) -> Viewing:
    """A stated purpose."""
    return viewing.state_purpose(register=register, by=by, **SAID | said)


def looks(**said: Any) -> list[Look]:
    """The rows of looks."""
    with opened():
        return list(Look.objects.filter(**said).order_by("at"))


def test_person_reads_at_once_who_saw_her_for_what_and_why() -> None:
    person, user = registers.proven(), make_user(roles=[("registrar", "DINSOS")])
    registers.kept((str(person.nik), registers.NAME), by=Actor.of(user))
    client, hers = Client(), Client()
    client.force_login(user)
    assert person.user
    hers.force_login(person.user)
    page = client.post(reverse("registers:purpose", args=["kemiskinan"]), SAID, follow=True).content.decode()
    assert registers.NAME in page
    assert f"{str(person.nik)[:6]}******{str(person.nik)[-4:]}" in page
    assert str(person.nik) not in page
    seen = hers.get(reverse("portal:looks")).content.decode()
    assert "Menyalurkan bantuan atau program" in seen
    assert REASON in seen
    assert "Dinas Sosial" in seen
    unmasked = re.search(r"/data-terpadu/daftar/[0-9a-f-]+/nik/[0-9a-f-]+/", page)
    assert unmasked
    assert client.post(unmasked[0], {"reason": "pendek"}).status_code == 422
    whole = client.post(unmasked[0], {"reason": "Mencocokkan dengan kartu keluarga."}).content.decode()
    assert str(person.nik) in whole
    seen = hers.get(reverse("portal:looks")).content.decode()
    assert "Mencocokkan dengan kartu keluarga." in seen


def test_m17_unmasking_needs_a_reason_and_leaves_a_row_and_an_event() -> None:
    by = registers.registrar()
    batch = registers.kept(by=by)
    of, row = purpose(by), registers.entries(batch)[0]
    with pytest.raises(Invalid):
        viewing.unmask(viewing_id=of.pk, entry_id=row.pk, reason="", by=by)
    assert looks() == []
    found = viewing.unmask(viewing_id=of.pk, entry_id=row.pk, reason=REASON, by=by)
    assert found.nik == row.nik
    [look] = looks()
    assert (look.way, look.reason, look.by) == ("unmasked", REASON, by.user_id)
    event = Event.objects.get(subject_id=of.pk, kind="register.looked_at")
    assert event.data["people"] == 1
    assert set(event.data) == {"register", "agency", "purpose", "way", "people", "sha256"}


def test_each_page_leaves_a_row_for_everybody_on_it_and_one_event() -> None:
    by = registers.registrar()
    registers.kept(*((make_nik(), f"Warga {number}") for number in range(PAGE + 3)), by=by)
    of = purpose(by)
    first = viewing.look_at_page(viewing_id=of.pk, by=by)
    assert len(first.page.items) == len(looks()) == PAGE
    second = viewing.look_at_page(viewing_id=of.pk, by=by, cursor=first.page.next)
    assert len(second.page.items) == 3
    assert len({one.entry for one in looks()}) == PAGE + 3
    counts = Event.objects.filter(subject_id=of.pk, kind="register.looked_at").order_by("seq")
    assert [one.data["people"] for one in counts] == [PAGE, 3]


def test_page_that_is_not_shown_leaves_no_look() -> None:
    by = registers.registrar()
    registers.kept(by=by)
    of = purpose(by)
    with transaction.atomic():
        viewing.look_at_page(viewing_id=of.pk, by=by)
        assert len(looks()) == 1
        transaction.set_rollback(True)
    assert looks() == []


def test_number_of_statements_does_not_grow_with_the_page(django_assert_max_num_queries: Any) -> None:
    by = registers.registrar()
    registers.kept(*((make_nik(), f"Warga {number}") for number in range(PAGE)), by=by)
    of = purpose(by)
    with django_assert_max_num_queries(25):
        viewing.look_at_page(viewing_id=of.pk, by=by)


def test_filters_show_the_people_of_a_place_and_of_a_programme() -> None:
    by = registers.registrar()
    there = ("35.10.01.2001", "Orang Desa")
    content = registers.file("penerima", [(make_nik(), there[1])], place=there[0])
    content += b"\n" + registers.file("penerima", [(make_nik(), "Orang Kota")], programme="beasiswa").split(b"\n")[1]
    importing.put_in_force(batch_id=registers.uploaded(content, "penerima", by).pk, by=by)

    def names(**said: str) -> list[str]:
        of = purpose(by, "penerima", **said)
        return [one.name for one in viewing.look_at_page(viewing_id=of.pk, by=by).page.items]

    assert names() == ["Orang Desa", "Orang Kota"]
    assert names(region="35.10.01") == names(region=there[0]) == ["Orang Desa"]
    assert names(programme="beasiswa") == ["Orang Kota"]
    assert names(region="35.10.01", programme="beasiswa") == []


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"purpose": "register_care"}, "purpose"),
        ({"purpose": "ingin tahu"}, "purpose"),
        ({"reason": "x"}, "reason"),
        ({"region": "99"}, "region"),
        ({"programme": "beasiswa"}, "programme"),
    ],
)
def test_purpose_must_be_of_the_list_and_say_something(said: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        purpose(registers.registrar(), **said)
    assert list(refused.value.fields) == [field]


def test_illness_is_listed_for_registrars_of_the_health_agency_only() -> None:
    registers.kept((make_nik(), registers.NAME), register="kesehatan")
    of = purpose(registers.registrar("DINKES"), "kesehatan", purpose="register_care")
    for roles in (
        [("registrar", "DINSOS")],
        [("head", "DINKES")],
        [("officer", "DINKES")],
        [("administrator", "DPMPTSP")],
    ):
        other = Actor.of(make_user(roles=roles))
        with pytest.raises(Refused):
            purpose(other, "kesehatan", purpose="register_care")
        with pytest.raises((Refused, Missing)):
            viewing.look_at_page(viewing_id=of.pk, by=other)


def test_registrar_of_one_agency_sees_no_recipient_of_another() -> None:
    registers.kept((make_nik(), "Punya Pendidikan"), register="penerima", by=registers.registrar("DISPENDIK"))
    by = registers.registrar()
    of = purpose(by, "penerima")
    assert viewing.look_at_page(viewing_id=of.pk, by=by).page.items == []


def test_registrar_reads_every_fault_of_her_purpose_at_once() -> None:
    registers.kept(("3510165005910077", "Orang Lain"))
    client = Client()
    client.force_login(make_user(roles=[("registrar", "DINSOS")]))
    answer = client.post(reverse("registers:purpose", args=["kemiskinan"]), {"reason": "pendek"})
    page = answer.content.decode()
    assert (answer.status_code, "belum dipilih" in page, "20 sampai 500 huruf" in page) == (422, True, True)
    assert ">pendek</textarea>" in page.replace("\n", "")


def test_purpose_ends_after_a_working_day_and_with_the_role() -> None:
    user = make_user(roles=[("registrar", "DINSOS")])
    by = Actor.of(user)
    registers.kept(by=by)
    of = purpose(by)
    with clock.pretend(clock.now() + timedelta(hours=8)), pytest.raises(Conflict, match="Nyatakan lagi"):
        viewing.look_at_page(viewing_id=of.pk, by=by)
    revoke_membership(user, "registrar", "DINSOS")
    with pytest.raises(Refused):
        viewing.look_at_page(viewing_id=of.pk, by=Actor.of(user))
    with pytest.raises(Missing):
        viewing.look_at_page(viewing_id=of.pk, by=registers.registrar())


def test_day_has_an_end_and_the_next_one_begins_anew(settings: Any) -> None:
    settings.MALL_REGISTRY_ROWS, settings.MALL_REGISTRY_UNMASKED = PAGE + 2, 1
    by = registers.registrar()
    batch = registers.kept(*((make_nik(), f"Warga {number}") for number in range(PAGE + 3)), by=by)
    of = purpose(by)
    first = viewing.look_at_page(viewing_id=of.pk, by=by)
    assert viewing.look_at_page(viewing_id=of.pk, by=by).page.items == first.page.items, "a second look counts once"
    with pytest.raises(Refused, match="Batas hari ini tercapai: 27 orang"):
        viewing.look_at_page(viewing_id=of.pk, by=by, cursor=first.page.next)
    rows = registers.entries(batch)
    viewing.unmask(viewing_id=of.pk, entry_id=rows[0].pk, reason=REASON, by=by)
    with pytest.raises(Refused, match="1 orang"):
        viewing.unmask(viewing_id=of.pk, entry_id=rows[1].pk, reason=REASON, by=by)
    with clock.pretend(clock.now() + timedelta(days=1)):
        later = purpose(by)
        viewing.look_at_page(viewing_id=later.pk, by=by, cursor=first.page.next)
        viewing.unmask(viewing_id=later.pk, entry_id=rows[1].pk, reason=REASON, by=by)


def test_database_keeps_every_look() -> None:
    by = registers.registrar()
    registers.kept(by=by)
    viewing.look_at_page(viewing_id=purpose(by).pk, by=by)
    for change in (
        lambda: Look.objects.all().delete(),
        lambda: Look.objects.update(purpose="x"),
        lambda: Viewing.objects.update(purpose="register_audit"),
    ):
        with pytest.raises(DatabaseError, match=r"Cannot|denied"), transaction.atomic(), opened():
            change()


def test_person_without_proof_reads_no_look_at_a_register() -> None:
    by, person = registers.registrar(), registers.proven()
    registers.kept((str(person.nik), registers.NAME), by=by)
    viewing.look_at_page(viewing_id=purpose(by).pk, by=by)
    type(person).objects.filter(pk=person.pk).update(proof_level="self_declared")
    client = Client()
    assert person.user
    client.force_login(person.user)
    assert REASON not in client.get(reverse("portal:looks")).content.decode()
