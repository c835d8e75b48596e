"""Any number of sweepers at one moment take each rung, and pass each term, once."""

from datetime import datetime, timedelta

import pytest

from agencies import clock
from agencies.clock import WIB
from mall.voice.information import sweep as information_sweep
from tests import information
from tests.engine import INTAKE, fresh, played
from tests.factories import make_user
from tests.threads import at_once
from workflows.clock import sweep
from workflows.clock.escalation import Escalation
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db(transaction=True)


def test_eight_sweepers_take_every_rung_and_pass_the_term_once() -> None:
    for role in ("deputy", "head"):
        make_user(roles=[(role, "DPMPTSP")])
    with clock.pretend(datetime(2026, 6, 8, 9, tzinfo=WIB)):
        script = played("DPMPTSP-SIP-DOKTER", *INTAKE)
    due = fresh(script.case_id).due_at
    assert due

    def swept(late: timedelta) -> None:
        with clock.pretend(due + late):
            sweep.sweep()

    at_once(lambda: swept(-timedelta(minutes=1)))
    at_once(lambda: swept(timedelta(minutes=1)))
    events = Event.objects.filter(subject_id=script.case_id).order_by("seq")
    told = [event.data.get("step") or event.kind for event in events if event.actor_kind == "system"]
    assert told == [50, 80, 100, "case.term_passed"]
    assert Escalation.objects.count() == 1 + 2 + 3


def test_eight_sweepers_note_the_silence_of_a_request_for_information_once() -> None:
    with clock.pretend(datetime(2026, 6, 8, 9, tzinfo=WIB)):
        request = information.file()
    due = request.due_at
    assert due

    def swept() -> None:
        with clock.pretend(due + timedelta(minutes=1)):
            information_sweep.sweep()

    at_once(swept)
    kinds = Event.objects.filter(subject_id=request.pk).order_by("seq").values_list("kind", flat=True)
    assert list(kinds) == ["information.registered", "information.overdue"]
