"""Sealed text: round trip, tampering, rotation, and silence."""

import base64
from typing import Any

import pytest
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import connection

from agencies.models import Person
from agencies.sealing import SealBrokenError, blind_index, seal, unseal
from tests.factories import make_person

NIK = "3510164505900001"


def test_round_trip_with_a_fresh_nonce_each_time() -> None:
    first, second = seal(NIK), seal(NIK)
    assert first != second
    assert first.startswith("v1:")
    assert NIK not in first
    assert unseal(first) == unseal(second) == NIK


def test_empty_text_stays_empty() -> None:
    assert seal("") == ""
    assert unseal("") == ""


def test_every_changed_byte_is_noticed() -> None:
    name, _colon, body = seal(NIK).partition(":")
    raw = bytearray(base64.urlsafe_b64decode(body))
    for place in range(len(raw)):
        changed = bytes(byte ^ (place == n) for n, byte in enumerate(raw))
        with pytest.raises(SealBrokenError):
            unseal(f"{name}:{base64.urlsafe_b64encode(changed).decode()}")


@pytest.mark.parametrize("token", [NIK, "v1:", "v1:%%%", "v1:AAAA", "v9:" + "A" * 60])
def test_what_is_no_token_is_refused(token: str) -> None:
    with pytest.raises(SealBrokenError):
        unseal(token)


def test_an_old_key_still_opens_after_rotation(settings: Any) -> None:
    old = seal(NIK)
    settings.MALL_FIELD_KEYS_FORMER = {"v1": settings.MALL_FIELD_KEY}
    settings.MALL_FIELD_KEY_NAME = "v2"
    settings.MALL_FIELD_KEY = base64.b64encode(b"n" * 32).decode()
    assert unseal(old) == NIK
    new = seal(NIK)
    assert new.startswith("v2:")
    assert unseal(new) == NIK
    with pytest.raises(SealBrokenError):
        unseal(old.replace("v1:", "v2:"))


def test_a_short_key_is_a_fault_of_the_settings(settings: Any) -> None:
    settings.MALL_FIELD_KEY = base64.b64encode(b"short").decode()
    with pytest.raises(ImproperlyConfigured):
        seal(NIK)
    settings.MALL_INDEX_KEY = base64.b64encode(b"short").decode()
    with pytest.raises(ImproperlyConfigured):
        blind_index(NIK, purpose="nik")


def test_blind_index_is_stable_and_separate_by_purpose() -> None:
    assert blind_index(NIK, purpose="nik") == blind_index(NIK, purpose="nik")
    assert blind_index(NIK, purpose="nik") != blind_index(NIK, purpose="kk")
    assert blind_index(NIK, purpose="nik") != blind_index("3510164505900002", purpose="nik")
    assert len(blind_index(NIK, purpose="nik")) == 64


@pytest.mark.django_db
def test_the_table_holds_ciphertext_only() -> None:
    person = make_person(nik=NIK, kk="3510160101150002", phone="0812-3456-7890")
    with connection.cursor() as cursor:
        cursor.execute("SELECT p::text FROM agencies_person p WHERE id = %s", [person.pk])
        row = cursor.fetchone()[0]
    for text in (NIK, "3510160101150002", "81234567890"):
        assert text not in row
    again = Person.objects.get(pk=person.pk)
    assert (again.nik, again.kk, again.phone) == (NIK, "3510160101150002", "+6281234567890")


@pytest.mark.django_db
def test_a_person_never_shows_her_numbers() -> None:
    person = make_person(nik=NIK, phone="0812-3456-7890", name="Suparmi")
    for shown in (repr(person), str(person), repr(Person.objects.get(pk=person.pk)), repr([person.nik, person.phone])):
        assert NIK not in shown
        assert "81234567890" not in shown
    assert "Suparmi" not in repr(person)
    values = repr(Person.objects.values("nik", "phone").get(pk=person.pk))
    assert NIK not in values


@pytest.mark.django_db
def test_looking_up_by_the_sealed_value_is_refused() -> None:
    with pytest.raises(FieldError, match="blind index"):
        Person.objects.filter(nik=NIK).exists()
    assert not Person.objects.filter(nik__isnull=True).exists()
