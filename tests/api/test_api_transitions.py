"""What the API says may be done is what can be done, for every caller, state and shape of route."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction

from agencies.models import Membership, User
from mall.api import view
from mall.api.actions import ACTIONS
from mall.canary.answers import sample_answers
from tests.api.calling import Caller, kind
from tests.cases import at, staff
from tests.engine import EngineScript, TestCast, script_for
from tests.long import LONG
from workflows.cases.models import Case
from workflows.cases.verification import to_check
from workflows.duties.lines import Line
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db

TEXT = "Memenuhi syarat."
SHAPES = {
    "A0": "DUKCAPIL-IKD",
    "A1": "DUKCAPIL-KUTIPAN2",
    "A2": "DISKOPUMDAG-TERA",
    "A3": "DINSOS-PBI",
    "M0": "DPMPTSP-SPPL",
    "M1": "DPMPTSP-MAKAM",
    "M1i": "DPMPTSP-POHON",
    "M2": "DPMPTSP-RTH",
    "M2i": "DPMPTSP-CAGARBUDAYA",
}


def of_advice(case: Case) -> list[dict[str, Any]]:
    """Why another answer is wanted, of each recommendation."""
    return [{"recommendation": str(one.pk), "reason": TEXT} for one in case.recommendations.all()]


def of_pause(case: Case) -> list[dict[str, Any]]:
    """Each pause."""
    return [{"pause": str(one.pk)} for one in case.pauses.all()]


def of_line(_case: Case) -> list[dict[str, Any]]:
    """Each line."""
    return [{"line": line} for line in Line.values]


def instead(case: Case) -> list[dict[str, Any]]:
    """Each officer of each agency that visits."""
    said = {"code": "absent", "reason": TEXT}
    visits = case.inspections.all()
    return [
        {"inspection": str(one.pk), "user_id": str(officer), **said}
        for one in visits
        for officer in working(one.agency_id)
    ]


ASIDES: dict[str, Callable[[Case], list[dict[str, Any]]]] = {
    "recall_recommendation": of_advice,
    "ask_recommendation_again": of_advice,
    "draw_inspector": lambda case: [{"inspection": str(one.pk)} for one in case.inspections.all()],
    "appoint_inspector": instead,
    "second_pause": of_pause,
    "decline_pause": of_pause,
    "claim": of_line,
    "release": of_line,
    "hand_over": lambda case: [
        said | {"to": str(user), "reason": TEXT} for said in of_line(case) for user in working()
    ],
}


def inputs_for(name: str, case: Case) -> Iterator[dict[str, Any]]:
    """Good inputs for a transition of this case; one for each recommendation or visit it may be about."""
    if name in ("accept", "return"):
        marks: dict[str, dict[str, str]] = {code: {"verdict": "ok"} for code in to_check(case)}
        if name == "return":
            marks["_answers"] = {"verdict": "deficient", "note": TEXT}
        yield {"marks": marks}
    elif name == "give_recommendation":
        yield from (
            {"recommendation": str(one.pk), "verdict": "favourable", "reason": TEXT, "legal_basis": TEXT}
            for one in case.recommendations.all()
        )
    elif name in ASIDES:
        yield from ASIDES[name](case)
    elif name == "schedule_inspection":
        yield from ({"inspection": str(one.pk), "day": "2099-01-05"} for one in case.inspections.all())
    elif name == "report_inspection":
        report = {"held_on": "2026-01-05", "result": "fit", "findings": TEXT}
        yield from ({"inspection": str(one.pk), **report} for one in case.inspections.all())
    else:
        number = case.definition.product.number_example or "CONTOH-1"
        yield {
            "withdraw": {"reason": TEXT},
            "ask_repair": {"what": [{"text": TEXT}]},
            "answer_repair": {"answer": TEXT},
            "declare_force_majeure": {"note": TEXT},
            "end_force_majeure": {},
            "take": {},
            "approve": {"reason": TEXT},
            "refuse": {"reason": TEXT, "legal_basis": TEXT, "cites": ["_answers"]},
            "record_product": {"number": number, "issued_on": "2026-01-05"},
            "serve": {"approved": True, "reason": TEXT, "number": number, "issued_on": "2026-01-05"},
        }[name]


def working(agency: str = "") -> set[Any]:
    """Everybody who works here, or at that agency."""
    rows = Membership.objects.filter(agency_id=agency) if agency else Membership.objects.all()
    return set(rows.values_list("user_id", flat=True))


def tried(caller: Caller, case: Case, name: str) -> set[int]:
    """The statuses of trying it in every way, each taken back."""
    statuses = set()
    for inputs in inputs_for(name, case):
        with transaction.atomic():
            statuses.add(
                caller.post(f"/cases/{case.pk}/transitions", {"name": name, **inputs}, If_Match="*").status_code
            )
            transaction.set_rollback(True)
    return statuses


def people(script: EngineScript, cast: TestCast) -> list[Caller]:
    """The applicant, everybody who played, and colleagues who did not."""
    home = script.definition.agency
    new = [(role, home) for role in ("officer", "approver", "verifier")]
    new += [("officer", one.agency) for one in script.definition.recommenders[:1]]
    fresh = [cast.user(role, agency, 9) for role, agency in new]
    known = [user for user in cast.users.values() if user not in fresh]
    return [Caller(user) for user in (User.objects.get(pk=script.who.actor.user_id), *known, *fresh)]


USUAL = ("A0",)
"""The shape walked every time, by every third person; the others in the long run."""


@pytest.mark.parametrize(
    "shape", [shape if shape in USUAL else pytest.param(shape, marks=pytest.mark.long) for shape in SHAPES]
)
def test_allowed_is_what_succeeds_and_nothing_else_does(shape: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view, "READS", 10**6)
    monkeypatch.setattr(view, "WRITES", 10**6)
    cast = TestCast()
    script = script_for(SHAPES[shape], cast)
    assert script.definition.shape == shape
    checked = 0
    for part in (None, *(step.__name__ for step in script.route())):
        if part:
            script.play(getattr(script, part))
        if part in (None, "open", "answer"):
            continue
        case = script.case()
        for caller in people(script, cast)[:: 1 if LONG else 3]:
            listed = caller.get(f"/cases/{case.pk}/transitions")
            if listed.status_code == 404:
                assert not {200} & {one for name in ACTIONS for one in tried(caller, case, name)}
                continue
            for item in listed.json()["items"]:
                if item["name"] == "submit":
                    continue
                statuses = tried(caller, case, item["name"])
                assert (200 in statuses) == item["allowed"], (part, item, statuses)
                assert statuses <= {200, 403, 404, 409, 422}
                assert item["allowed"] == (not item["why_not"])
                checked += 1
    assert checked > 50


def played_through(code: str) -> tuple[EngineScript, dict[str, Caller]]:
    """A submitted case, and those who will handle it."""
    script = at("submitted", code)
    agencies = [script.definition.agency, *(one.agency for one in script.definition.recommenders)]
    found = {
        f"{role}@{agency}": Caller(staff(role, agency))
        for agency in agencies
        for role in ("officer", "verifier", "approver")
    }
    return script, found


def test_a_case_goes_its_whole_way_through_the_api() -> None:
    script, who = played_through("DPMPTSP-POHON")
    case_id = script.case_id
    assert who["verifier@DPMPTSP"].act(case_id, "take").json()["state"] == "in_verification"
    marks = {code: {"verdict": "ok"} for code in to_check(script.case())}
    body = who["verifier@DPMPTSP"].act(case_id, "accept", marks=marks).json()
    (advice,), (visit,) = body["recommendations"], body["inspections"]
    officer = who["officer@DLH"]
    early = officer.act(case_id, "give_recommendation", recommendation=advice["id"], verdict="favourable", reason=TEXT)
    assert kind(early) == (422, "invalid")
    assert officer.act(case_id, "schedule_inspection", inspection=visit["id"], day="2099-01-05").status_code == 200
    report = {"held_on": "2026-01-05", "result": "fit", "findings": TEXT}
    assert officer.act(case_id, "report_inspection", inspection=visit["id"], **report).status_code == 200
    given = officer.act(
        case_id,
        "give_recommendation",
        recommendation=advice["id"],
        verdict="conditional",
        reason=TEXT,
        legal_basis=TEXT,
        conditions=[{"text": "Menanam pengganti.", "due_days": 30}],
    )
    assert given.json()["state"] == "awaiting_decision"
    done = who["approver@DPMPTSP"].act(case_id, "approve", reason=TEXT)
    assert (done.status_code, done.json()["state"]) == (200, "approved")
    assert done.json()["decision"]["outcome"] == "approved"


def test_too_late_is_a_conflict_that_tells_what_is_possible_instead() -> None:
    script, who = played_through("DPMPTSP-POHON")
    who["verifier@DPMPTSP"].act(script.case_id, "take")
    again = who["verifier@DPMPTSP"].act(script.case_id, "take")
    assert kind(again) == (409, "conflict")
    assert again.json()["possible"] == ["accept", "return", "claim", "release", "hand_over"]


def test_one_who_checked_may_not_decide() -> None:
    script, who = played_through("DPMPTSP-SPPL")
    caller = who["verifier@DPMPTSP"]
    caller.act(script.case_id, "take")
    caller.act(script.case_id, "accept", marks={code: {"verdict": "ok"} for code in to_check(script.case())})
    assert caller.user
    Membership.objects.create(user=caller.user, role="approver", agency_id="DPMPTSP", since="2020-01-01")
    refused = caller.act(script.case_id, "approve", reason=TEXT)
    assert kind(refused) == (403, "refused")
    items = {item["name"]: item for item in caller.get(f"/cases/{script.case_id}/transitions").json()["items"]}
    assert "tugas lain" in items["approve"]["why_not"]


def test_a_recommendation_of_another_case_is_missing_here() -> None:
    script, other = at("checked", "DPMPTSP-POHON"), at("checked", "DPMPTSP-POHON")
    officer = Caller(staff("officer", "DLH"))
    foreign = other.case().recommendations.get()
    answer = officer.act(
        script.case_id, "give_recommendation", recommendation=str(foreign.pk), verdict="favourable", reason=TEXT
    )
    assert kind(answer) == (404, "missing")


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({}, {"/name"}),
        ({"name": "explode"}, {"/name"}),
        ({"name": ["take"]}, {"/name"}),
        ([], {"/name"}),
        ({"name": "take", "state": "issued"}, {"/state"}),
        ({"name": "approve", "by": "me"}, {"/by"}),
        ({"name": "refuse"}, {"/reason", "/legal_basis"}),
        ({"name": "give_recommendation", "recommendation": "1", "verdict": "maybe"}, {"/recommendation", "/verdict"}),
        ({"name": "accept", "marks": {"ktp-el": {"verdict": "?"}}}, {"/marks/ktp-el/verdict"}),
        ({"name": "report_inspection", "held_on": "31-02-2026"}, {"/inspection", "/held_on", "/result"}),
    ],
)
def test_wrong_inputs_are_told_with_their_places(body: Any, pointers: set[str]) -> None:
    script = at("advised")
    caller = Caller(staff("approver"))
    answer = caller.post(f"/cases/{script.case_id}/transitions", body, If_Match=caller.tag(script.case_id))
    assert kind(answer) == (422, "invalid")
    assert {error["pointer"] for error in answer.json()["errors"]} == pointers


def test_unticked_papers_are_told_with_their_places() -> None:
    script = at("taken")
    verifier = Caller(User.objects.get(pk=script.case().duties.get().user_id))
    answer = verifier.act(script.case_id, "accept", marks={"_answers": {"verdict": "ok"}})
    assert kind(answer) == (422, "invalid")
    wanted = {f"/marks/{code}" for code in to_check(script.case())} - {"/marks/_answers"}
    assert {error["pointer"] for error in answer.json()["errors"]} == wanted


def test_a_transition_on_an_old_version_changes_nothing() -> None:
    script = at("submitted")
    verifier = Caller(staff("verifier"))
    old = verifier.tag(script.case_id)
    verifier.act(script.case_id, "take")
    events = Event.objects.filter(subject_id=script.case_id).count()
    answer = verifier.post(f"/cases/{script.case_id}/transitions", {"name": "take"}, If_Match=old)
    assert kind(answer) == (412, "stale")
    assert Event.objects.filter(subject_id=script.case_id).count() == events


def test_the_answers_of_a_draft_by_script_are_those_of_the_form() -> None:
    script = at("drafted")
    owner = Caller(User.objects.get(pk=script.who.actor.user_id))
    names = set(owner.get(f"/cases/{script.case_id}").json()["answers"])
    assert names <= set(sample_answers(script.definition))
    assert names
