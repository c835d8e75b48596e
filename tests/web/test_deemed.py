"""What people see of a deemed grant: the office its duty, its superiors the delay."""

import pytest

from agencies.models import Role
from tests.cases import MALL, browser, counted, staff, text_of
from tests.clockwork import Counter

pytestmark = pytest.mark.django_db

SUBMITTED, PASSED, LATE = "2026-10-05 09:00", "2026-10-20 09:00", "2026-11-20 09:00"
"""When it came in, when the term of five days has passed, and when the duty to decide has."""


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
