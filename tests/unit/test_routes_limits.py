"""What no route allows: deciding for another, handling one's own, learning of others, going back in time."""

from dataclasses import replace

import pytest

from agencies import clock
from agencies.errors import Missing, Refused
from agencies.ids import new_id
from agencies.models import Holiday, Role
from agencies.services import set_holiday
from tests.engine import ADVISED, CHECKED, INTAKE, TestCast, fresh, make_applicant, played
from tests.unseen import well
from workflows.cases import services
from workflows.cases.machine import CaseState
from workflows.clock import recounting
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db


def test_the_mall_cannot_decide_what_an_agency_decides() -> None:
    cast = TestCast()
    script = played("DUKCAPIL-AKTA-LAHIR", *ADVISED, cast=cast)
    with pytest.raises(Refused):
        services.approve(case_id=script.case_id, by=cast.player(Role.APPROVER, "DPMPTSP"), reason="Setuju")
    script.decide()
    assert fresh(script.case_id).state == CaseState.APPROVED


def test_nobody_handles_an_application_of_her_own() -> None:
    cast = TestCast()
    script = played("DPMPTSP-SIP-DOKTER", *INTAKE, cast=cast)
    verifier = cast.player(Role.VERIFIER, "DPMPTSP")
    own = replace(verifier, person_id=script.who.person_id)
    with pytest.raises(Refused):
        services.take(case_id=script.case_id, by=own)


def test_a_stranger_does_not_learn_that_a_case_exists() -> None:
    script = played("DPMPTSP-SIP-DOKTER", "open", "answer", "attach")
    with pytest.raises(Missing):
        services.submit(case_id=script.case_id, by=make_applicant().actor, key=new_id())


def test_a_holiday_added_later_moves_open_due_dates_forward_with_an_event() -> None:
    script = played("DPMPTSP-SIP-DOKTER", *CHECKED)
    due = fresh(script.case_id).due_at
    assert due is not None
    day = clock.wib_date(due)
    set_holiday(date=day, name="Libur mendadak", kind="EMERGENCY", decree_no="contoh/1")
    recounting.work()
    moved = fresh(script.case_id).due_at
    assert moved is not None
    assert moved > due
    assert Event.objects.filter(subject_id=script.case_id, kind="case.due_moved").count() == 1
    Holiday.objects.filter(date=day).delete()
    assert fresh(script.case_id).due_at == moved
    well()
