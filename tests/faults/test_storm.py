"""Real programs under load, killed one after another: nothing is lost, and all is late by seconds (F-01 to F-05, F-10).

One mall for the whole module. Each test breaks something, and afterwards every acknowledged act is there with its
hash, every promise made before the end of the fault is kept within its limit, and both checkers find nothing.
"""

import random
from collections.abc import Iterator

import pytest

from tests.faults import migrated
from tests.faults.runtime import OPEN, Mall, free_port, wait_until_gone
from tests.faults.storm import faults, freshness
from tests.faults.storm.storm import LEASE, MAILING, SOON, Storm, crowd, eventually

PAUSE = 5.0
"""Seconds between two cases of the load."""
MAILS_LEFT = "SELECT count(*) FROM notifications_delivery WHERE channel = 'email' AND state IN ('pending', 'failed')"
FRESH = 5.0
"""Seconds that a public figure may be behind the log."""


@pytest.fixture(scope="module")
def storm(tmp_path_factory: pytest.TempPathFactory, servers: str) -> Iterator[Storm]:
    """A mall with durable servers, people at work in it, and no demo cases."""
    var = tmp_path_factory.mktemp("storm") / "var"
    migrated.prepare(var, servers)
    (var / "demo.loaded").touch()
    mall = Mall(var, free_port())
    storm = None
    try:
        mall.wait_for(OPEN)
        storm = Storm(mall, PAUSE)
        yield storm
    finally:
        if storm:
            storm.office.close()
        mall.stop()
        assert wait_until_gone(var) == {}


def test_figures_hold_every_act_within_five_seconds(storm: Storm) -> None:
    waited = freshness.acts_until_counted(storm, random.Random(5))
    print(f"{len(waited)} acts counted after {waited[0]:.1f} to {waited[-1]:.1f} s (crowd {crowd():.1f})")  # noqa: T201
    assert len(waited) >= freshness.SENT + 2 * freshness.DECIDED
    assert waited[-1] <= FRESH * crowd(), waited


def test_worker_is_killed_in_the_middle_of_a_permit(storm: Storm) -> None:
    faults.worker_dies_making_a_permit(storm, random.Random(2))


def test_valkey_is_flushed_hung_and_killed_while_people_hand_in(storm: Storm) -> None:
    faults.valkey_is_flushed(storm)
    faults.valkey_hangs(storm)
    faults.valkey_is_gone(storm)


def test_beat_is_stopped_and_what_was_due_is_done_when_it_returns(storm: Storm) -> None:
    faults.beat_is_stopped(storm)


@pytest.mark.long
def test_of_two_beats_one_works_and_the_other_takes_over(storm: Storm) -> None:
    faults.two_beats(storm)


def test_postmaster_is_killed_in_the_middle_of_everything(storm: Storm) -> None:
    faults.postmaster_dies(storm)


def test_web_workers_are_killed_while_somebody_hands_in(storm: Storm) -> None:
    faults.web_workers_die(storm, random.Random(3), 1)


def test_every_promise_and_every_task_is_delivered_again(storm: Storm) -> None:
    faults.everything_is_delivered_again(storm, 4)


def test_after_the_storm_nothing_is_left_to_do(storm: Storm) -> None:
    """Last: the load rests, and every promise ever made is kept."""
    storm.office("rest")
    storm.settle(storm.now(), LEASE + SOON, "end")
    assert storm.rows("SELECT count(*) FROM workflows_outboxrow WHERE state <> 'done'") == [(0,)]
    eventually(lambda: storm.rows(MAILS_LEFT) == [(0,)], (MAILING + SOON) * crowd(), "mails are left")
    assert storm.mall.ready()["status"] == "ok"
    told = storm.office("told")
    print(f"{told['whole']} cases driven to their end, {told['troubles']} times the connection broke")  # noqa: T201
