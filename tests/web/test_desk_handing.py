"""Handing over at the desk: to whom, and why; a colleague's case shows no action and takes none."""

import pytest

from agencies.models import Role
from tests.cases import at, browser, staff, text_of
from workflows.duties.lines import Assignment, Line

pytestmark = pytest.mark.django_db
WHY = "Cuti mulai besok."


def test_verifier_hands_her_case_to_a_colleague_who_reads_why() -> None:
    script = at("taken")
    colleague, row = staff(Role.VERIFIER), Assignment.objects.get(case_id=script.case_id)
    case, over = f"/meja/permohonan/{script.case_id}/", f"/meja/permohonan/{script.case_id}/serahkan/checking/"
    mine, other = browser(row.user), browser(colleague)
    assert "Serahkan kepada rekan" in text_of(mine.get(case))
    assert "Serahkan kepada rekan" not in text_of(other.get(case))
    empty = mine.post(over, {"to": str(colleague.pk), "reason": ""})
    assert (empty.status_code, f'value="{colleague.pk}"' in text_of(empty)) == (422, True)
    assert mine.post(over, {"to": str(colleague.pk), "reason": WHY}).status_code == 302
    shown = text_of(other.get(case))
    assert WHY in shown
    assert "Periksa berkas" in shown
    row.refresh_from_db()
    assert row.user == colleague


def test_page_offers_nobody_who_could_not_take_it() -> None:
    script = at("taken")
    row = Assignment.objects.get(case_id=script.case_id)
    approver, elsewhere = staff(Role.APPROVER), staff(Role.VERIFIER, "DINKES")
    shown = text_of(browser(row.user).get(f"/meja/permohonan/{script.case_id}/serahkan/checking/"))
    assert str(approver.pk) not in shown
    assert str(elsewhere.pk) not in shown
    assert str(row.user_id) not in shown


def test_colleague_sees_who_has_the_case_and_her_post_is_a_conflict() -> None:
    script = at("taken")
    row = Assignment.objects.get(case_id=script.case_id)
    other = browser(staff(Role.VERIFIER))
    case = f"/meja/permohonan/{script.case_id}/"
    shown = text_of(other.get(case))
    assert f"sedang dipegang {row.user}" in shown
    assert "Periksa berkas</a>" not in shown
    answer = other.post(f"{case}periksa/", {"tick-_answers": "ok", "revision": str(script.case().revision)})
    assert answer.status_code in (409, 422)
    assert other.post(f"{case}serahkan/checking/", {"to": str(row.user_id), "reason": WHY}).status_code == 404


def test_head_hands_over_without_seeing_the_applicant() -> None:
    script = at("taken")
    colleague, head = staff(Role.VERIFIER), browser(staff(Role.HEAD))
    over = f"/meja/permohonan/{script.case_id}/serahkan/{Line.CHECKING}/"
    shown = text_of(head.get(over))
    assert script.case().reference in shown
    assert script.case().applicant.name not in shown
    answer = head.post(over, {"to": str(colleague.pk), "reason": WHY})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/meja/")
    assert Assignment.objects.get(case_id=script.case_id).user == colleague
