"""Who at work is told what, and where she reads it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from agencies import clock
from agencies.errors import Missing
from agencies.ids import new_id
from agencies.models import Lane, Role, User
from notifications import consumer, queries, sending, services, staff_table
from notifications.models import CallTask, Delivery, Message
from notifications.staff_table import Notice, deciding, inspectorate
from tests.cases import browser, text_of
from tests.engine import INTAKE
from tests.factories import make_person, make_user
from tests.messages import play, script_of
from workflows.actors import Actor
from workflows.cases.models import Case
from workflows.trail.models import Event
from workflows.trail.registry import Delivered

pytestmark = pytest.mark.django_db
TEXT = "staff/deemed_granted"


@pytest.fixture
def case() -> Case:
    return play(script_of(make_person(user=make_user())), *INTAKE)


@pytest.fixture
def head() -> User:
    return make_user(roles=[("head", "DPMPTSP")])


@pytest.fixture(autouse=True)
def heads_hear_of_submissions(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = (
        Notice(TEXT, deciding(Role.HEAD)),
        Notice(TEXT, deciding(Role.HEAD, Role.DEPUTY)),
        Notice(TEXT, inspectorate),
    )
    monkeypatch.setitem(staff_table.STAFF_TABLE, "case.submitted", rows)


def hear(case: Case) -> None:
    """The consumer of notices hears that the case was submitted, always under the same promise."""
    event = Event.objects.get(subject_id=case.pk, kind="case.submitted")
    consumer.tell_staff(Delivered(event.pk, event, 1))


def told() -> set[str]:
    """The log-ins of those who have a notice."""
    return set(Message.objects.exclude(user=None).values_list("user__email", flat=True))


def test_staff_are_told_by_role_and_agency_each_once_however_often_the_promise_comes(case: Case, head: User) -> None:
    watcher = make_user(roles=[("inspectorate", "INSPEKTORAT")])
    make_user(roles=[("head", "DINKES")])
    make_user(roles=[("verifier", "DPMPTSP")])
    for _again in range(3):
        hear(case)
    assert told() == {head.email, watcher.email}
    assert Message.objects.exclude(user=None).count() == 2
    assert sorted(Delivery.objects.filter(message__user=head).values_list("channel", "state")) == [
        ("email", "pending"),
        ("inbox", "sent"),
    ]


def test_head_who_applies_herself_is_not_told_as_head() -> None:
    user = make_user(roles=[("head", "DPMPTSP")])
    hear(play(script_of(make_person(user=user)), *INTAKE))
    assert told() == set()


def test_closed_accounts_and_the_canary_wake_nobody(head: User) -> None:
    hear(play(script_of(make_person(user=make_user(), lane=Lane.CANARY)), *INTAKE))
    head.is_active = False
    head.save()
    hear(play(script_of(make_person(user=make_user())), *INTAKE))
    assert told() == set()


def test_notice_goes_out_by_email_and_a_failing_one_ends_without_a_call(
    case: Case, head: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    hear(case)
    calls = CallTask.objects.count()
    sending.send_due()
    letter = next(one for one in mail.outbox if one.to == [head.email])
    assert f"/meja/permohonan/{case.pk}/" in str(letter.body)
    other = make_user(roles=[("deputy", "DPMPTSP")])
    hear(case)
    monkeypatch.setattr("notifications.channels.email.EmailMessage.send", lambda _mail: 1 / 0)
    sending.send_due()
    with clock.pretend(clock.now() + timedelta(hours=73)):
        sending.send_due()
    assert Delivery.objects.get(message__user=other, channel="email").state == "gave_up"
    assert CallTask.objects.count() == calls


def test_reader_opens_her_notice_on_the_desk_and_nobody_else_can(case: Case, head: User) -> None:
    hear(case)
    message = Message.objects.get(user=head)
    page = reverse("desk:notice", args=[message.pk])
    assert queries.unread_notices(Actor.of(head)) == 1
    assert message.title in text_of(browser(head).get(reverse("desk:notices")))
    assert str(case.reference) in text_of(browser(head).get(page))
    assert queries.unread_notices(Actor.of(head)) == 0
    assert browser(make_user(roles=[("head", "DPMPTSP")])).get(page).status_code == 404
    with pytest.raises(Missing):
        services.mark_read(message_id=message.pk, by=Actor.system("nobody"))


def test_notices_are_listed_in_one_query_page_by_page(case: Case, head: User, django_assert_num_queries: Any) -> None:
    event = Event.objects.get(subject_id=case.pk, kind="case.submitted")
    for _more in range(5):
        services.tell_staff(case=case, event=event, readers=[(head, TEXT)], outbox_id=new_id())
    by = Actor.of(head)
    with django_assert_num_queries(1):
        first = queries.notices(by, limit=3)
    assert len(first.items) == 3
    assert len(queries.notices(by, first.next, limit=3).items) == 2


def test_postgresql_refuses_a_message_to_two_readers_or_to_none(case: Case, head: User) -> None:
    message = Message.objects.get(case=case)
    for change in ({"user": head}, {"person": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Message.objects.filter(pk=message.pk).update(**change)
