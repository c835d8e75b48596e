"""The finer points of services that nobody has seen: conditions, stages, silence, sums, seals, pages."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from agencies import clock
from agencies.errors import Invalid
from agencies.models import Role
from mall.canary.cast import checker
from tests.answers import posted, valid_answers
from tests.engine import TestCast, fresh, played
from tests.lasting import undone
from tests.long import partly
from tests.unseen import (
    CODES,
    FOLDER,
    INTAKE,
    OWED,
    STAGES,
    advise,
    later,
    saying,
    states_of,
    well,
)
from tests.web.portal import Citizen, draft_of, errors_in, pdf
from workflows import chores
from workflows.cases import services
from workflows.cases.advice import Recommendation
from workflows.cases.machine import CaseState
from workflows.cases.models import Case
from workflows.cases.sealing import opened
from workflows.cases.verification import to_check
from workflows.cases.visits import Inspection
from workflows.clock import sweep
from workflows.definition.folder import CATALOGUE
from workflows.definition.model import FieldType, Validity, ValidityKind
from workflows.definition.models import ServiceType
from workflows.definition.parse import parse_definition
from workflows.definition.services import load_catalogue, publish_version
from workflows.permits.granting import last_day
from workflows.permits.models import Permit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True, scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The folder is published beside the shipped catalogue."""
    with undone(django_db_blocker):
        load_catalogue(FOLDER)
        yield


def test_a_stage_that_nobody_is_in_is_stepped_over() -> None:
    script = saying("DPMPTSP-DRONE", *INTAKE, "verify", tempat="desa", **OWED["DPMPTSP-DRONE"])
    assert states_of(script) == {"DISHUB": "asked", "SATPOLPP": "planned"}
    advise(script, DISHUB="favourable")
    assert states_of(script)["SATPOLPP"] == "asked"
    advise(script, SATPOLPP="favourable")
    assert fresh(script.case_id).state == CaseState.AWAITING_DECISION
    well()


@pytest.mark.parametrize(
    ("place", "asked"), [("taman", {"DLH"}), ("cagar", {"DISBUDPAR"}), ("pantai", {"DLH", "DISBUDPAR"})]
)
def test_the_middle_stage_hangs_on_the_place(place: str, asked: set[str]) -> None:
    script = saying("DPMPTSP-DRONE", *INTAKE, "verify", tempat=place)
    assert states_of(script).keys() == {"DISHUB", "SATPOLPP"} | asked
    advise(script, DISHUB="unfavourable")
    assert {agency for agency, state in states_of(script).items() if state == "asked"} == asked


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ({"tinggi": "3", "alasan": "pindah"}, {}),
        ({"tinggi": "3", "alasan": "roboh"}, {"SATPOLPP": "asked"}),
        ({"tinggi": "7", "alasan": "roboh"}, {"DPUCKPP": "asked", "DISHUB": "planned", "SATPOLPP": "planned"}),
        ({"tinggi": "5", "alasan": "pindah", "jalan_nasional": ""}, {}),
    ],
)
def test_where_all_are_conditional_perhaps_nobody_is_asked(said: dict[str, str], asked: dict[str, str]) -> None:
    script = saying("DPMPTSP-BALIHO", *INTAKE, "verify", **said)
    assert states_of(script) == asked
    wanted = CaseState.AWAITING_RECOMMENDATIONS if asked else CaseState.AWAITING_DECISION
    assert fresh(script.case_id).state == wanted
    script.recommend()
    script.decide()
    assert fresh(script.case_id).state in (CaseState.APPROVED, CaseState.AWAITING_PAYMENT)
    well()


def test_two_agencies_visit_and_a_stranger_visits_for_an_agency() -> None:
    fire = played("DPMPTSP-KEMBANGAPI", *INTAKE, "verify")
    assert set(Inspection.objects.filter(case_id=fire.case_id).values_list("agency_id", flat=True)) == {
        "DAMKARMAT",
        "SATPOLPP",
    }
    dive = played("DISBUDPAR-SELAM", *INTAKE, "verify")
    assert Inspection.objects.get(case_id=dive.case_id).agency_id == "DISKAN"
    with pytest.raises(Invalid) as fault:
        advise(dive, DISKAN="favourable")
    assert fault.value.fields == {"": ["Laporkan dahulu hasil pemeriksaan lapangan."]}


def test_silence_proceeds_in_one_stage_and_is_waited_for_in_the_next() -> None:
    script = saying("DPMPTSP-KEMBANGAPI", *INTAKE, "verify", kaliber="9")
    later()
    assert states_of(script) == {"POLRESTA": "lapsed", "DAMKARMAT": "asked", "SATPOLPP": "asked"}
    later(300)
    assert states_of(script)["DAMKARMAT"] == "asked"
    well()


def test_an_agency_asked_when_the_case_is_late_has_days_of_its_own() -> None:
    script = saying("DPMPTSP-KEMBANGAPI", *INTAKE, "verify", kaliber="9")
    with clock.pretend(clock.now() + timedelta(days=120)):
        sweep.sweep()
        asked = Recommendation.objects.get(case_id=script.case_id, agency_id="DAMKARMAT")
        assert asked.due_at is not None
        assert asked.due_at > clock.now() + timedelta(days=4)


def test_what_must_be_waited_for_is_reported_once_and_does_not_fill_the_sweep(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chores, "BATCH", 1)
    waiting = saying("DPMPTSP-LEBAH", *INTAKE, "verify")
    proceeding = saying("DPMPTSP-KEMBANGAPI", *INTAKE, "verify", kaliber="9")
    with clock.pretend(clock.now() + timedelta(days=9)):
        assert sweep.sweep()["recommendations"] > 1
        assert sweep.sweep()["recommendations"] == 0
    assert states_of(proceeding)["POLRESTA"] == "lapsed"
    assert "lapsed" not in states_of(waiting).values()


def test_one_case_that_cannot_be_swept_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    scripts = [played("DPMPTSP-LEBAH", *INTAKE, "send_back") for _time in range(2)]
    real = Case.lapse

    def broken(case: Case) -> None:
        if case.pk == scripts[0].case_id:
            raise RuntimeError
        real(case)

    monkeypatch.setattr("workflows.cases.work.can_proceed", lambda _move: True)
    monkeypatch.setattr(Case, "lapse", broken)
    later()
    assert [fresh(one.case_id).state for one in scripts] == [CaseState.RETURNED, CaseState.LAPSED]


@pytest.mark.parametrize("why", ["veto", "visit"])
def test_what_the_law_has_granted_can_be_confirmed(why: str) -> None:
    if why == "veto":
        script = saying("DPMPTSP-WARUNG", *INTAKE, "verify", memasak="true")
        advise(script, DINKES="unfavourable")
    else:
        script = played("DINSOS-RUMAHSINGGAH", *INTAKE)
    later()
    assert fresh(script.case_id).state == CaseState.DEEMED_GRANTED
    script.decide()
    assert fresh(script.case_id).state in (CaseState.APPROVED, CaseState.ISSUED)
    well()


def test_what_stayed_deficient_is_never_granted_by_silence() -> None:
    script = played("DPMPTSP-WARUNG", *INTAKE)
    for _round in range(2):
        script.send_back()
        script.submit()
    script.take()
    marks = dict.fromkeys(to_check(script.case()), ("deficient", "Masih kurang."))
    services.pass_on_deficient(case_id=script.case_id, by=checker(script.cast, script.definition), marks=marks)
    later()
    case = fresh(script.case_id)
    assert case.state == CaseState.AWAITING_DECISION
    assert case.term_passed_at is not None
    script.refuse()
    well()


STAGE = {"sosial": "false", "luas": "5", "mulai": "2028-02-28", "selesai": "2028-03-01", "penonton": "1234"}


@pytest.mark.parametrize(
    ("said", "total"),
    [
        ({"genset": "tanpa"}, 10 * 1000 * 3 + 12 * 2500 + 300),
        ({"genset": "besar", "daya": "3,5"}, 30_000 + 30_000 + 300 + 4377),
        ({"genset": "kecil", "daya": "900"}, 30_000 + 30_000 + 300 + 100_000),
        ({"genset": "tanpa", "sosial": "true"}, 0),
    ],
)
def test_a_formula_with_every_function_over_a_leap_day(said: dict[str, str], total: int) -> None:
    script = saying("DPMPTSP-PANGGUNG", *STAGES["awaiting_payment"], **(STAGE | said))
    case = fresh(script.case_id)
    assert case.amount_due == total
    assert case.state == (CaseState.AWAITING_PAYMENT if total else CaseState.APPROVED)
    script.pay()
    permit = Permit.objects.get(case_id=case.pk)
    assert re.fullmatch(r"1/PGG/[IVX]+/\d{4}/429\.111", permit.number)
    well()


@pytest.mark.parametrize(
    ("kind", "amount", "starts", "last"),
    [
        (ValidityKind.YEARS, 1, date(2028, 2, 29), date(2029, 2, 28)),
        (ValidityKind.YEARS, 4, date(2028, 2, 29), date(2032, 2, 28)),
        (ValidityKind.MONTHS, 1, date(2028, 1, 31), date(2028, 2, 29)),
        (ValidityKind.MONTHS, 12, date(2027, 3, 1), date(2028, 2, 29)),
        (ValidityKind.DAYS, 1, date(2028, 2, 29), date(2028, 2, 29)),
        (ValidityKind.DAYS, 30, date(2028, 2, 15), date(2028, 3, 15)),
        (ValidityKind.PHRASE, 0, date(2028, 2, 29), None),
    ],
)
def test_the_last_day_of_a_validity(kind: ValidityKind, amount: int, starts: date, last: date | None) -> None:
    assert last_day(Validity(kind, amount), starts) == last


def test_a_sum_that_cannot_be_told_stops_the_applicant_and_not_the_approver() -> None:
    text = (FOLDER / "DPMPTSP-PANGGUNG.toml").read_text("utf-8")
    broken = text.replace("when = 'genset != \"tanpa\"'\n\n[product]", "when = 'luas > 1'\n\n[product]")
    slip = parse_definition(broken, file="x")
    publish_version(slip.code, slip.body, by=TestCast().player(Role.ADMINISTRATOR, "DPMPTSP"))
    with pytest.raises(Invalid) as told:
        saying("DPMPTSP-PANGGUNG", *INTAKE, **(STAGE | {"genset": "tanpa"}))
    assert set(told.value.fields) == {"daya"}


def test_sealed_answers_of_every_kind_are_ciphertext_and_come_back() -> None:
    script = saying("DINSOS-RUMAHSINGGAH", *INTAKE, penghasilan="0")
    case = script.case()
    kept = [str(case.answers[name]) for name in ("penghasilan", "nik_saudara", "telepon_saudara")]
    assert all(":" in one and len(one) > 30 for one in kept)
    assert opened(case.definition, case.answers)["penghasilan"] == 0


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"number": "SLM-12/2026"}, "number"),
        ({"number": "9" * 200}, "number"),
        ({"valid_until": date(2026, 1, 1)}, "valid_until"),
        ({"issued_on": date(2199, 1, 1)}, "issued_on"),
    ],
)
def test_a_foreign_number_is_kept_only_when_it_can_be_one(change: dict[str, Any], wrong: str) -> None:
    script = played("DISBUDPAR-SELAM", *STAGES["awaiting_payment"])
    noted: dict[str, Any] = {"number": "SLM-0012/2026", "issued_on": clock.today()} | change
    by = script.cast.player(Role.OFFICER, "DISBUDPAR", 2)
    with pytest.raises(Invalid) as told:
        services.record_product(case_id=script.case_id, by=by, **noted)
    assert set(told.value.fields) == {wrong}


def test_a_service_of_another_folder_outlives_a_change_of_the_shipped_one(tmp_path: Path) -> None:
    for path in CATALOGUE.glob("*.toml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "TASPEN-KLAIM.toml").unlink()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("workflows.definition.loading.CATALOGUE", tmp_path)
        assert load_catalogue().retired == 1
    assert ServiceType.objects.get(code="DPMPTSP-DRONE").active


@pytest.mark.parametrize("code", partly(CODES))
def test_a_citizen_fills_and_hands_in_through_the_pages(code: str) -> None:
    citizen = Citizen()
    case_id = citizen.begin(code)
    definition = draft_of(case_id).definition
    answers = valid_answers(definition)
    for number in range(1, 40):
        draft = draft_of(case_id)
        asked = next((fields for page, fields in draft.pages if page.number == number), ())
        if not asked:
            continue
        shown = citizen.get("portal:page", case_id, number)
        assert all(f'name="q-{one.name}' in shown.content.decode() for one in asked)
        files = {f"q-{one.name}": pdf() for one in asked if one.type is FieldType.FILE}
        told = citizen.post(
            "portal:page", case_id, number, **posted(definition, answers, {o.name for o in asked}), **files
        )
        assert told.status_code == 302, errors_in(told)
    assert draft_of(case_id).faults == {}
    citizen.upload(case_id)
    assert citizen.get("portal:check", case_id).status_code == 200
    told = citizen.send(case_id)
    assert told.status_code == 302, errors_in(told)
    assert fresh(case_id).state == CaseState.SUBMITTED
