"""The supervisor and several ends at once: it goes on watching while one of its programs comes back."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection

from mall.runtime import programs
from mall.runtime.child import Child
from mall.runtime.errors import Trouble
from mall.runtime.supervisor import MOST_ENDS, SIGNALS, Stop, Supervisor

NEVER = 3600.0


@pytest.fixture
def said() -> list[str]:
    """What the person at the terminal has read."""
    return []


@pytest.fixture
def supervisor(said: list[str]) -> Iterator[Supervisor]:
    """One that watches nothing yet."""
    made = Supervisor(said.append)
    yield made
    made.stop()


def program(folder: Path, name: str, ready: Callable[[], bool] = lambda: True, patience: float = NEVER) -> Child:
    """A program that does nothing for long."""
    return Child(name=name, argv=["sleep", "1000"], log=folder / f"{name}.log", ready=ready, patience=patience)


def killed(child: Child) -> None:
    """It is dead, and its parent can know."""
    assert child.process
    os.kill(child.process.pid, signal.SIGKILL)
    while child.alive:
        time.sleep(0.01)


class Asking:
    """Sends the signal while it is being finalised."""

    def __del__(self) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(0)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_signal_in_the_middle_of_a_finaliser_is_not_lost(supervisor: Supervisor) -> None:
    before = {number: signal.getsignal(number) for number in SIGNALS}
    supervisor.stop_on_signals()
    try:
        asking = Asking()
        del asking
        with pytest.raises(Stop):
            supervisor.watch()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def test_program_that_is_slow_to_come_back_hides_no_other_end(
    supervisor: Supervisor, said: list[str], tmp_path: Path
) -> None:
    healthy = {"Low": True, "High": True}
    low, high = (program(tmp_path, name, lambda name=name: healthy[name]) for name in ("Low", "High"))
    supervisor.start([low, high])
    healthy["High"] = False
    killed(high)
    supervisor.look()
    killed(low)
    supervisor.look()
    assert (low.alive, high.alive) == (True, True)
    assert "Low is back." in said
    assert "High is back." not in said
    healthy["High"] = True
    supervisor.look()
    assert "High is back." in said


def test_program_that_does_not_come_back_is_told_in_one_sentence(supervisor: Supervisor, tmp_path: Path) -> None:
    healthy = [True]
    child = program(tmp_path, "Sick", lambda: healthy[0], patience=0.2)
    supervisor.start([child])
    healthy[0] = False
    killed(child)
    supervisor.look()
    time.sleep(child.patience)
    with pytest.raises(Trouble, match="Sick did not come back within"):
        supervisor.look()


def test_program_that_ends_too_often_stops_everything(supervisor: Supervisor, tmp_path: Path) -> None:
    child = program(tmp_path, "Brief")
    supervisor.start([child])
    for _end in range(MOST_ENDS):
        killed(child)
        supervisor.look()
    killed(child)
    with pytest.raises(Trouble, match="times within a minute"):
        supervisor.look()


@pytest.mark.django_db(transaction=True)
def test_question_about_beat_is_answered_by_no_while_postgresql_is_away() -> None:
    """Asked once before, so that a connection could have stayed that is dead by now."""
    assert programs._some_beat_leads() is False
    where = dict(connection.settings_dict)
    try:
        connection.settings_dict["HOST"] = "/nowhere"
        assert programs._some_beat_leads() is False
    finally:
        connection.settings_dict.update(where)


def test_question_about_the_worker_is_answered_by_no_while_valkey_is_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from celery import Celery

    monkeypatch.setattr(programs, "app", Celery(broker=f"redis+socket://{tmp_path}/no.sock", set_as_current=False))
    programs.app.conf.broker_transport_options = {"max_retries": 0}
    assert programs._worker_answers() is False
