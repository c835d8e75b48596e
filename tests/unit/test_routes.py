"""Services that the catalogue does not have yet, written as TOML and driven to their ends."""

from datetime import timedelta

import pytest

from agencies import clock
from agencies.errors import Conflict, Invalid
from agencies.models import Role
from tests.engine import ADVISED, CHECKED, DECIDED, INTAKE, TestCast, fresh, played, script_for
from tests.unseen import well
from workflows.actors import Actor
from workflows.cases import services
from workflows.cases.advice import Recommendation
from workflows.cases.machine import CaseState
from workflows.cases.verification import to_check
from workflows.clock import sweep
from workflows.definition.parse import parse_definition
from workflows.definition.services import publish_version, retire_service
from workflows.permits.models import Permit
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db

STAGED = """
code = "DPMPTSP-BARU-BERTAHAP"
agency = "DPMPTSP"
category = "perizinan_umum"
applicant = "both"
authority = "mall"
decision_levels = 2
name = { id = "Izin bertahap", en = "Staged permit" }
summary = "Izin dengan rekomendasi dua tahap dan dua tingkat keputusan."

[term]
working_days = 12
deemed = "granted"
deemed_law = "UU 30/2014 pasal 53"

[product]
kind = "rendered"
name = "Izin Bertahap"
validity = { kind = "years", amount = 2 }
numbering = { template = "503/{seq}/{unit}/{year}", unit = "429.111" }

[fee]
kind = "fixed"
amount = 50000
law = "Perda contoh"
sample = true

[[fields]]
name = "luas"
type = "decimal"
label = "Luas"
minimum = "1"

[[requirements]]
code = "ktp"
name = "KTP-el"
document_type = "ktp"

[[recommenders]]
agency = "DLH"
stage = 1
term_days = 3
silence = "proceed"

[[recommenders]]
agency = "DISHUB"
stage = 2
term_days = 3
binding = false

[standard]
procedure = ["Anda mengajukan permohonan.", "Petugas memeriksa berkas."]
legal_basis = ["Perda contoh"]
"""


@pytest.fixture
def staged() -> str:
    """The service is published, as a designer or a new file would."""
    definition = parse_definition(STAGED, file="staged.toml")
    publish_version(definition.code, definition.body, by=admin())
    return definition.code


def admin() -> Actor:
    return TestCast().player(Role.ADMINISTRATOR, "DPMPTSP")


def test_staged_recommendations_two_levels_and_a_fixed_fee_reach_the_permit(staged: str) -> None:
    script = played(staged, *CHECKED)
    states = dict(Recommendation.objects.filter(case_id=script.case_id).values_list("agency_id", "state"))
    assert states == {"DLH": "asked", "DISHUB": "planned"}
    script.recommend()
    script.decide()
    case = fresh(script.case_id)
    assert (case.state, case.amount_due) == (CaseState.AWAITING_PAYMENT, 50_000)
    assert case.decisions.count() == 2
    script.pay()
    permit = Permit.objects.get(case_id=script.case_id)
    assert permit.number == f"503/1/429.111/{clock.today().year}"
    assert permit.valid_until == permit.valid_from.replace(year=permit.valid_from.year + 2) - timedelta(days=1)
    assert permit.frozen["clauses"]
    well()


def test_one_approver_cannot_sign_both_levels(staged: str) -> None:
    cast = TestCast()
    script = played(staged, *ADVISED, cast=cast)
    one = cast.player(Role.APPROVER, "DPMPTSP")
    services.approve(case_id=script.case_id, by=one, reason="Setuju")
    with pytest.raises(Conflict):
        services.approve(case_id=script.case_id, by=one, reason="Setuju")
    assert fresh(script.case_id).state == CaseState.AWAITING_DECISION


def test_an_advisory_no_can_be_overruled_and_a_binding_no_cannot(staged: str) -> None:
    cast = TestCast()
    script = played(staged, *CHECKED, cast=cast)
    for agency, verdict in (("DLH", "favourable"), ("DISHUB", "unfavourable")):
        advice = Recommendation.objects.get(case_id=script.case_id, agency_id=agency)
        services.give_recommendation(
            recommendation_id=advice.pk,
            by=cast.player(Role.OFFICER, agency),
            verdict=verdict,
            reason="Alasan",
            legal_basis="UU",
        )
    for level in (1, 2):
        by = cast.player(Role.APPROVER, "DPMPTSP", level)
        services.approve(
            case_id=script.case_id, by=by, reason="Setuju", against_reason="Lalu lintas sudah diatur ulang."
        )
    assert fresh(script.case_id).state == CaseState.AWAITING_PAYMENT

    other = played("DPMPTSP-SIP-DOKTER", *CHECKED, cast=cast)
    advice = Recommendation.objects.get(case_id=other.case_id)
    services.give_recommendation(
        recommendation_id=advice.pk,
        by=cast.player(Role.OFFICER, "DINKES"),
        verdict="unfavourable",
        reason="Tidak",
        legal_basis="UU",
    )
    with pytest.raises(Conflict) as told:
        other.decide()
    assert told.value.possible == ("refuse",)
    well()


def test_silence_of_an_agency_lets_the_case_go_on_where_the_definition_says_so(staged: str) -> None:
    script = played(staged, *CHECKED)
    with clock.pretend(clock.now() + timedelta(days=9)):
        assert sweep.sweep()["recommendations"] == 1
    states = dict(Recommendation.objects.filter(case_id=script.case_id).values_list("agency_id", "state"))
    assert states == {"DLH": "lapsed", "DISHUB": "asked"}
    well()


def test_the_passing_of_the_term_grants_once_and_never_signs_a_permit(staged: str) -> None:
    script = played(staged, *CHECKED)
    with clock.pretend(clock.now() + timedelta(days=60)):
        sweep.sweep()
        sweep.sweep()
    kinds = list(Event.objects.filter(subject_id=script.case_id).values_list("kind", flat=True))
    assert kinds.count("case.deemed_granted") == 1
    assert fresh(script.case_id).state == CaseState.DEEMED_GRANTED
    assert not Permit.objects.filter(case_id=script.case_id).exists()
    well()


def test_without_a_law_the_passing_of_the_term_is_an_event_and_no_more() -> None:
    script = played("DPMPTSP-SIP-DOKTER", *CHECKED)
    with clock.pretend(clock.now() + timedelta(days=60)):
        sweep.sweep()
    case = fresh(script.case_id)
    assert case.state == CaseState.AWAITING_RECOMMENDATIONS
    assert case.term_passed_at is not None


def test_a_running_case_keeps_its_version_and_a_draft_takes_the_new_one(staged: str) -> None:
    running, draft = played(staged, *INTAKE), played(staged, "open", "answer", "attach")
    newer = parse_definition(STAGED.replace("working_days = 12", "working_days = 15"), file="staged.toml")
    publish_version(staged, newer.body, by=admin())
    draft.submit()
    assert fresh(running.case_id).definition.term.working_days == 12
    assert fresh(draft.case_id).definition.term.working_days == 15
    running.verify()
    assert fresh(running.case_id).service_version.number == 1


def test_a_service_retired_while_the_form_was_open_says_so_and_keeps_the_draft(staged: str) -> None:
    draft = played(staged, "open", "answer", "attach")
    retire_service(staged, by=admin())
    with pytest.raises(Conflict, match="tidak dibuka lagi"):
        draft.submit()
    assert fresh(draft.case_id).answers


def test_the_term_starts_when_the_complete_application_arrived_not_when_somebody_looked() -> None:
    script = script_for("DPMPTSP-SIP-DOKTER")
    arrived = clock.now().replace(year=2026, month=3, day=16, hour=2, minute=0)
    with clock.pretend(arrived):
        for part in INTAKE:
            getattr(script, part)()
    with clock.pretend(arrived + timedelta(days=1)):
        script.verify()
    case = fresh(script.case_id)
    assert case.received_complete_at == case.submitted_at
    assert case.due_at is not None
    assert clock.wib_date(case.due_at).isoformat() == "2026-03-30"


def test_a_return_stops_the_term_and_the_answer_starts_it_anew() -> None:
    script = played("DPMPTSP-SIP-DOKTER", *INTAKE, "send_back")
    case = fresh(script.case_id)
    assert (case.state, case.due_at) == (CaseState.RETURNED, None)
    script.submit()
    again = fresh(script.case_id)
    assert again.round == 2
    assert again.due_at is not None
    well()


def test_after_the_last_round_what_is_deficient_can_only_be_refused() -> None:
    cast = TestCast()
    script = played("DPMPTSP-SIP-DOKTER", *INTAKE, cast=cast)
    for _round in range(2):
        script.send_back()
        script.submit()
    script.take()
    by = cast.player(Role.VERIFIER, "DPMPTSP")
    marks = dict.fromkeys(to_check(script.case()), ("ok", "")) | {"_answers": ("deficient", "Masih kurang")}
    with pytest.raises(Conflict):
        services.return_to_applicant(case_id=script.case_id, by=by, marks=marks)
    services.pass_on_deficient(case_id=script.case_id, by=by, marks=marks)
    with pytest.raises(Conflict):
        script.decide()
    script.refuse()
    assert fresh(script.case_id).state == CaseState.REFUSED
    well()


@pytest.mark.parametrize("missing", ["reason", "legal_basis"])
def test_a_refusal_without_reason_or_law_is_impossible(missing: str) -> None:
    script = played("DPMPTSP-SIP-DOKTER", *ADVISED)
    told = {"reason": "a", "legal_basis": "b", "cites": ["_answers"]} | {missing: " "}
    by = script.cast.player(Role.APPROVER, "DPMPTSP")
    with pytest.raises(Invalid) as error:
        services.refuse(case_id=script.case_id, by=by, **told)
    assert missing in error.value.fields


def test_withdrawing_before_payment_cancels_the_charge(staged: str) -> None:
    script = played(staged, *DECIDED)
    services.withdraw(case_id=script.case_id, by=script.who.actor)
    case = fresh(script.case_id)
    assert (case.state, case.amount_due, case.charge.state) == (CaseState.WITHDRAWN, 0, "cancelled")
    well()


def test_an_unpaid_case_lapses_after_its_days(staged: str) -> None:
    script = played(staged, *DECIDED)
    with clock.pretend(clock.now() + timedelta(days=90)):
        sweep.sweep()
    assert fresh(script.case_id).state == CaseState.LAPSED
    well()
