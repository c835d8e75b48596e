"""Through the API as through the pages: second answers, the lot, repairs, pauses, hands, and the time by party."""

import pytest

from agencies.models import Role
from tests.api.calling import Caller
from tests.cases import MALL, at, staff
from tests.clockwork import Counter
from tests.clockwork import at as moment
from workflows.actors import Actor
from workflows.cases.models import Case
from workflows.duties import services as duties
from workflows.duties.lines import Assignment, Line

pytestmark = pytest.mark.django_db


def read(caller: Caller, case_id: object) -> dict[str, object]:
    found: dict[str, object] = caller.get(f"/cases/{case_id}", X_Purpose="decision").json()
    return found


def allowed(caller: Caller, case_id: object) -> set[str]:
    items = caller.get(f"/cases/{case_id}/transitions").json()["items"]
    return {one["name"] for one in items if one["allowed"]}


def test_case_tells_the_time_by_party_and_the_parts_sum_to_the_whole() -> None:
    counter = Counter().submit("2026-10-05 09:00")
    counter.accept("2026-10-06 09:00")
    with moment("2026-10-08 09:00"):
        found = read(Caller(staff(Role.VERIFIER)), counter.case_id)["time"]
    assert isinstance(found, dict)
    assert found["gross_minutes"] == sum(one["minutes"] for one in found["parties"]) == 3 * 24 * 60
    assert found["gross_working_days"] == sum(one["working_days"] for one in found["parties"])
    assert (found["net_working_days"], found["remaining_working_days"]) == (found["gross_working_days"], 7)
    assert {one["holder"] for one in found["parties"]} == {"mall"}


def test_applicant_reads_the_time_and_the_repair_but_not_in_whose_hands_her_case_is() -> None:
    counter = Counter().submit("2026-10-05 09:00")
    counter.accept("2026-10-06 09:00")
    with moment("2026-10-07 09:00"):
        checker = Caller(staff(Role.VERIFIER))
        said = [{"text": "Denah belum bertanggal.", "about": "denah"}]
        assert checker.act(counter.case_id, "ask_repair", what=said).status_code == 200
        user = counter.case.applicant.user
        found = Caller(user).get(f"/cases/{counter.case_id}").json()
    assert found["repairs"][0]["what"] == ["Denah belum bertanggal."]
    assert found["repairs"][0]["repeated"]
    assert found["time"]["remaining_working_days"] is not None
    assert "hands" not in found
    assert "pauses" not in found


def test_draft_has_no_time_yet() -> None:
    script = at("drafted")
    assert (
        Caller(Case.objects.get(pk=script.case_id).applicant.user).get(f"/cases/{script.case_id}").json()["time"]
        is None
    )


def test_colleague_who_has_the_case_in_hand_is_a_conflict_that_tells_what_is_open() -> None:
    script = at("advised")
    mine, other = staff(Role.APPROVER), Caller(staff(Role.APPROVER))
    duties.claim(case_id=script.case_id, line=Line.DECIDING, by=Actor.of(mine))
    assert not allowed(other, script.case_id) & {"approve", "refuse", "claim", "release", "hand_over"}
    assert {"approve", "refuse", "release", "hand_over"} <= allowed(Caller(mine), script.case_id)
    answer = other.act(script.case_id, "approve", reason="Lengkap.")
    assert (answer.status_code, "sedang dipegang" in answer.json()["detail"]) == (409, True)


def test_holder_hands_over_and_reads_faults_with_their_place() -> None:
    script = at("taken")
    mine = Caller(Assignment.objects.get(case_id=script.case_id).user)
    colleague = staff(Role.VERIFIER)
    faulty = mine.act(script.case_id, "hand_over", line="checking", to=str(colleague.pk), reason="")
    assert (faulty.status_code, faulty.json()["errors"][0]["pointer"]) == (422, "/reason")
    given = mine.act(script.case_id, "hand_over", line="checking", to=str(colleague.pk), reason="Cuti.")
    assert given.status_code == 200
    assert given.json()["hands"][0]["officer"] == str(colleague)
    assert mine.act(script.case_id, "release", line="checking").status_code == 403


def test_mall_verifier_may_neither_recall_a_recommendation_nor_declare_force_majeure() -> None:
    script = at("advised")
    caller = Caller(staff(Role.VERIFIER, MALL))
    advice = str(script.case().recommendations.get().pk)
    assert caller.act(script.case_id, "recall_recommendation", recommendation=advice, reason="a").status_code == 403
    assert caller.act(script.case_id, "declare_force_majeure", note="Banjir.").status_code == 403
    assert not allowed(caller, script.case_id) & {"recall_recommendation", "declare_force_majeure", "second_pause"}


def test_recommendation_visit_or_pause_of_another_case_is_not_there() -> None:
    script, another = at("advised"), at("advised")
    officer = Caller(staff(Role.OFFICER, "DINKES"))
    advice = str(another.case().recommendations.get().pk)
    answer = officer.act(script.case_id, "recall_recommendation", recommendation=advice, reason="a")
    assert answer.status_code == 404
    assert another.case().recommendations.get().state == "given"
