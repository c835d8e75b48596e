"""An outage is entered once and suspends exactly the cases that depend on the system; force majeure needs two."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from agencies import clock
from agencies.errors import Conflict, Invalid, Refused
from agencies.models import Role
from tests.cases import DOCTOR
from tests.cases import at as case_at
from tests.clockwork import ASKS, Counter, assert_whole, at
from workflows.cases import services as cases
from workflows.cases.models import Case
from workflows.clock import services
from workflows.clock.pause import Outage, Pause

pytestmark = pytest.mark.django_db


def enter(counter: Counter, now: str, begins: str, ends: str = "", system: str = "OSS") -> Outage:
    """An administrator of the mall enters an outage."""
    by = counter.cast.player(Role.ADMINISTRATOR, "DPMPTSP")
    said: dict[str, Any] = {"by": by, "system": system, "title": "OSS tidak dapat dibuka"}
    with at(begins) as since:
        said["begins_at"] = since
    if ends:
        with at(ends) as until:
            said["ends_at"] = until
    with at(now):
        return services.enter_outage(**said)


def end(counter: Counter, outage: Outage, when: str) -> None:
    """It works again, and the sweep lets every case go on."""
    by = counter.cast.player(Role.ADMINISTRATOR, "DPMPTSP")
    with at(when) as moment:
        services.end_outage(outage_id=outage.pk, by=by, ends_at=moment)
    counter.sweep(when)


def moments(counter: Counter) -> list[tuple[str, datetime]]:
    rows = counter.case.intervals.order_by("opened_at", "id")
    return [(one.holder, one.opened_at) for one in rows if one.opened_at != one.closed_at]


def test_m10_outage_suspends_what_depends_on_the_system_and_gives_back_its_days() -> None:
    counter = Counter(days=10).submit("2026-10-05 09:00")
    outage = enter(counter, "2026-10-07 09:30", "2026-10-07 09:00")
    counter.sweep("2026-10-07 09:31")
    assert (counter.case.paused, counter.due(), counter.holders()[-1]) == ("outage", "", ("national", "outage"))
    end(counter, outage, "2026-10-12 10:00")
    assert (counter.case.paused, counter.due()) == ("", "2026-10-22")
    assert counter.holders()[-1] == ("mall", "queued")
    assert_whole()


def test_outage_of_another_system_suspends_nothing() -> None:
    counter = Counter().submit("2026-10-05 09:00")
    enter(counter, "2026-10-07 09:30", "2026-10-07 09:00", system="SIAK")
    counter.sweep("2026-10-07 09:31")
    assert counter.case.paused == ""


def test_m10_outage_suspends_exactly_the_cases_whose_definition_depends_on_that_system() -> None:
    counter = Counter(days=10).submit("2026-10-05 09:00")
    with at("2026-10-05 09:00"):
        others = [case_at("submitted", code).case_id for code in (DOCTOR, "DUKCAPIL-AKTA-LAHIR", "DPMPTSP-NIB")]
    enter(counter, "2026-10-06 09:30", "2026-10-06 09:00")
    counter.sweep("2026-10-06 09:31")
    paused = set(Case.objects.filter(paused="outage").values_list("pk", flat=True))
    assert paused == {counter.case_id, others[2]}  # named in depends_on, and the system of a product
    assert {row.case_id for row in Pause.objects.all()} == paused
    assert_whole()


def test_outage_entered_afterwards_splits_the_open_interval_and_extends_the_term() -> None:
    counter = Counter(days=10).submit("2026-10-05 09:00")
    enter(counter, "2026-10-12 09:00", "2026-10-06 09:00", "2026-10-08 09:00")
    counter.sweep("2026-10-12 09:01")
    assert (counter.due(), counter.case.paused) == ("2026-10-21", "")
    with at("2026-10-06 09:00") as begins, at("2026-10-08 09:00") as ends:
        assert moments(counter)[-2:] == [("national", begins), ("mall", ends)]
    assert Outage.objects.get().settled_at
    assert_whole()


def test_outage_entered_afterwards_never_rewrites_an_interval_that_is_closed() -> None:
    counter = Counter(days=10).submit("2026-10-05 09:00")
    counter.take("2026-10-09 09:00")
    enter(counter, "2026-10-12 09:00", "2026-10-06 09:00", "2026-10-08 09:00")
    counter.sweep("2026-10-12 09:01")
    assert counter.due() == "2026-10-21"
    assert "national" not in {holder for holder, _at in moments(counter)}
    assert_whole()


def test_outage_gives_no_day_twice_that_a_return_gave_already() -> None:
    counter = Counter(days=10, more=ASKS).submit("2026-10-05 09:00")
    counter.accept("2026-10-05 10:00")
    ask = {"case_id": counter.case_id, "by": counter.checker, "what": ["Denah"], "agency": "DPMPTSP"}
    counter.do("2026-10-06 09:00", cases.ask_repair, **ask)
    who = counter.script.who.actor
    counter.do("2026-10-09 09:00", cases.answer_repair, case_id=counter.case_id, by=who, answer="Sudah.")
    assert counter.due() == "2026-10-22"
    enter(counter, "2026-10-13 09:00", "2026-10-06 09:00", "2026-10-12 09:00")
    counter.sweep("2026-10-13 09:01")
    assert counter.due() == "2026-10-23"
    assert_whole()


def test_case_that_arrives_during_an_outage_has_its_whole_term_afterwards() -> None:
    counter = Counter(days=5)
    outage = enter(counter, "2026-10-05 08:30", "2026-10-05 08:00")
    counter.submit("2026-10-06 09:00")
    assert (counter.case.paused, counter.case.paused_days_left) == ("outage", 5)
    end(counter, outage, "2026-10-09 09:00")
    assert counter.due() == "2026-10-16"
    assert_whole()


def test_answer_during_an_outage_goes_on_as_the_outages_time() -> None:
    counter = Counter(days=5).submit("2026-10-05 09:00")
    counter.send_back("2026-10-06 09:00", "ktp")
    enter(counter, "2026-10-07 09:00", "2026-10-07 08:00")
    counter.sweep("2026-10-07 09:01")
    assert counter.case.paused == "correcting"
    counter.answer("2026-10-08 09:00", "ktp")
    assert (counter.case.paused, counter.holders()[-1]) == ("outage", ("national", "outage"))
    assert_whole()


def test_term_that_seemed_to_pass_during_an_outage_passes_later() -> None:
    counter = Counter(days=5).submit("2026-10-05 09:00")
    counter.sweep("2026-10-13 09:00")
    assert counter.case.term_passed_at
    outage = enter(counter, "2026-10-13 10:00", "2026-10-08 09:00")
    counter.sweep("2026-10-13 10:01")
    assert counter.case.term_passed_at is None
    end(counter, outage, "2026-10-14 09:00")
    assert counter.due() == "2026-10-16"
    counter.sweep("2026-10-19 09:00")
    assert counter.case.term_passed_at


def test_only_an_administrator_of_the_mall_enters_an_outage_of_a_system_that_is_used() -> None:
    counter = Counter()
    with pytest.raises(Invalid, match="system"):
        enter(counter, "2026-10-07 09:30", "2026-10-07 09:00", system="ENTAH")
    enter(counter, "2026-10-07 09:30", "2026-10-07 09:00")
    with pytest.raises(Conflict):
        enter(counter, "2026-10-08 09:30", "2026-10-08 09:00")
    with pytest.raises(Refused), at("2026-10-08 09:00") as moment:
        services.enter_outage(by=counter.checker, system="OSS", title="OSS", begins_at=moment)


def late_return(counter: Counter) -> Pause:
    """A return in the last fifth of the term, which waits for its second signature."""
    counter.submit("2026-10-05 09:00")
    counter.send_back("2026-10-15 10:00", "ktp")
    return Pause.objects.get(case=counter.case_id)


def test_s01_second_signature_begins_the_pause_and_the_holder_changes_then() -> None:
    counter = Counter(days=10)
    pause = late_return(counter)
    counter.do("2026-10-16 09:00", services.second_pause, pause_id=pause.pk, by=counter.second)
    pause.refresh_from_db()
    assert (pause.days_left, counter.case.paused, counter.due()) == (1, "correcting", "")
    assert counter.holders()[-2:] == [("mall", "checking"), ("applicant", "correcting")]
    counter.answer("2026-10-20 09:00", "ktp")
    assert counter.due() == "2026-11-03"
    assert_whole()


def test_s01_nobody_signs_twice_and_another_office_not_at_all() -> None:
    counter = Counter(days=10)
    pause = late_return(counter)
    for by in (counter.checker, counter.cast.player(Role.OFFICER, "DLH"), counter.script.who.actor):
        with pytest.raises(Refused):
            counter.do("2026-10-16 09:00", services.second_pause, pause_id=pause.pk, by=by)


def test_s01_declined_pause_never_stops_the_term() -> None:
    counter = Counter(days=10)
    pause = late_return(counter)
    counter.do("2026-10-16 09:00", services.decline_pause, pause_id=pause.pk, by=counter.second)
    assert (counter.due(), counter.case.state) == ("2026-10-19", "returned")
    with pytest.raises(Conflict):
        counter.do("2026-10-16 10:00", services.second_pause, pause_id=pause.pk, by=counter.second)
    assert_whole()


def test_s01_term_that_has_passed_cannot_be_paused_by_a_second_signature() -> None:
    counter = Counter(days=10)
    pause = late_return(counter)
    with pytest.raises(Conflict):
        counter.do("2026-10-20 09:00", services.second_pause, pause_id=pause.pk, by=counter.second)


def test_late_return_that_nobody_signs_is_deemed_granted_in_returned() -> None:
    counter = Counter(days=10, deemed=True)
    late_return(counter)
    counter.sweep("2026-10-20 09:00")
    assert counter.case.state == "deemed_granted"
    assert_whole()


def test_sweeper_that_was_away_for_months_grants_before_it_lapses() -> None:
    counter = Counter(days=10, deemed=True)
    late_return(counter)
    counter.sweep("2027-02-01 09:00")
    assert counter.case.state == "deemed_granted"
    assert_whole()


def test_force_majeure_needs_a_second_person_and_gives_back_the_days_left() -> None:
    counter = Counter(days=10).submit("2026-10-05 09:00")
    chief = counter.cast.player(Role.APPROVER, "DPMPTSP")
    said = {"case_id": counter.case_id, "by": chief}
    with pytest.raises(Invalid):
        counter.do("2026-10-06 09:00", services.declare_force_majeure, **said, note=" ")
    pause = counter.do("2026-10-06 09:00", services.declare_force_majeure, **said, note="Banjir.")
    assert counter.case.paused == ""
    counter.do("2026-10-07 09:00", services.second_pause, pause_id=pause.pk, by=counter.second)
    assert (counter.case.paused, counter.holders()[-1]) == ("force_majeure", ("mall", "force_majeure"))
    counter.do("2026-10-12 09:00", services.end_force_majeure, case_id=counter.case_id, by=counter.second)
    assert (counter.due(), counter.case.paused) == ("2026-10-22", "")
    assert_whole()


def test_m10_time_between_two_outages_that_are_entered_late_is_the_offices_own() -> None:
    counter = Counter(days=10).submit("2026-10-05 09:00")
    enter(counter, "2026-10-14 09:00", "2026-10-06 09:00", "2026-10-07 09:00")
    enter(counter, "2026-10-14 09:00", "2026-10-13 09:00")
    counter.sweep("2026-10-14 09:01")
    first, second = Pause.objects.filter(case=counter.case_id).order_by("effective_at")
    with at("2026-10-07 09:00") as over, at("2026-10-13 09:00") as again:
        assert (first.closed_at, second.effective_at) == (over, again)
        assert moments(counter)[-2:] == [("mall", over), ("national", again)]
    assert (first.days_left, second.days_left) == (9, 5)
    assert_whole()


def test_outage_on_a_weekend_filing_wins_the_office_no_day() -> None:
    counter = Counter(days=5).submit("2026-10-10 09:00")
    assert counter.due() == "2026-10-19"
    outage = enter(counter, "2026-10-10 10:00", "2026-10-10 10:00")
    counter.sweep("2026-10-10 10:01")
    assert counter.case.paused_days_left == 5
    end(counter, outage, "2026-10-12 10:00")
    assert counter.due() == "2026-10-19"


def test_late_return_is_refused_while_force_majeure_waits_for_its_signature() -> None:
    counter = Counter(days=5).submit("2026-10-05 09:00")
    counter.take("2026-10-06 09:00")
    chief = counter.cast.player(Role.APPROVER, "DPMPTSP")
    counter.do("2026-10-12 09:00", services.declare_force_majeure, case_id=counter.case_id, by=chief, note="Banjir.")
    with pytest.raises(Conflict, match="tanda tangan kedua"):
        counter.send_back("2026-10-12 10:00", "ktp")
    assert counter.case.state == "in_verification"
    assert_whole()


def test_sweeper_that_was_away_gives_the_office_no_day_of_a_repair_that_nobody_answered() -> None:
    late, prompt = (Counter(days=10).submit("2026-10-05 09:00") for _one in range(2))
    ends = []
    for counter in (late, prompt):
        counter.accept("2026-10-06 10:00")
        chief = counter.cast.player(Role.APPROVER, "DPMPTSP")
        counter.do(
            "2026-10-07 09:00", cases.ask_repair, case_id=counter.case_id, by=chief, what=["Denah"], agency="DPMPTSP"
        )
        ends.append(counter.case.applicant_due_at)
    prompt.sweep((ends[0] + timedelta(minutes=1)).astimezone(clock.WIB).strftime("%Y-%m-%d %H:%M"))
    assert prompt.due() != ""
    late.sweep("2026-12-01 09:00")
    assert late.due() == prompt.due()
    assert_whole()
