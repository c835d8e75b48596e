"""What people see of a deemed grant: the office its duty, its superiors the delay, everybody the statement."""

import pytest
from django.core.cache import cache
from django.test import Client

from agencies.models import Role
from mall.canary.cast import CanaryCast
from tests.cases import MALL, browser, counted, staff, text_of
from tests.clockwork import Counter, at
from tests.engine import EngineScript
from tests.factories import make_person, make_user
from workflows.cases import services
from workflows.clock import sweep
from workflows.deemed.models import DeemedGrant

pytestmark = pytest.mark.django_db

REGISTER = "/transparansi/dianggap-dikabulkan/"
SUBMITTED, PASSED, LATE = "2026-10-05 09:00", "2026-10-20 09:00", "2026-11-20 09:00"
"""When it came in, when the term of five days has passed, and when the duty to decide has."""


@pytest.fixture(autouse=True)
def nobody_has_asked_yet() -> None:
    cache.clear()


def granted(*, late: bool = False) -> Counter:
    """A case that the law has granted, with the decision still owed."""
    counter = Counter(days=5, deemed=True).submit(SUBMITTED)
    counter.sweep(PASSED)
    if late:
        counter.sweep(LATE)
    return counter


def test_approver_finds_the_decision_she_owes_with_its_day_and_the_way_to_the_case() -> None:
    counter = granted()
    shown = text_of(browser(staff("approver")).get("/meja/antrean/wajib/"))
    assert counter.case.reference in shown
    assert f"/meja/permohonan/{counter.case_id}/" in shown
    assert "DPMPTSP, paling lambat" in shown
    assert counter.case.applicant.name not in shown
    other = text_of(browser(staff("approver", "POLRESTA")).get("/meja/antrean/wajib/"))
    assert counter.case.reference not in other


@pytest.mark.parametrize(("role", "agency"), [(Role.HEAD, MALL), (Role.INSPECTORATE, "INSPEKTORAT")])
def test_superior_sees_a_late_duty_without_its_papers(role: str, agency: str) -> None:
    reader = browser(staff(role, agency))
    counter = granted()
    assert counter.case.reference not in text_of(reader.get("/meja/antrean/wajib-terlambat/"))
    counter.sweep(LATE)
    shown = text_of(reader.get("/meja/antrean/wajib-terlambat/"))
    assert counter.case.reference in shown
    assert f"/meja/permohonan/{counter.case_id}/" not in shown


def test_head_of_another_office_sees_no_delay_that_is_not_hers() -> None:
    counter = granted(late=True)
    shown = text_of(browser(staff("head", "DINKES")).get("/meja/antrean/wajib-terlambat/"))
    assert counter.case.reference not in shown


def test_list_of_duties_costs_the_same_for_one_and_for_many() -> None:
    reader = browser(staff("approver"))
    granted()
    with counted() as one:
        reader.get("/meja/antrean/wajib/")
    for _case in range(3):
        granted()
    with counted() as four:
        shown = text_of(reader.get("/meja/antrean/wajib/"))
    assert len(four) == len(one) <= 8
    assert shown.count("paling lambat") == 4


def applicant_of(counter: Counter) -> Client:
    """Her own browser."""
    user = counter.case.applicant.user
    assert user
    return browser(user)


def decided(counter: Counter) -> None:
    """The approver issues the formal decision."""
    with at("2026-10-21 09:00"):
        approver = counter.cast.player(Role.APPROVER, MALL)
        services.approve(case_id=counter.case_id, by=approver, reason="Lengkap")


def test_applicant_prints_the_statement_that_says_what_follows_and_that_it_is_no_permit() -> None:
    counter = granted()
    found, tab = DeemedGrant.objects.get(case=counter.case), applicant_of(counter)
    page = f"/permohonan/{counter.case_id}/dianggap-dikabulkan/"
    assert page in text_of(tab.get(f"/permohonan/{counter.case_id}/"))
    shown = text_of(tab.get(page))
    for words in (found.number, f"http://testserver/v/{found.code}", found.law, "Uji jam", "bukan izin"):
        assert words in shown
    assert "wajib menerbitkan keputusan tertulis" in shown
    decided(counter)
    assert "sudah menerbitkan keputusan tertulis" in text_of(tab.get(page))
    assert page in text_of(tab.get(f"/permohonan/{counter.case_id}/"))


def test_nobody_else_reads_the_statement_and_without_a_grant_there_is_none() -> None:
    counter = granted()
    other = make_user()
    make_person(user=other)
    page = f"/permohonan/{counter.case_id}/dianggap-dikabulkan/"
    assert browser(other).get(page).status_code == 404
    waiting = Counter(days=5, deemed=True).submit(SUBMITTED)
    tab = applicant_of(waiting)
    assert tab.get(f"/permohonan/{waiting.case_id}/dianggap-dikabulkan/").status_code == 404
    assert "dianggap-dikabulkan" not in text_of(tab.get(f"/permohonan/{waiting.case_id}/"))


@pytest.mark.parametrize("spelling", [str, str.lower, lambda code: f"{code[:4]} {code[4:]}"])
def test_anybody_verifies_the_statement_and_reads_that_it_is_no_permit(spelling) -> None:
    counter = granted()
    found = DeemedGrant.objects.get(case=counter.case)
    with counted() as asked:
        shown = text_of(browser().get(f"/v/{spelling(found.code)}"))
    assert "Pernyataan dianggap dikabulkan, bukan izin" in shown
    assert found.number in shown
    assert counter.case.applicant.name not in shown
    assert len(asked) <= 2


def test_anybody_reads_the_register_and_no_person_in_it() -> None:
    first, second = granted(), granted()
    decided(first)
    shown = text_of(browser().get(REGISTER))
    for counter in (first, second):
        assert counter.case.reference in shown
        assert counter.case.applicant.name not in shown
    assert (shown.count("Sudah terbit"), shown.count("Belum terbit")) == (1, 1)


def test_register_costs_one_query_for_any_length() -> None:
    with counted() as none:
        assert "Belum ada permohonan" in text_of(browser().get(REGISTER))
    for _case in range(3):
        granted()
    with counted() as three:
        shown = text_of(browser().get(REGISTER))
    assert len(none) == len(three) == 1
    assert shown.count("Belum terbit") == 3


def test_register_holds_no_trial_of_the_canary() -> None:
    trial = EngineScript(Counter(days=5, deemed=True).script.definition, CanaryCast())
    with at(SUBMITTED):
        for part in (trial.open, trial.answer, trial.attach, trial.submit):
            part()
    with at(PASSED):
        sweep.sweep()
    assert DeemedGrant.objects.filter(case_id=trial.case_id).exists()
    assert "Belum ada permohonan" in text_of(browser().get(REGISTER))
