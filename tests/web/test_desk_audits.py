"""The inspectorate looks into what the law granted because an office stayed silent; nobody else does."""

from dataclasses import replace

import pytest

from agencies.errors import Refused
from agencies.models import Role, User
from tests.cases import browser, counted, looks_of, staff, text_of
from tests.clockwork import Counter
from tests.factories import make_user
from workflows.actors import Actor
from workflows.deemed import queries, services
from workflows.deemed.models import DeemedGrant
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db

OPEN, DONE = "/meja/antrean/audit/", "/meja/antrean/sudah-diaudit/"
NOTE = "Berkas tertahan karena petugas cuti tanpa pengganti."


def granted() -> tuple[Counter, DeemedGrant, str]:
    """A case that the law has granted, its statement, and the address of its audit."""
    counter = Counter(days=5, deemed=True).submit("2026-10-05 09:00")
    counter.sweep("2026-10-20 09:00")
    grant = DeemedGrant.objects.get(case_id=counter.case_id)
    return counter, grant, f"/meja/dianggap-dikabulkan/{grant.pk}/"


def inspector() -> User:
    return staff(Role.INSPECTORATE, "INSPEKTORAT")


def test_inspector_finds_the_grant_and_reads_who_held_it_and_no_applicant() -> None:
    counter, grant, address = granted()
    tab = browser(inspector())
    assert address in text_of(tab.get(OPEN))
    assert address in text_of(tab.get("/meja/"))
    shown = text_of(tab.get(address))
    assert grant.number in shown
    assert grant.law in shown
    assert "Waktu menurut pemegang" in shown
    assert counter.case.applicant.name not in shown
    assert looks_of(counter.case.applicant)[-1].data["purpose"] == "audit"


def test_inspector_notes_what_she_found_once() -> None:
    counter, grant, address = granted()
    user = inspector()
    tab = browser(user)
    assert tab.post(address, {"note": NOTE}).status_code == 302
    grant.refresh_from_db()
    assert (grant.audited_by_id, grant.audit_note) == (user.pk, NOTE)
    assert NOTE in text_of(tab.get(address))
    assert address not in text_of(tab.get(OPEN))
    assert address in text_of(tab.get(DONE))
    [event] = Event.objects.filter(subject_id=counter.case_id, kind="deemed.audited")
    assert NOTE not in str(event.data)
    late = browser(inspector()).post(address, {"note": "Catatan kedua."})
    assert late.status_code == 409
    assert "sudah dicatat" in text_of(late)
    assert "Catatan kedua." in text_of(late)


def test_empty_note_is_refused_with_a_sentence() -> None:
    _counter, grant, address = granted()
    answer = browser(inspector()).post(address, {"note": " "})
    assert answer.status_code == 422
    assert "“Hasil pemeriksaan” belum diisi" in text_of(answer)
    grant.refresh_from_db()
    assert grant.audited_at is None


@pytest.mark.parametrize("role", ["clerk", "verifier", "officer", "approver", "manager", "administrator", "head"])
def test_nobody_else_audits_or_reads_an_audit(role: str) -> None:
    _counter, grant, address = granted()
    tab = browser(staff(role))
    assert tab.get(address).status_code == 403
    assert tab.post(address, {"note": NOTE}).status_code == 403
    assert tab.get(OPEN).status_code in (403, 404)
    assert browser().get(address).status_code == 302
    with pytest.raises(Refused):
        services.audit(grant_id=grant.pk, by=Actor.of(staff(role)), note=NOTE)


def test_inspector_does_not_audit_what_touches_herself() -> None:
    counter, _grant, address = granted()
    person = counter.case.applicant
    person.user = make_user(roles=[(Role.INSPECTORATE, "INSPEKTORAT")])
    person.save()
    tab = browser(person.user)
    assert address not in text_of(tab.get(OPEN))
    assert tab.get(address).status_code == 403
    assert tab.post(address, {"note": NOTE}).status_code == 403
    stranger = replace(Actor.of(inspector()), memberships=frozenset())
    assert queries.to_audit(stranger).items == []


def test_list_costs_the_same_for_few_and_many() -> None:
    granted()
    tab = browser(inspector())
    with counted() as few:
        tab.get(OPEN)
    for _time in range(3):
        granted()
    with counted() as many:
        tab.get(OPEN)
    assert len(few) == len(many)
