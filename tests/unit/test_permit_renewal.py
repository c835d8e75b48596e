"""What follows a permit: renewal, amendment, duplicate, revocation on request. Driven through the engine."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from agencies import clock
from agencies.errors import Conflict, Invalid, Missing
from agencies.ids import new_id
from tests.cases import DOCTOR, at
from tests.engine import EngineScript, TestCast, make_applicant
from tests.permits import approver, finished, handed_over, permit_of, publish
from workflows.cases import sealing
from workflows.cases import services as cases
from workflows.cases.models import Case
from workflows.definition.kinds import Effect
from workflows.invariants.check import offenders
from workflows.permits import following, services, sweep
from workflows.permits.models import NumberSeries, Permit, PermitStatus
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db

COPY, REVOKE = "DPMPTSP-SALINAN", "DPMPTSP-CABUT"
RENEWAL = {"opens_days": 60}


@pytest.fixture
def cast() -> TestCast:
    publish(DOCTOR, renewal=RENEWAL, product={"amendable": True, "validity": {"kind": "days", "amount": 50}})
    return TestCast()


def _script(case: Case, permit: Permit, cast: TestCast) -> EngineScript:
    """Go on with a draft that follows a permit; papers only, no answer."""
    script = EngineScript(case.definition, cast)
    script.case_id = case.pk
    script.attach()
    assert script.who.person_id == permit.case.applicant_id
    return script


def _follow(permit: Permit, cast: TestCast, effect: Effect = Effect.RENEWS, **more: Any) -> Case:
    who = cast.applicant(permit.case.definition)
    return services.follow(permit_id=permit.pk, by=who.actor, effect=effect, **more)


def _status(permit: Permit) -> str:
    return str(Permit.objects.get(pk=permit.pk).status)


def _events(permit: Permit) -> list[str]:
    rows = Event.objects.filter(subject_id=permit.case_id, data__permit=str(permit.pk)).order_by("seq")
    return [row.kind for row in rows]


def test_holder_renews_with_nothing_changed__re_enters_no_field(cast: TestCast) -> None:
    permit = handed_over(cast=cast)
    case = _follow(permit, cast)
    before = sealing.opened(permit.case.definition, permit.case.answers)
    assert sealing.opened(case.definition, case.answers) == {**before, "perpanjangan": True}
    new = finished(_script(case, permit, cast))  # hands in without one answer typed
    assert (new.status, _status(permit)) == (PermitStatus.ACTIVE, PermitStatus.SUPERSEDED)
    assert new.number != permit.number
    assert _events(permit)[-1] == "permit.superseded"
    assert not list(offenders())


def test_early_renewal__takes_no_day_of_the_permit_that_still_runs(cast: TestCast) -> None:
    permit = handed_over(cast=cast)
    assert permit.valid_until
    new = finished(_script(_follow(permit, cast), permit, cast))
    assert (new.valid_from, new.valid_until) == (clock.today(), permit.valid_until + timedelta(days=50))


def test_renewal_after_the_end__counts_from_its_own_grant(cast: TestCast) -> None:
    permit = handed_over(cast=cast)
    with clock.pretend(clock.now() + timedelta(days=50)):
        new = finished(_script(_follow(permit, cast), permit, cast))
        assert new.valid_until == clock.today() + timedelta(days=49)


def test_earlier_permit__holds_until_the_new_one_is_issued(cast: TestCast) -> None:
    permit = handed_over(cast=cast)
    script = _script(_follow(permit, cast), permit, cast)
    for part in ("submit", "verify", "recommend", "decide"):
        script.play(getattr(script, part))
    assert Permit.objects.filter(case_id=script.case_id, issued_at=None).exists()
    assert _status(permit) == PermitStatus.ACTIVE


def test_renewal_is_pinned_to_the_version_of_today__and_drops_answers_that_fit_no_longer(cast: TestCast) -> None:
    permit = handed_over(cast=cast)
    fields = [one for one in permit.case.definition.body["fields"] if one["name"] != "hari_jam_praktik"]
    shorter = [{**one, "max_length": 5} if one["name"] == "nama_tempat_praktik" else one for one in fields]
    version = publish(DOCTOR, renewal=RENEWAL, fields=shorter)
    case = _follow(permit, cast)
    kept = sealing.opened(case.definition, case.answers)
    assert case.definition == version
    assert {"hari_jam_praktik", "nama_tempat_praktik"}.isdisjoint(kept)
    assert "alamat_tempat_praktik" in kept


def test_holder_taps_renew_twice__finds_the_same_draft(cast: TestCast) -> None:
    permit = handed_over(cast=cast)
    assert _follow(permit, cast) == _follow(permit, cast)


def test_renewal_before_it_opens__is_refused(cast: TestCast) -> None:
    publish(DOCTOR, renewal={"opens_days": 20, "reminders": [7]}, product={"validity": {"kind": "days", "amount": 50}})
    permit = handed_over(cast=cast)
    with pytest.raises(Conflict, match="belum dibuka"):
        _follow(permit, cast)
    with clock.pretend(clock.now() + timedelta(days=29)):
        assert _follow(permit, cast).previous_permit_id == permit.pk


def test_service_without_a_renewal__offers_none(cast: TestCast) -> None:
    publish(DOCTOR, renewal=None)
    permit = handed_over(cast=cast)
    assert Effect.RENEWS not in {way.effect for way in following.ways(permit)}
    with pytest.raises(Conflict, match="tidak tersedia"):
        _follow(permit, cast)


def test_stranger_renews_somebody_elses_permit__finds_nothing(cast: TestCast) -> None:
    permit = handed_over(cast=cast)
    with pytest.raises(Missing):
        services.follow(permit_id=permit.pk, by=make_applicant().actor, effect=Effect.RENEWS)


def test_clerk_renews_for_the_holder_at_the_counter__opens_her_draft(cast: TestCast) -> None:
    permit = handed_over(cast=cast)
    clerk = cast.player("clerk", "DPMPTSP")
    case = services.follow(permit_id=permit.pk, by=clerk, effect=Effect.RENEWS, channel="counter")
    assert (case.applicant_id, case.opened_by_id, case.channel) == (permit.case.applicant_id, clerk.user_id, "counter")


def test_suspended_permit__is_not_got_round_by_a_renewal(cast: TestCast) -> None:
    permit = handed_over(cast=cast)
    script = _script(_follow(permit, cast), permit, cast)
    services.suspend(
        permit_id=permit.pk, by=approver(cast), reason="Temuan.", legal_basis="UU 30/2014", remedy="21 hari."
    )
    with pytest.raises(Conflict):
        services.follow(permit_id=permit.pk, by=script.who.actor, effect=Effect.AMENDS)
    for part in ("submit", "verify", "recommend"):
        script.play(getattr(script, part))
    with pytest.raises(Conflict, match="Dibekukan"):
        script.play(script.decide)


def test_expired_permit_renewed_late__stays_expired(cast: TestCast) -> None:
    permit = handed_over(cast=cast)
    case = _follow(permit, cast)
    with clock.pretend(clock.now() + timedelta(days=60)):
        sweep.expire(permit.pk)
        finished(_script(case, permit, cast))
    assert _status(permit) == PermitStatus.EXPIRED
    assert not list(offenders())


def test_holder_amends__leaves_the_marked_question_open_and_keeps_the_last_day(cast: TestCast) -> None:
    permit = handed_over(cast=cast)
    with clock.pretend(clock.now() + timedelta(days=3)):
        case = _follow(permit, cast, Effect.AMENDS, changes=["nama_tempat_praktik"])
        assert "nama_tempat_praktik" not in case.answers
        assert case.answers["perpanjangan"] is False
        by = cast.applicant(case.definition).actor
        cases.save_answers(case_id=case.pk, by=by, raw={"nama_tempat_praktik": "Klinik Baru"})
        new = finished(_script(case, permit, cast))
    assert new.case.answers["nama_tempat_praktik"] == "Klinik Baru"
    assert new.valid_until == permit.valid_until
    assert _status(permit) == PermitStatus.SUPERSEDED


def test_permit_that_another_service_renews__fills_in_its_number_and_its_day(cast: TestCast) -> None:
    publish("POLRESTA-SKCK-BARU", renewal={"by": "POLRESTA-SKCK-PANJANG", "opens_days": 250})
    permit = handed_over("POLRESTA-SKCK-BARU", cast)
    case = _follow(permit, cast)
    assert case.service_id == "POLRESTA-SKCK-PANJANG"
    assert case.answers["nomor_skck_lama"] == permit.number
    assert case.answers["tanggal_skck_lama"] == permit.valid_from.isoformat()
    new = finished(_script(case, permit, cast))
    assert (new.kind, _status(permit)) == ("recorded", PermitStatus.SUPERSEDED)


def test_service_that_is_not_amendable__offers_no_amendment(cast: TestCast) -> None:
    publish(DOCTOR, renewal=RENEWAL)
    permit = handed_over(cast=cast)
    assert {way.effect for way in following.ways(permit)} == {Effect.RENEWS, Effect.COPIES, Effect.REVOKES}


def test_holder_asks_for_a_duplicate__gets_the_same_number_under_another_code(cast: TestCast) -> None:
    permit = handed_over(cast=cast)
    case = _follow(permit, cast, Effect.COPIES)
    assert case.answers == {"nomor_izin": permit.number, "jenis_izin": DOCTOR}
    script = _script(case, permit, cast)
    cases.save_answers(case_id=case.pk, by=script.who.actor, raw={"alasan": "hilang"})
    of_permits = NumberSeries.objects.exclude(series__in=["receipt", "complete"]).values_list("series", "last")
    counted = list(of_permits)
    copy = finished(script)
    assert (copy.number, copy.copy_of_id, copy.seq) == (permit.number, permit.pk, None)
    assert copy.code != permit.code
    assert copy.valid_until == permit.valid_until
    assert copy.frozen["answers"] == permit.frozen["answers"]
    assert _status(permit) == PermitStatus.ACTIVE
    assert (
        list(NumberSeries.objects.exclude(series__in=["receipt", "complete"]).values_list("series", "last")) == counted
    )
    assert not list(offenders())


def test_holder_hands_her_permit_back__it_is_revoked_when_the_decision_is_issued(cast: TestCast) -> None:
    permit = handed_over(cast=cast)
    case = _follow(permit, cast, Effect.REVOKES)
    script = _script(case, permit, cast)
    raw = {"alasan_pencabutan": "Usaha tutup.", "tanggal_efektif": clock.today().isoformat()}
    cases.save_answers(case_id=case.pk, by=script.who.actor, raw=raw)
    finished(script)
    assert _status(permit) == PermitStatus.REVOKED
    assert not list(offenders())


def _typed(number: str, cast: TestCast) -> Case:
    script = at("drafted", REVOKE, cast)
    cases.save_answers(case_id=script.case_id, by=script.who.actor, raw={"nomor_izin": number})
    return cases.submit(case_id=script.case_id, by=script.who.actor, key=new_id())


def test_applicant_types_the_number_of_her_permit__names_it(cast: TestCast) -> None:
    permit = handed_over(cast=cast)
    case = _typed(f" {permit.number} ", cast)
    assert (case.previous_permit_id, case.effect) == (permit.pk, Effect.REVOKES)


def test_applicant_types_the_number_of_somebody_elses_permit__names_nothing(cast: TestCast) -> None:
    permit = handed_over(cast=TestCast())
    assert _typed(permit.number, cast).previous_permit_id is None


def test_applicant_types_the_number_of_a_revoked_permit__hears_of_it_at_the_question(cast: TestCast) -> None:
    permit = handed_over(cast=cast)
    _revoke(permit.pk, cast)
    with pytest.raises(Invalid) as found:
        _typed(permit.number, cast)
    assert "Dicabut" in found.value.fields["nomor_izin"][0]


def _revoke(permit_id: UUID, cast: TestCast) -> None:
    said = {"reason": "Temuan.", "legal_basis": "UU 30/2014", "remedy": "Keberatan 21 hari kerja."}
    services.propose_revocation(permit_id=permit_id, by=approver(cast), **said)
    services.confirm_revocation(permit_id=permit_id, by=approver(cast, 2))


def test_database__refuses_a_second_open_renewal_and_another_permit_after_handing_in(cast: TestCast) -> None:
    permit, other = handed_over(cast=cast), handed_over(cast=cast)
    case = _follow(permit, cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=_follow(other, cast).pk).update(previous_permit=permit)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(effect="none")
    script = _script(case, permit, cast)
    script.play(script.submit)
    with pytest.raises(DatabaseError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(previous_permit=other)


def test_database__lets_a_revoked_permit_become_nothing_else(cast: TestCast) -> None:
    permit = handed_over(cast=cast)
    _revoke(permit.pk, cast)
    with pytest.raises(DatabaseError), transaction.atomic():
        Permit.objects.filter(pk=permit.pk).update(status="active")
    assert permit_of(permit.case).status == PermitStatus.REVOKED
