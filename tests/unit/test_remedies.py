"""Signatures, refusals, objections, appeals and deemed grants, through the services; no page is needed for the law."""

from datetime import date, timedelta

import pytest

from agencies import clock, signing
from agencies.errors import Conflict, Invalid, Refused
from agencies.models import Role
from tests.engine import ADVISED, CHECKED, EngineScript, TestCast, fresh, played
from tests.factories import make_signatory, make_user
from workflows.actors import Actor
from workflows.cases import services
from workflows.cases.decisions import Decision
from workflows.cases.machine import CaseState, Instance
from workflows.clock import sweep
from workflows.deemed.models import DeemedGrant, DutyTask
from workflows.invariants.check import offenders
from workflows.objections.models import Objection, ObjectionState
from workflows.objections.services import answer_objection, file_objection, withdraw_objection
from workflows.permits.models import Permit
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db
SERVICE = "DPMPTSP-SIP-DOKTER"


def refused(cast: TestCast | None = None) -> EngineScript:
    return played(SERVICE, *ADVISED, "refuse", cast=cast)


def filed(script: EngineScript) -> Objection:
    return file_objection(case_id=script.case_id, by=script.who.actor, reason="Lokasi sudah sesuai.")


def answered(objection: Objection, by: Actor, *, upheld: bool) -> Objection:
    return answer_objection(objection_id=objection.pk, by=by, upheld=upheld, answer="Alasan.", legal_basis="UU 30/2014")


def well() -> None:
    assert [f"{one.rule}: {one.why}" for one in offenders()] == []


@pytest.mark.parametrize(
    ("capacity", "principal", "heading"),
    [
        ("own", "", ("Kepala Dinas",)),
        ("delegation", "", ("Kepala Dinas",)),
        ("mandate_an", "Bupati Banyuwangi", ("a.n. Bupati Banyuwangi", "Kepala Dinas")),
        ("plh", "Kepala DPMPTSP", ("Plh. Kepala DPMPTSP",)),
        ("plt", "Kepala DPMPTSP", ("Plt. Kepala DPMPTSP",)),
    ],
)
def test_each_capacity_has_its_own_block(capacity: str, principal: str, heading: tuple[str, ...]) -> None:
    held = make_signatory(make_user(name="Siti"), capacity=capacity, title="Kepala Dinas", principal=principal)
    block = signing.Block.of(held)
    assert (block.heading, block.name) == (heading, "Siti")
    assert signing.Block.kept(block.plain()) == block


def test_nobody_without_a_power_decides_for_the_mall_and_the_power_is_frozen_with_the_decision() -> None:
    cast = TestCast()
    script = played(SERVICE, *ADVISED, cast=cast)
    user = cast.user(Role.APPROVER, "DPMPTSP")
    held = user.signatories.get()
    held.until = date(2020, 1, 2)
    held.save()
    with pytest.raises(Refused, match="Wewenang tanda tangan"):
        services.approve(case_id=script.case_id, by=Actor.of(user), reason="Lengkap")
    make_signatory(user, since=date(2021, 1, 1))
    services.approve(case_id=script.case_id, by=Actor.of(user), reason="Lengkap")
    assert Decision.objects.get(case_id=script.case_id).signature["capacity"] == "delegation"
    well()


def test_m27_a_refusal_cites_something_and_carries_its_remedy_and_last_day() -> None:
    script = played(SERVICE, *ADVISED)
    by = script.cast.player(Role.APPROVER, "DPMPTSP")
    with pytest.raises(Invalid) as told:
        services.refuse(case_id=script.case_id, by=by, reason="a", legal_basis="b")
    assert "cites" in told.value.fields
    services.refuse(case_id=script.case_id, by=by, reason="a", legal_basis="b", cites=["_answers"])
    decision = Decision.objects.get(case_id=script.case_id)
    assert decision.grounds[0]["code"] == "_answers"
    assert decision.remedy_until
    assert "21 hari kerja" in decision.remedy
    sentences = [one for one in decision.remedy.replace("\n", " ").split(". ") if one]
    assert sum(len(one.split()) for one in sentences) / len(sentences) <= 14


def test_an_upheld_objection_reopens_the_case_and_only_an_approval_is_possible() -> None:
    script = refused()
    with clock.pretend(clock.now() + timedelta(days=2)):
        objection = filed(script)
    head = script.cast.player(Role.HEAD, "DPMPTSP")
    with clock.pretend(clock.now() + timedelta(days=4)):
        answered(objection, head, upheld=True)
        case = fresh(script.case_id)
        assert (case.state, case.instance, case.closed_at) == (CaseState.AWAITING_DECISION, Instance.OBJECTION, None)
        assert DutyTask.objects.get(case=case).done_at is None
        by = script.cast.player(Role.APPROVER, "DPMPTSP")
        with pytest.raises(Conflict):
            services.refuse(case_id=case.pk, by=by, reason="a", legal_basis="b", cites=["_answers"])
        services.approve(case_id=case.pk, by=by, reason="Keberatan dikabulkan.")
    assert DutyTask.objects.get(case_id=script.case_id).done_at
    reasons = list(fresh(script.case_id).intervals.order_by("opened_at").values_list("reason", flat=True))
    assert reasons[-4:] == ["objecting", "answering", "deciding", "issuing"]
    well()


def test_silence_on_an_objection_grants_exactly_once_and_never_a_permit() -> None:
    script = refused()
    filed(script)
    with clock.pretend(clock.now() + timedelta(days=40)):
        sweep.sweep()
        sweep.sweep()
    assert fresh(script.case_id).state == CaseState.DEEMED_GRANTED
    assert Objection.objects.get(case_id=script.case_id).state == ObjectionState.DEEMED_UPHELD
    assert DeemedGrant.objects.get(case_id=script.case_id).number.startswith("PDK-")
    assert Event.objects.filter(subject_id=script.case_id, kind="case.deemed_granted").count() == 1
    assert not Permit.objects.filter(case_id=script.case_id).exists()
    well()


def test_a_late_objection_is_refused_with_its_last_day() -> None:
    script = refused()
    with clock.pretend(clock.now() + timedelta(days=60)), pytest.raises(Conflict, match="Hari terakhir"):
        filed(script)


def test_a_rejected_objection_opens_the_appeal_and_whoever_took_part_answers_neither() -> None:
    cast = TestCast()
    script = refused(cast)
    objection = filed(script)
    decider = cast.user(Role.APPROVER, "DPMPTSP")
    both = Actor.of(decider)
    object.__setattr__(both, "memberships", both.memberships | {(Role.HEAD, "DPMPTSP")})
    with pytest.raises(Refused, match="ikut menangani"):
        answered(objection, both, upheld=False)
    answered(objection, cast.player(Role.HEAD, "DPMPTSP"), upheld=False)
    appeal = filed(script)
    assert (appeal.instance, appeal.agency_id) == (Instance.APPEAL, "SETDA")
    answered(appeal, cast.player(Role.HEAD, "SETDA"), upheld=True)
    assert fresh(script.case_id).instance == Instance.APPEAL
    well()


def test_a_withdrawn_objection_leaves_the_refusal_standing_for_good() -> None:
    script = refused()
    withdraw_objection(objection_id=filed(script).pk, by=script.who.actor)
    assert fresh(script.case_id).state == CaseState.REFUSED
    with pytest.raises(Conflict):
        filed(script)
    well()


def test_a_late_duty_is_reported_once_and_done_with_the_decision() -> None:
    script = refused()
    answered(filed(script), script.cast.player(Role.HEAD, "DPMPTSP"), upheld=True)
    with clock.pretend(clock.now() + timedelta(days=30)):
        sweep.sweep()
        sweep.sweep()
    assert Event.objects.filter(subject_id=script.case_id, kind="duty.overdue").count() == 1


def test_a_term_without_a_law_grants_nothing() -> None:
    script = played(SERVICE, *CHECKED)
    with clock.pretend(clock.now() + timedelta(days=60)):
        sweep.sweep()
    assert not DeemedGrant.objects.filter(case_id=script.case_id).exists()
