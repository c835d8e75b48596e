"""A refreshed row shows the state that the database has, and stays protected."""

import pytest
from django_fsm import TransitionNotAllowed

from agencies.ids import new_id
from tests.engine import INTAKE, played
from workflows.cases import services
from workflows.cases.models import Case

pytestmark = pytest.mark.django_db


def test_refreshed_case_shows_the_state_that_somebody_else_gave_it():
    script = played("DPMPTSP-SIP-DOKTER", *INTAKE[:3])
    seen = Case.objects.get(pk=script.case_id)
    services.submit(case_id=script.case_id, by=script.who.actor, key=new_id())
    seen.refresh_from_db()
    assert seen.state == "submitted"
    assert seen.reference


def test_refreshing_other_fields_leaves_the_state_alone():
    script = played("DPMPTSP-SIP-DOKTER", *INTAKE[:3])
    seen = Case.objects.get(pk=script.case_id)
    services.submit(case_id=script.case_id, by=script.who.actor, key=new_id())
    seen.refresh_from_db(fields=["reference"])
    assert (seen.state, bool(seen.reference)) == ("draft", True)


def test_refreshed_case_is_still_protected():
    script = played("DPMPTSP-SIP-DOKTER", *INTAKE)
    seen = Case.objects.get(pk=script.case_id)
    seen.refresh_from_db()
    with pytest.raises(AttributeError):
        seen.state = "issued"
    with pytest.raises(TransitionNotAllowed):
        seen.issue()
