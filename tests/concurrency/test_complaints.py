"""Two workers at one moment: one closing, one alarm; and no second role for who handles complaints."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from agencies import clock
from agencies.models import Membership
from mall.voice.complaints.models import Complaint, ComplaintNote
from mall.voice.complaints.services import sweep
from tests import complaints
from tests.factories import make_agency, make_user
from tests.threads import at_once
from workflows.actors import Actor
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_sweepers_close_an_unanswered_reply_once_and_alarm_once() -> None:
    centre = Actor.of(complaints.handler())
    answered, waiting = complaints.forwarded(complaints.file(), centre, "DINKES"), complaints.file()
    answered = complaints.answered(answered, centre)
    assert answered.close_after
    later = answered.close_after + timedelta(days=30)

    def swept() -> None:
        with clock.pretend(later):
            sweep.sweep()

    at_once(swept, threads=2)
    closed = Event.objects.filter(kind="complaint.closed", subject_id=answered.pk)
    assert [event.data["ending"] for event in closed] == ["silent"]
    assert ComplaintNote.objects.filter(complaint=answered, kind="closed").count() == 1
    alarms = Event.objects.filter(kind="complaint.overdue", subject_id=waiting.pk).order_by("seq")
    assert sorted(event.data["clock"] for event in alarms) == ["resolve", "verify"]
    assert Complaint.objects.get(pk=answered.pk).state == "closed"


def test_two_roles_given_at_once_are_one() -> None:
    make_agency("DINKES")
    user, roles, refused = make_user(), ["complaints", "verifier"], []

    def give() -> None:
        role = roles.pop()
        try:
            with transaction.atomic():
                Membership.objects.create(user=user, role=role, agency_id="DINKES")
        except IntegrityError:
            refused.append(role)

    at_once(give, threads=2)
    assert len(refused) == 1
    assert Membership.objects.filter(user=user).count() == 1
