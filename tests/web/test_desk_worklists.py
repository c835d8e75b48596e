"""The worklists of the desk: whose work they show, in which order, at what cost."""

import re

import pytest

from agencies.models import Lane
from tests.cases import MALL, at, browser, case_of, counted, staff, text_of
from tests.engine import TestCast
from tests.long import partly
from workflows.cases.models import Case

pytestmark = pytest.mark.django_db

SKCK = "POLRESTA-SKCK-BARU"
MOST_HOME = 12
"""Session, user, person, memberships 4, what binds her 1, her messages 1; for each of the two worklists
of a verifier its rows 1, the holidays 1, and who took them 1 (papers to check only)."""
MOST_LIST = 8
"""Session, user, person, memberships 4, what binds her 1; rows 1, holidays 1, who took them 1."""


def numbers(response) -> list[str]:
    """The receipt numbers on a page, in order."""
    return re.findall(r">(MPP-\d{4}-\d{6})<", text_of(response))


def test_verifier_sees_submitted_cases_by_due_date():
    cast = TestCast()
    late, soon = at("submitted", cast=cast), at("submitted", cast=cast)
    Case.objects.filter(pk=soon.case_id).update(due_at=case_of(late).due_at.replace(year=2020))
    shown = browser(staff("verifier")).get("/meja/antrean/periksa/")
    assert numbers(shown) == [case_of(soon).reference, case_of(late).reference]
    assert "Terlambat" in text_of(shown)


def test_list_names_nobody():
    script = at("submitted")
    shown = text_of(browser(staff("verifier")).get("/meja/antrean/periksa/"))
    assert case_of(script).applicant.name not in shown


def test_list_says_who_has_taken_a_case():
    cast = TestCast()
    at("taken", cast=cast)
    mine = text_of(browser(cast.user("verifier", MALL)).get("/meja/antrean/periksa/"))
    other = text_of(browser(staff("verifier")).get("/meja/antrean/periksa/"))
    assert ">Anda<" in re.sub(r"\s+", "", mine)
    assert str(cast.user("verifier", MALL)) in other


def test_each_role_sees_only_its_own_queues():
    home = text_of(browser(staff("verifier")).get("/meja/"))
    assert "Berkas untuk diperiksa" in home
    assert "Rekomendasi yang diminta" not in home
    assert browser(staff("verifier")).get("/meja/antrean/putusan/").status_code == 404
    assert browser(staff("approver")).get("/meja/antrean/putusan/").status_code == 200


@pytest.mark.parametrize("role", ["clerk", "administrator"])
@pytest.mark.parametrize("address", ["/meja/", "/meja/antrean/periksa/"])
def test_others_have_no_desk(role, address):
    assert browser(staff(role)).get(address).status_code == 403
    assert browser(None).get(address).status_code == 302


def test_manager_has_a_desk_without_cases():
    assert browser(staff("manager")).get("/meja/").status_code == 200
    assert browser(staff("manager")).get("/meja/antrean/periksa/").status_code == 404


def test_officer_sees_requests_of_her_agency_only():
    script = at("checked")
    asked = browser(staff("officer", "DINKES")).get("/meja/antrean/rekomendasi/")
    other = browser(staff("officer", "DLH")).get("/meja/antrean/rekomendasi/")
    assert numbers(asked) == [case_of(script).reference]
    assert numbers(other) == []


def test_approver_sees_what_awaits_the_decision():
    script = at("advised")
    assert numbers(browser(staff("approver")).get("/meja/antrean/putusan/")) == [case_of(script).reference]
    assert numbers(browser(staff("approver", "POLRESTA")).get("/meja/antrean/putusan/")) == []


def test_officer_of_an_agency_desk_sees_its_same_visit_cases():
    script = at("submitted", SKCK)
    shown = browser(staff("officer", "POLRESTA")).get("/meja/antrean/periksa/")
    assert numbers(shown) == [case_of(script).reference]
    assert "Satu kunjungan" in text_of(shown)


def test_canary_cases_are_in_no_list():
    cast = TestCast()
    at("submitted", cast=cast)
    tab = browser(staff("verifier"))
    assert len(numbers(tab.get("/meja/antrean/periksa/"))) == 1
    from mall.canary.cast import CanaryCast
    from tests.engine import EngineScript
    from workflows.definition.queries import version_for_new_case

    canary = EngineScript(version_for_new_case("DPMPTSP-SIP-DOKTER").definition, CanaryCast())
    for part in ("open", "answer", "attach", "submit"):
        canary.play(getattr(canary, part))
    assert case_of(canary).lane == Lane.CANARY
    assert len(numbers(tab.get("/meja/antrean/periksa/"))) == 1


def test_list_costs_the_same_for_one_and_fifty_rows_and_counts_stop_at_fifty():
    cast, tab = TestCast(), browser(staff("verifier"))
    at("submitted", cast=cast)
    with counted() as one_row:
        tab.get("/meja/antrean/periksa/")
    with counted() as one_home:
        tab.get("/meja/")
    for _case in range(50):
        at("submitted", cast=cast)
    with counted() as many_rows:
        first = tab.get("/meja/antrean/periksa/")
    with counted() as many_home:
        home = tab.get("/meja/")
    assert len(many_rows) == len(one_row) <= MOST_LIST
    assert len(many_home) == len(one_home) <= MOST_HOME
    assert "50+" in text_of(home)
    assert not [query for query in many_home.captured_queries if "COUNT(" in query["sql"].upper()]
    following(tab, first)


def following(tab, response) -> None:
    """Every case is on exactly one page of the list."""
    seen = numbers(response)
    while match := re.search(r'rel="next" href="([^"]+)"', text_of(response)):
        response = tab.get("/meja/antrean/periksa/" + match[1].replace("&amp;", "&"))
        seen += numbers(response)
    assert len(seen) == len(set(seen)) == 51


@pytest.mark.parametrize(
    ("slug", "stage", "code", "role", "agency"),
    partly(
        [
            ("rekomendasi", "checked", "DPMPTSP-SIP-DOKTER", "officer", "DINKES"),
            ("lapangan", "checked", "DPMPTSP-TPM-BIDAN", "officer", "DINKES"),
            ("putusan", "advised", "DPMPTSP-SIP-DOKTER", "approver", MALL),
            ("serah", "decided", "DUKCAPIL-KTP-BARU", "officer", "DUKCAPIL"),
        ]
    ),
)
def test_every_other_list_costs_the_same_for_one_row_and_a_full_page(slug, stage, code, role, agency):
    cast, tab, address = TestCast(), browser(staff(role, agency)), f"/meja/antrean/{slug}/"
    at(stage, code, cast)
    with counted() as one:
        first = tab.get(address)
    assert len(numbers(first)) == 1
    for _case in range(25):
        at(stage, code, cast)
    with counted() as many:
        full = tab.get(address)
    assert len(numbers(full)) == 25
    assert len(many) == len(one) <= MOST_LIST


def test_forged_cursor_is_refused_with_a_sentence():
    response = browser(staff("verifier")).get("/meja/antrean/periksa/?after=omong")
    assert response.status_code == 422
    assert "Penanda halaman tidak dikenal" in text_of(response)


def test_empty_desk_says_so():
    assert "Tidak ada berkas yang menunggu pemeriksaan." in text_of(browser(staff("verifier")).get("/meja/"))
