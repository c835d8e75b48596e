"""How many SQL statements each transition costs. Twelve is the most; the names say what they are.

`BEGIN` and `COMMIT` are not counted. A transition that grows beyond its number fails here, by name.
"""

import hashlib
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies import clock
from agencies.ids import new_id
from agencies.models import Agency, Role
from documents.vault.services import checked_photo, report_visit
from mall.canary.cast import checker, decider
from tests.engine import ADVISED, CHECKED, DECIDED, INTAKE, EngineScript, TestCast, fresh, played
from tests.uploads import picture
from workflows.actors import Actor
from workflows.cases import services
from workflows.cases.advice import Recommendation
from workflows.cases.links import token_of
from workflows.cases.recommending import Answer
from workflows.cases.verification import to_check
from workflows.cases.visits import Inspection
from workflows.charges import services as charges
from workflows.clock import sweep

pytestmark = pytest.mark.django_db(transaction=True)
MOST = 12


def statements(move: Callable[[], object]) -> list[str]:
    with CaptureQueriesContext(connection) as caught:
        move()
    told = [query["sql"] for query in caught.captured_queries]
    return [sql for sql in told if not sql.startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))]


def assert_cheap(move: Callable[[], object], most: int = MOST) -> None:
    told = statements(move)
    assert len(told) <= most, "\n".join(sql[:110] for sql in told)


def marks(script: EngineScript) -> dict[str, tuple[str, str]]:
    return dict.fromkeys(to_check(script.case()), ("ok", ""))


def test_submit__lock_receipt_papers_calendar_save_close_open_event_outbox() -> None:
    script = played("DPMPTSP-SIP-DOKTER", "open", "answer", "attach")
    assert_cheap(lambda: services.submit(case_id=script.case_id, by=script.who.actor, key=new_id()))


def test_take__lock_duty_save_close_open_event_outbox() -> None:
    script = played("DPMPTSP-SIP-DOKTER", *INTAKE)
    by = checker(script.cast, script.definition)
    assert_cheap(lambda: services.take(case_id=script.case_id, by=by))


def test_accept__lock_duty_ticks_calendar_advice_visit_save_close_open_event_outbox() -> None:
    script = played("DPMPTSP-APOTEK", *INTAKE, "take")
    by, ticks = checker(script.cast, script.definition), marks(script)
    assert_cheap(lambda: services.accept(case_id=script.case_id, by=by, marks=ticks))


def test_return__lock_duty_ticks_calendar_save_close_open_event_outbox() -> None:
    script = played("DPMPTSP-SIP-DOKTER", *INTAKE, "take")
    by, ticks = checker(script.cast, script.definition), marks(script)
    ticks["_answers"] = ("deficient", "Kurang")
    assert_cheap(lambda: services.return_to_applicant(case_id=script.case_id, by=by, marks=ticks))


def test_resubmit__lock_papers_calendar_save_close_open_event_outbox() -> None:
    script = played("DPMPTSP-SIP-DOKTER", *INTAKE, "send_back")
    assert_cheap(lambda: services.submit(case_id=script.case_id, by=script.who.actor, key=new_id()))


def test_recommend__find_lock_advice_visit_duty_save_case_close_open_events_outbox() -> None:
    cast = TestCast()
    script = played("DPMPTSP-APOTEK", *CHECKED, cast=cast)
    script._visit("DINKES")
    advice = Recommendation.objects.get(case_id=script.case_id)
    by = cast.player(Role.OFFICER, advice.agency_id, 2)
    assert_cheap(
        lambda: services.give_recommendation(
            recommendation_id=advice.pk,
            by=by,
            verdict="favourable",
            reason="Sesuai",
            legal_basis="UU",
        )
    )


def test_approve__lock_duty_advice_decision_series_permit_save_close_open_events_outbox() -> None:
    script = played("DPMPTSP-SIP-DOKTER", *ADVISED)
    by = decider(script.cast, script.definition)
    assert_cheap(lambda: services.approve(case_id=script.case_id, by=by, reason="Lengkap"))


def test_approve_with_a_fee__lock_duty_advice_decision_charge_calendar_save_close_open_events_outbox() -> None:
    script = played("DPMPTSP-REKLAME-INSIDENTIL", *ADVISED)
    by = decider(script.cast, script.definition)
    assert_cheap(lambda: services.approve(case_id=script.case_id, by=by, reason="Lengkap"))


def test_refuse__lock_duty_calendar_ticks_advice_signatory_decision_save_close_event_outbox() -> None:
    script = played("DPMPTSP-SIP-DOKTER", *ADVISED)
    by = decider(script.cast, script.definition)
    said = {"reason": "a", "legal_basis": "b", "cites": ["_answers", "recommendation:DINKES"]}
    assert_cheap(lambda: services.refuse(case_id=script.case_id, by=by, **said))


def test_withdraw__lock_save_close_event_outbox() -> None:
    script = played("DPMPTSP-SIP-DOKTER", *INTAKE)
    assert_cheap(lambda: services.withdraw(case_id=script.case_id, by=script.who.actor))


def test_record_product__lock_permit_save_both_close_event_outbox() -> None:
    script = played("DUKCAPIL-AKTA-LAHIR", *DECIDED)
    by = decider(script.cast, script.definition)
    number = script.product_number()
    assert_cheap(lambda: services.record_product(case_id=script.case_id, by=by, number=number, issued_on=clock.today()))


def test_pay__bill_lock_known_payment_charge_series_permit_save_close_open_events_outbox() -> None:
    script = played("DPMPTSP-REKLAME-INSIDENTIL", *DECIDED)
    charge = fresh(script.case_id).charge
    by = Actor.gateway("test")
    charges.issue_bill(
        charge_id=charge.pk,
        by=by,
        gateway="test",
        gateway_ref="b",
        pay_code="1",
        pay_url="",
        expires_at=clock.now() + timedelta(days=1),
    )
    assert_cheap(
        lambda: charges.take_payment(
            by=by, gateway="test", gateway_ref="b", payment_ref="p", amount=charge.amount, paid_at=clock.now()
        )
    )
    assert fresh(script.case_id).state == "approved"


def test_serve__three_transitions_in_one_visit_cost_less_than_two() -> None:
    script = played("POLRESTA-SKCK-BARU", *INTAKE)
    by = decider(script.cast, script.definition)
    number = script.product_number()
    told = statements(lambda: services.serve(case_id=script.case_id, by=by, approved=True, reason="Ada", number=number))
    assert len(told) <= 2 * MOST, "\n".join(sql[:110] for sql in told)
    assert fresh(script.case_id).state == "issued"


def test_issue__lock_permit_save_both_close_event_outbox() -> None:
    script = played("DPMPTSP-SIP-DOKTER", *DECIDED)
    by = Actor.system("documents")
    assert_cheap(
        lambda: services.attach_document(
            case_id=script.case_id, by=by, document_id=new_id(), sha256=hashlib.sha256(b"pdf").hexdigest()
        )
    )
    assert fresh(script.case_id).state == "issued"


def test_inspection__find_lock_visit_save_both_event_outbox() -> None:
    script = played("DPMPTSP-APOTEK", *CHECKED)
    visit = Inspection.objects.get(case_id=script.case_id)
    by = script.cast.player(Role.OFFICER, visit.agency_id)
    services.draw_inspector(inspection_id=visit.pk, by=by)
    assert_cheap(
        lambda: services.report_inspection(
            inspection_id=visit.pk, by=by, held_on=clock.today(), result="fit", findings="Sesuai"
        )
    )


def test_inspection_with_photos__find_lock_visit_hold_files_save_photos_event_outbox() -> None:
    script = played("DPMPTSP-APOTEK", *CHECKED)
    visit = Inspection.objects.get(case_id=script.case_id)
    by = script.cast.player(Role.OFFICER, visit.agency_id)
    services.draw_inspector(inspection_id=visit.pk, by=by)
    photos = [checked_photo("a.jpg", picture()), checked_photo("b.png", picture("PNG"))]
    said = {"held_on": clock.today(), "result": "fit", "findings": "Sesuai"}
    assert_cheap(lambda: report_visit(inspection_id=visit.pk, by=by, photos=photos, **said))
    assert visit.photos.count() == len(photos)


def test_lapse__lock_charge_save_both_close_event_outbox() -> None:
    script = played("DPMPTSP-REKLAME-INSIDENTIL", *DECIDED)
    with clock.pretend(clock.now() + timedelta(days=120)):
        assert_cheap(lambda: sweep.lapse(script.case_id))
    assert fresh(script.case_id).state == "lapsed"


def test_passing_of_the_term__lock_save_event_outbox() -> None:
    script = played("DPMPTSP-SIP-DOKTER", *CHECKED)
    with clock.pretend(clock.now() + timedelta(days=120)):
        assert_cheap(lambda: sweep.pass_term(script.case_id))
    assert fresh(script.case_id).term_passed_at is not None


def test_answer_by_link__find_memberships_person_bonds_then_as_at_the_desk() -> None:
    script = played("DPMPTSP-SIP-DOKTER", *CHECKED)
    advice = Recommendation.objects.get(case_id=script.case_id)
    Agency.objects.filter(pk=advice.agency_id).update(answers_by="link")
    sender, named = script.cast.player(Role.VERIFIER, "DPMPTSP"), script.cast.user(Role.OFFICER, advice.agency_id, 2)
    link = services.send_link(recommendation_id=advice.pk, by=sender, to=named.pk, way="mail")
    # Three more than at the desk say who the named person is, which a request there has read already.
    assert_cheap(lambda: services.answer_by_link(token=token_of(link.pk), said=Answer("favourable", "a", "b")), most=17)
    Agency.objects.filter(pk=advice.agency_id).update(answers_by="screen")
