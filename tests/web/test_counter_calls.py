"""The call list at the counter: people without e-mail hear by telephone."""

from uuid import uuid4

import pytest

from tests.cases import at, browser, case_of, clerk, counted, looks_of, staff, text_of

pytestmark = pytest.mark.django_db


def a_call(script=None):
    """A message that nobody can be mailed, as a task of the counter."""
    from agencies import clock
    from agencies.ids import new_id
    from notifications.models import CallTask, Message
    from notifications.services import open_call

    case = case_of(script or at("submitted"))
    message = Message.objects.create(
        person=case.applicant,
        case=case,
        outbox_id=new_id(),
        template="submitted",
        language="id",
        subject="Permohonan diterima",
        title="Permohonan Anda diterima",
        body="Kami memeriksa berkas Anda.",
        created_at=clock.now(),
    )
    return open_call(message, CallTask.Why.NO_EMAIL), case


def test_list_names_nobody_and_the_call_is_a_look():
    task, case = a_call()
    tab = browser(clerk())
    listed = text_of(tab.get("/loket/telepon/"))
    assert case.reference in listed
    assert case.applicant.name not in listed
    assert not looks_of(case.applicant)
    shown = text_of(tab.get(f"/loket/telepon/{task.pk}/"))
    assert case.applicant.name in shown
    assert "Kami memeriksa berkas Anda." in shown
    assert looks_of(case.applicant)[-1].data["purpose"] == "call"


def test_clerk_notes_how_the_call_went_and_it_leaves_the_list():
    task, case = a_call()
    user = clerk()
    tab = browser(user)
    empty = tab.post(f"/loket/telepon/{task.pk}/", {"note": " "})
    assert empty.status_code == 422
    tab.post(f"/loket/telepon/{task.pk}/", {"note": "Sudah disampaikan."})
    task.refresh_from_db()
    assert (task.note, task.done_by_id) == ("Sudah disampaikan.", user.pk)
    assert case.reference not in text_of(tab.get("/loket/telepon/"))
    late = browser(clerk()).post(f"/loket/telepon/{task.pk}/", {"note": "Lagi."})
    assert late.status_code == 409


@pytest.mark.parametrize("role", ["verifier", "officer", "approver", "manager", "administrator"])
def test_nobody_but_clerks_calls(role):
    task, _case = a_call()
    assert browser(staff(role)).get(f"/loket/telepon/{task.pk}/").status_code == 403
    assert browser(staff(role)).post(f"/loket/telepon/{task.pk}/", {"note": "x"}).status_code == 403


def test_unknown_call_is_not_found():
    assert browser(clerk()).get(f"/loket/telepon/{uuid4()}/").status_code == 404


def test_list_costs_the_same_for_one_and_fifty():
    script = at("submitted")
    a_call(script)
    tab = browser(clerk())
    with counted() as one:
        tab.get("/loket/telepon/")
    for _time in range(49):
        a_call(script)
    with counted() as many:
        tab.get("/loket/telepon/")
    assert len(one) == len(many) <= 6
