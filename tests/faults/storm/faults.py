"""The faults themselves: each breaks something in a storm and returns the seconds until every promise was kept."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from celery import Celery
from django.conf import settings
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

from mall.runtime.folders import CHECKOUT
from tests.faults.runtime import demo_env
from tests.faults.storm.storm import LEASE, PASSWORD, SOON, Storm, crowd, eventually
from tests.faults.storm.visitor import NoAnswer, Visitor

PATIENCE = 2.0
"""Seconds within which a person's application is handed in, Valkey or no Valkey."""
RENDERING = 0.5
SENDING = 0.1
SWEEPS_EVERY = 5.0
Form = tuple[str, dict[str, str]]


# --- F-02: the worker -------------------------------------------------------------------------------------------------


def worker_dies_making_a_permit(storm: Storm, dice: random.Random) -> float:
    """SIGKILL for the worker and its children at a random moment of a rendering."""
    for _attempt in range(3):
        case = storm.permit_in_the_making()
        time.sleep(dice.uniform(0, RENDERING))
        storm.kill_group(storm.pid("celery", " worker "))
        since = storm.now()
        if storm.state_of(case) == "approved":
            break
        storm.settle(since, LEASE + SOON, "worker killed too late")
    else:
        raise AssertionError("the worker was never killed in the middle of a permit")
    took = storm.settle(since, LEASE + SOON, "worker killed")
    assert storm.state_of(case) == "issued"
    return took


# --- F-04: Valkey -----------------------------------------------------------------------------------------------------


def valkey_is_flushed(storm: Storm) -> float:
    """Everything in it is gone, while people go on."""
    forms = open_forms(storm, 1)
    storm.permit_in_the_making()
    storm.valkey().flushall()
    since = storm.now()
    _people_go_on(storm, forms)
    return storm.settle(since, LEASE + SOON, "Valkey flushed")


def valkey_is_gone(storm: Storm) -> float:
    """It is killed, and nobody starts it again for a while."""
    forms = open_forms(storm, 3)
    with storm.frozen(storm.mall.process.pid):
        os.kill(storm.pid("valkey-server"), signal.SIGKILL)
        _people_go_on(storm, forms)
    return storm.settle(storm.now(), LEASE + SOON, "Valkey killed")


def valkey_hangs(storm: Storm) -> float:
    """It takes connections and answers nothing."""
    forms = open_forms(storm, 3)
    with storm.frozen(storm.pid("valkey-server")):
        _people_go_on(storm, forms)
    return storm.settle(storm.now(), LEASE + SOON, "Valkey hung")


def valkey_is_full(storm: Storm) -> float:
    """It refuses to write."""
    forms = open_forms(storm, 2)
    storm.valkey().config_set("maxmemory", 1)
    try:
        _people_go_on(storm, forms)
    finally:
        storm.valkey().config_set("maxmemory", 0)
    return storm.settle(storm.now(), LEASE + SOON, "Valkey full")


def open_forms(storm: Storm, number: int) -> list[Form]:
    """So many applications, each with the form that sends it open in the browser."""
    paths = [f"/permohonan/{case}/periksa/" for case in storm.office("drafts", number)]
    return [(path, storm.visitor.form(path)) for path in paths]


def _people_go_on(storm: Storm, forms: list[Form]) -> None:
    """They hand in, read and log in as if nothing were the matter."""
    for path, fields in forms:
        answer = storm.visitor.ask("POST", path, fields)
        assert answer.status == 302, answer
        print(f"handed in within {answer.seconds:.2f} s")  # noqa: T201
        assert answer.seconds < PATIENCE * crowd(), answer
    newcomer = Visitor(storm.mall.port)
    assert newcomer.ask("GET", "/").status == 200
    newcomer.log_in(storm.login, PASSWORD)


# --- F-03: beat -------------------------------------------------------------------------------------------------------


def beat_is_stopped(storm: Storm) -> float:
    """Nobody rang for a permit, and nobody sweeps; it is made once beat is back."""
    storm.office("rest")
    storm.settle(storm.now(), LEASE + SOON, "rest")
    with storm.frozen(storm.pid("celery", " beat ")):
        eventually(lambda: _is_idle(storm), 30 * crowd(), "the worker never rested")
        with storm.frozen(storm.mall.process.pid):
            os.kill(storm.pid("valkey-server"), signal.SIGKILL)
            case = storm.office("approved")
        time.sleep(SWEEPS_EVERY + 1)
        assert storm.state_of(case) == "approved", "somebody rang"
    took = storm.settle(storm.now(), SOON, "beat stopped")
    storm.office("go")
    return took


def two_beats(storm: Storm, seconds: float = 11) -> None:
    """One of them sweeps; when it dies the other one does."""
    argv = [sys.executable, "-m", "celery", "-A", "mall", "beat", "--pidfile=", "--loglevel", "WARNING"]
    first = storm.pid("celery", " beat ")
    with (storm.mall.var / "log" / "beat2.log").open("ab") as log:
        second = subprocess.Popen(argv, env=demo_env(storm.mall.var), cwd=CHECKOUT, stdout=log, stderr=log)
    try:
        before, began = sweeps(storm), time.monotonic()
        time.sleep(seconds)
        swept, passed = sweeps(storm) - before, time.monotonic() - began
        assert 1 <= swept <= passed / SWEEPS_EVERY + 1, (swept, passed)
        with storm.frozen(storm.mall.process.pid):
            os.kill(first, signal.SIGKILL)
            before = sweeps(storm)
            eventually(lambda: sweeps(storm) > before, (SWEEPS_EVERY + SOON) * crowd(), "the other beat did nothing")
    finally:
        second.kill()
        second.wait()
    storm.settle(storm.now(), LEASE + SOON, "one of two beats killed")


def _is_idle(storm: Storm) -> bool:
    """The worker does nothing and has nothing to do."""
    told = [*_asked(storm, "active").values(), *_asked(storm, "reserved").values()]
    return len(told) == 2 and not any(told) and not _queued(storm)


def sweeps(storm: Storm) -> int:
    """How often the worker was woken by beat, by its own count."""
    told = eventually(lambda: _asked(storm, "stats"), 30 * crowd(), "the worker does not answer")
    return sum(worker["total"].get("trail.sweep", 0) for worker in told.values())


def _asked(storm: Storm, question: str) -> dict[str, Any]:
    """What each worker answers; empty when none does."""
    try:
        with _celery(storm) as app:
            return getattr(app.control.inspect(timeout=1), question)() or {}
    except (OSError, KombuError, RedisError):
        return {}


def _celery(storm: Storm) -> Celery:
    """The broker as seen from outside, without a pool: its connections break here."""
    app = Celery(broker=f"redis+socket://{storm.valkey_socket}?virtual_host=0", set_as_current=False)
    app.conf.broker_pool_limit = 0
    return app


# --- F-05: PostgreSQL -------------------------------------------------------------------------------------------------


def postmaster_dies(storm: Storm) -> float:
    """SIGKILL in the middle of a permit, of the load and of somebody's application; beat is killed with it."""
    ((path, fields),) = open_forms(storm, 1)
    storm.permit_in_the_making()
    since = storm.now()
    os.kill(storm.pid("postgres", "-D"), signal.SIGKILL)
    os.kill(storm.pid("celery", " beat "), signal.SIGKILL)
    try:
        answer = storm.visitor.ask("POST", path, fields)
    except NoAnswer:
        pass
    else:
        assert answer.status == 302 or "Coba lagi" in answer.text, answer
        assert "Traceback" not in answer.text
    _sent_once(storm, path, fields)
    return storm.settle(since, LEASE + SOON, "postmaster killed")


def _sent_once(storm: Storm, path: str, fields: dict[str, str]) -> None:
    """The same form again until it is answered: one case has its key, and she sees its number."""
    answer, _times = storm.visitor.insist(path, fields)
    assert answer.status == 302, answer
    found = storm.rows(
        "SELECT c.reference, count(e.id) FROM workflows_case c "
        "LEFT JOIN workflows_event e ON e.subject_id = c.id AND e.kind = 'case.submitted' "
        "WHERE c.submission_key = %(key)s GROUP BY c.id",
        key=fields["key"],
    )
    assert len(found) == 1, found
    reference, times = found[0]
    assert times == 1, found
    assert reference in storm.visitor.ask("GET", answer.location).text


# --- F-01: the web server ---------------------------------------------------------------------------------------------


def web_workers_die(storm: Storm, dice: random.Random, least: int) -> float:
    """SIGKILL for those who answer pages, at a random moment of handing in; the same form is sent again.

    Goes on until so many submissions were cut off.
    """
    cut = tried = 0
    while cut < least:
        tried += 1
        assert tried <= 4 * least, "no submission was cut off"
        ((path, fields),) = open_forms(storm, 1)
        killer = threading.Timer(dice.uniform(0, SENDING), _kill_all, [_web_workers(storm)])
        killer.start()
        try:
            storm.visitor.ask("POST", path, fields)
        except NoAnswer:
            cut += 1
        killer.join()
        _sent_once(storm, path, fields)
    print(f"{cut} of {tried} submissions were cut off")  # noqa: T201
    return storm.settle(storm.now(), LEASE + SOON, "web workers killed")


def _web_workers(storm: Storm) -> list[int]:
    """Those who answer now."""
    master = storm.pid("granian")
    return [int(pid) for pid in Path(f"/proc/{master}/task/{master}/children").read_text().split()]


def _kill_all(pids: list[int]) -> None:
    for pid in pids:
        os.kill(pid, signal.SIGKILL)


# --- F-10: everything twice -------------------------------------------------------------------------------------------


def everything_is_delivered_again(storm: Storm, times: int) -> float:
    """Every promise is made pending again, and every task is sent many times at once: nothing changes."""
    storm.office("rest")
    storm.settle(storm.now(), LEASE + SOON, "rest")
    before, mails = storm.rows(_COUNTS), _mails(storm)
    assert len(mails) == len(set(mails)) == _mailed(storm)
    again = "UPDATE workflows_outboxrow SET state = 'pending', done_at = NULL, attempts = 0 RETURNING id"
    since, rows = storm.now(), len(storm.rows(again))
    tasks = [(entry["task"], ()) for entry in settings.CELERY_BEAT_SCHEDULE.values()]
    with _celery(storm) as app:
        for name, words in [*tasks, ("trail.drain", ("default",)), ("trail.drain", ("documents",))] * times:
            queue = "documents" if "documents" in (*name.split("."), *words) else "default"
            app.send_task(name, words, queue=queue)
    took = storm.settle(since, LEASE + SOON, f"{rows} promises again, each task {times} times")
    eventually(lambda: not _queued(storm), 60 * crowd(), "tasks are left")
    assert storm.rows(_COUNTS) == before
    assert _mails(storm) == mails
    storm.office("go")
    return took


_COUNTS = """
SELECT (SELECT count(*) FROM workflows_event), (SELECT sum(revision) FROM workflows_case),
       (SELECT count(*) FROM notifications_message), (SELECT count(*) FROM notifications_delivery),
       (SELECT sum(attempts) FROM notifications_delivery), (SELECT count(*) FROM notifications_calltask),
       (SELECT count(*) FROM workflows_bill), (SELECT count(*) FROM workflows_payment),
       (SELECT string_agg(sealed_sha256, ' ' ORDER BY id) FROM documents_permitdocument)
"""


def _mails(storm: Storm) -> list[str]:
    """Message-IDs of every mail that went out."""
    lines = (line for file in (storm.mall.var / "mail").glob("*") for line in file.read_text().splitlines())
    return sorted(line for line in lines if line.startswith("Message-ID:"))


def _mailed(storm: Storm) -> int:
    return int(
        storm.rows("SELECT count(*) FROM notifications_delivery WHERE channel = 'email' AND state = 'sent'")[0][0]
    )


def _queued(storm: Storm) -> int:
    return sum(int(storm.valkey().llen(queue)) for queue in ("quick", "default", "documents"))
