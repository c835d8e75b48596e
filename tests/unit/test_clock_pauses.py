"""A pause suspends and never resets; a return that could have been made before pauses nothing; late ones wait."""

import pytest
from django.db import DatabaseError, connection, transaction

from agencies.errors import Conflict, Invalid, Refused
from tests.clockwork import ASKS, Counter, assert_whole, at
from workflows.cases import services
from workflows.clock.models import Interval
from workflows.clock.pause import Pause
from workflows.clock.term import is_late
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db


def returned(counter: Counter) -> dict[str, object]:
    """What the last return said of itself."""
    event = Event.objects.filter(subject_id=counter.case_id, kind="case.returned").order_by("-seq").first()
    assert event
    return dict(event.data)


@pytest.mark.parametrize(
    ("left", "term", "late"),
    [(3, 14, True), (4, 14, False), (1, 5, True), (2, 5, False), (1, 1, False), (0, 1, True), (2, 10, True)],
)
def test_s01_the_last_fifth_is_rounded_up_and_never_the_whole_term(left: int, term: int, late: bool) -> None:
    assert is_late(left, term) is late


def test_m06_the_term_counts_from_the_arrival_of_what_is_found_complete() -> None:
    counter = Counter(days=5).submit("2026-10-05 09:00")
    assert counter.due() == "2026-10-12"
    case = counter.accept("2026-10-08 10:00")
    assert (case.received_complete_at, counter.due()) == (case.submitted_at, "2026-10-12")
    assert case.complete_number == "TT-2026-000001"


def test_m06_the_answer_that_completes_it_begins_the_term() -> None:
    counter = Counter(days=5).submit("2026-10-05 09:00")
    counter.send_back("2026-10-06 10:00", "ktp")
    assert counter.due() == ""
    counter.answer("2026-10-20 15:00", "ktp")
    case = counter.accept("2026-10-22 10:00")
    assert (counter.due(), case.received_complete_at) == ("2026-10-28", case.arrived_at)
    assert_whole()


def test_m10_a_return_pauses_with_the_days_left_and_the_applicant_holds() -> None:
    counter = Counter(days=10).submit("2026-10-05 09:00")
    counter.send_back("2026-10-07 10:00", "ktp")
    pause = Pause.objects.get(case=counter.case_id)
    assert (pause.reason, pause.days_left, pause.late, pause.closed_at) == ("correcting", 8, False, None)
    assert counter.case.paused == "correcting"
    counter.answer("2026-10-09 10:00", "ktp")
    assert Pause.objects.get(case=counter.case_id).closed_at
    assert counter.holders()[-2:] == [("applicant", "correcting"), ("mall", "queued")]
    assert_whole()


def test_return_for_what_was_visible_before_is_counted_and_pauses_nothing() -> None:
    counter = Counter(days=10).submit("2026-10-05 09:00")
    counter.send_back("2026-10-06 10:00", "ktp")
    counter.answer("2026-10-07 09:00", "ktp")
    due, arrived = counter.due(), counter.case.arrived_at
    case = counter.send_back("2026-10-09 10:00", "denah")
    assert (case.state, case.repeated_returns, case.paused) == ("returned", 1, "")
    assert returned(counter)["repeated"] == ["denah"]
    assert (counter.due(), counter.holders()[-1]) == (due, ("mall", "checking"))
    counter.answer("2026-10-12 09:00", "denah")
    case = counter.accept("2026-10-13 09:00")
    assert (counter.due(), case.received_complete_at) == (due, arrived)
    assert_whole()


def test_return_for_a_paper_that_came_later_pauses() -> None:
    counter = Counter().submit("2026-10-05 09:00")
    counter.send_back("2026-10-06 10:00", "ktp")
    counter.answer("2026-10-07 09:00", "ktp", "denah")
    assert counter.send_back("2026-10-08 10:00", "denah").paused == "correcting"
    assert returned(counter)["repeated"] == []


def test_return_for_what_was_named_and_not_put_right_pauses() -> None:
    counter = Counter().submit("2026-10-05 09:00")
    counter.send_back("2026-10-06 10:00", "ktp")
    counter.answer("2026-10-07 09:00")
    assert counter.send_back("2026-10-08 10:00", "ktp").paused == "correcting"


def test_return_for_one_new_and_one_visible_defect_pauses_and_names_the_repeated_one() -> None:
    counter = Counter().submit("2026-10-05 09:00")
    counter.send_back("2026-10-06 10:00", "ktp")
    counter.answer("2026-10-07 09:00", "ktp")
    case = counter.send_back("2026-10-08 10:00", "ktp", "denah")
    assert (case.paused, case.repeated_returns) == ("correcting", 0)
    assert returned(counter)["repeated"] == ["denah"]


def test_return_for_answers_that_did_not_change_is_repeated_and_for_changed_ones_is_not() -> None:
    unchanged, changed = Counter(), Counter()
    for counter, codes in ((unchanged, ["ktp"]), (changed, ["ktp", "_answers"])):
        counter.submit("2026-10-05 09:00")
        counter.send_back("2026-10-06 10:00", "ktp")
        counter.answer("2026-10-07 09:00", *codes)
        counter.send_back("2026-10-08 10:00", "_answers")
    assert (returned(unchanged)["repeated"], unchanged.case.paused) == (["_answers"], "")
    assert (returned(changed)["repeated"], changed.case.paused) == ([], "correcting")


def test_repeated_return_does_not_stop_the_deemed_grant() -> None:
    counter = Counter(days=5, deemed=True).submit("2026-10-05 09:00")
    counter.send_back("2026-10-06 10:00", "ktp")
    counter.answer("2026-10-07 09:00", "ktp")
    counter.send_back("2026-10-08 10:00", "denah")
    counter.sweep("2026-10-15 09:00")
    case = counter.case
    assert (case.state, case.received_complete_at, case.applicant_due_at) == ("deemed_granted", case.arrived_at, None)
    assert_whole()


def test_s01_late_return_asks_the_applicant_and_the_term_runs_on() -> None:
    counter = Counter(days=10).submit("2026-10-05 09:00")
    case = counter.send_back("2026-10-15 10:00", "ktp")
    pause = Pause.objects.get(case=case)
    assert (case.state, case.paused, pause.late, pause.effective_at) == ("returned", "", True, None)
    assert (counter.due(), counter.holders()[-1]) == ("2026-10-19", ("mall", "checking"))
    assert case.applicant_due_at
    counter.answer("2026-10-16 10:00", "ktp")
    pause.refresh_from_db()
    assert (counter.due(), pause.effective_at, bool(pause.closed_at)) == ("2026-10-19", None, True)
    assert_whole()


def test_repair_of_a_complete_application_pauses_and_gives_back_exactly_the_days_left() -> None:
    counter = Counter(days=10, more=ASKS).submit("2026-10-05 09:00")
    counter.accept("2026-10-06 09:00")
    said = {"what": ["Denah belum bertanggal."], "agency": "DPMPTSP"}
    counter.do("2026-10-08 09:00", services.ask_repair, case_id=counter.case_id, by=counter.checker, **said)
    case = counter.case
    assert (case.state, case.paused, case.paused_days_left) == ("awaiting_recommendations", "correcting", 7)
    counter.replace("2026-10-14 09:00", "denah")
    who = counter.script.who.actor
    counter.do("2026-10-14 10:00", services.answer_repair, case_id=counter.case_id, by=who, answer="Sudah.")
    assert (counter.due(), counter.case.paused) == ("2026-10-23", "")
    assert counter.holders()[-2:] == [("applicant", "correcting"), ("agency", "recommending")]
    assert_whole()


def test_repair_that_nobody_answers_is_given_up_and_the_term_goes_on_from_her_last_day() -> None:
    counter = Counter(days=10).submit("2026-10-05 09:00")
    counter.accept("2026-10-06 09:00")
    said = {"what": ["Denah belum bertanggal."], "agency": "DPMPTSP"}
    counter.do("2026-10-08 09:00", services.ask_repair, case_id=counter.case_id, by=counter.checker, **said)
    counter.sweep("2026-11-30 09:00")
    case = counter.case
    assert (case.state, case.applicant_due_at, counter.due()) == ("awaiting_decision", None, "2026-11-30")
    assert case.repairs.get().answered_at is None
    assert_whole()


def test_repairs_are_limited_by_the_definition_and_one_at_a_time() -> None:
    counter = Counter(rounds=1).submit("2026-10-05 09:00")
    counter.accept("2026-10-06 09:00")
    ask = {"case_id": counter.case_id, "by": counter.checker, "what": ["Denah"], "agency": "DPMPTSP"}
    with pytest.raises(Invalid):
        counter.do("2026-10-07 09:00", services.ask_repair, **ask | {"what": [" "]})
    counter.do("2026-10-07 09:00", services.ask_repair, **ask)
    with pytest.raises(Conflict):
        counter.do("2026-10-07 10:00", services.ask_repair, **ask)
    who = counter.script.who.actor
    counter.do("2026-10-08 10:00", services.answer_repair, case_id=counter.case_id, by=who, answer="Sudah.")
    with pytest.raises(Conflict):
        counter.do("2026-10-09 10:00", services.ask_repair, **ask)


def test_decision_overtakes_an_open_repair() -> None:
    counter = Counter().submit("2026-10-05 09:00")
    counter.accept("2026-10-06 09:00")
    ask = {"case_id": counter.case_id, "by": counter.checker, "what": ["Denah"], "agency": "DPMPTSP"}
    counter.do("2026-10-07 09:00", services.ask_repair, **ask)
    with at("2026-10-08 09:00"):
        counter.script.decide()
    case = counter.case
    assert (case.state, case.paused, case.applicant_due_at) == ("approved", "", None)
    assert_whole()


def test_officer_of_an_agency_that_was_not_asked_cannot_ask_for_a_repair() -> None:
    counter = Counter().submit("2026-10-05 09:00")
    counter.accept("2026-10-06 09:00")
    stranger = counter.cast.player("officer", "DISHUB")
    with pytest.raises(Refused):
        counter.do(
            "2026-10-07 09:00",
            services.ask_repair,
            case_id=counter.case_id,
            by=stranger,
            what=["Denah"],
            agency="DISHUB",
        )


SPLIT = """
WITH done AS (UPDATE workflows_interval SET closed_at = now() WHERE id = %s RETURNING closed_at)
INSERT INTO workflows_interval (id, case_id, holder, reason, agency, opened_at)
SELECT gen_random_uuid(), %s, 'mall', 'deciding', '', closed_at + %s::interval FROM done
"""


@pytest.mark.parametrize("shift", ["1 second", "-1 second"])
def test_postgresql_refuses_a_gap_and_an_overlap_in_the_ledger(shift: str) -> None:
    counter = Counter().submit("2026-10-05 09:00")
    last = Interval.objects.get(case=counter.case_id, closed_at=None)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SPLIT, [last.pk, counter.case_id, shift])


def test_postgresql_refuses_an_interval_that_is_closed_without_a_next_one() -> None:
    counter = Counter().submit("2026-10-05 09:00")
    with pytest.raises(DatabaseError, match="gap"), transaction.atomic(), at("2026-10-06 09:00") as moment:
        Interval.objects.filter(case=counter.case_id, closed_at=None).update(closed_at=moment)
