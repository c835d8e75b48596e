"""People at work in a running mall: a program of its own that drives real cases and remembers what was promised.

`python -m tests.faults.storm.office` reads one JSON command a line and answers each with one line. Beside that a
thread opens, checks, decides and pays cases, one after another, for as long as it is let. An act counts as
acknowledged once its service function has come back, as for a person who has seen the next page.
"""

import itertools
import json
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from io import StringIO
from typing import Any
from uuid import UUID

import django

django.setup()

from django.core.management import CommandError, call_command  # noqa: E402 - Django first
from django.db import Error, connection  # noqa: E402

from agencies.errors import MallError  # noqa: E402
from agencies.ids import new_id  # noqa: E402
from mall.canary.cast import Applicant  # noqa: E402
from mall.canary.script import Script  # noqa: E402
from tests.engine import TestCast, make_applicant  # noqa: E402
from tests.factories import make_person, make_user  # noqa: E402
from workflows.actors import Actor  # noqa: E402
from workflows.cases import services  # noqa: E402
from workflows.definition.queries import version_for_new_case  # noqa: E402

RENDERED = "DPMPTSP-SIP-DOKTER"
ROUND = ("POLRESTA-SKCK-BARU", "DPMPTSP-REKLAME-INSIDENTIL", "DUKCAPIL-AKTA-LAHIR")
"""A same-visit service, a permit of ours with a fee, a product of another system."""
PASSWORD = "kata-sandi-panjang"
PATIENCE = 120.0


@dataclass
class KeptKey(Script):
    """A script whose applicant keeps the form, so that sending it again is the same sending."""

    key: UUID = field(default_factory=new_id)

    def submit(self) -> None:
        """Hand it in with the key of the form."""
        services.submit(case_id=self.case_id, by=self.who.actor, key=self.key)


@dataclass(frozen=True)
class Act:
    """What the mall has acknowledged: the case stood at this event, with this hash."""

    case: str
    step: str
    revision: int
    hash: str
    key: str = ""
    reference: str = ""


class Load(threading.Thread):
    """Works until the end of the program; `going` is set while it may."""

    def __init__(self, pause: float) -> None:
        super().__init__(daemon=True)
        self.pause = pause
        self.going, self.resting = threading.Event(), threading.Event()
        self.resting.set()
        self.acts: list[Act] = []
        self.whole = self.troubles = 0
        self.fault = ""

    def run(self) -> None:
        """Drive one case after another."""
        cast = TestCast()
        for code in itertools.cycle(ROUND):
            self._wait()
            try:
                self._drive(KeptKey(version_for_new_case(code).definition, cast))
                self.whole += 1
            except MallError:
                self.troubles += 1  # the step had been done before the connection broke; the case stays as it is
            except Error:
                self._trouble()
            except Exception as fault:
                self.fault = repr(fault)
                raise
            time.sleep(self.pause)

    def _wait(self) -> None:
        if not self.going.is_set():
            self.resting.set()
            self.going.wait()
        self.resting.clear()

    def _drive(self, script: KeptKey) -> None:
        for step in script.route():
            self._insist(lambda step=step: script.play(step))
            self._insist(lambda: self.acts.append(act(script)))

    def _insist(self, do: Callable[[], None]) -> None:
        """Do it; when the database goes away meanwhile, once more when it is back, as a person would."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                do()
            except Error:
                if time.monotonic() > end:
                    raise
                self._trouble()
            else:
                return

    def _trouble(self) -> None:
        self.troubles += 1
        connection.close()
        time.sleep(0.1)


def act(script: KeptKey) -> Act:
    """How the case stands after a step."""
    case = script.case()
    sent = bool(case.reference)
    return Act(
        str(case.pk),
        script.steps[-1],
        case.revision,
        case.chain_hash,
        str(case.submission_key) if sent else "",
        case.reference or "",
    )


class Office:
    """Answers the commands."""

    def __init__(self, pause: float) -> None:
        self.load = Load(pause)
        self.load.start()
        self.cast = TestCast()

    def go(self) -> None:
        """Let the load run."""
        self.load.resting.clear()
        self.load.going.set()

    def rest(self) -> None:
        """Let the load finish its case and wait."""
        self.load.going.clear()
        self.load.resting.wait(PATIENCE)

    def told(self) -> dict[str, Any]:
        """Everything that was acknowledged so far."""
        load = self.load
        acts = [one.__dict__ for one in list(load.acts)]
        return {"acts": acts, "whole": load.whole, "troubles": load.troubles, "fault": load.fault}

    def citizen(self) -> str:
        """Somebody with a log-in; her drafts are the ones that `drafts` makes."""
        user = make_user(password=PASSWORD)
        person = make_person(user=user, email=user.email)
        self.cast.people[False] = Applicant(Actor.of(user), person.pk)
        return str(user.email)

    def drafts(self, number: int) -> list[str]:
        """So many whole applications of hers that are not handed in yet."""
        return [self._played("open", "answer", "attach") for _one in range(number)]

    def approved(self) -> str:
        """A case that has just been approved, so that a worker has a permit to make."""
        return self._played("open", "answer", "attach", "submit", "verify", "recommend", "inspect", "decide")

    def _played(self, *parts: str) -> str:
        self.cast.people.setdefault(False, make_applicant())
        script = KeptKey(version_for_new_case(RENDERED).definition, self.cast)
        for part in parts:
            script.play(getattr(script, part))
        return str(script.case_id)

    def check(self) -> str:
        """Both checkers; what they say when something is broken."""
        said = StringIO()
        for command in ("check_invariants", "check_permits"):
            try:
                call_command(command, stdout=said, stderr=said)
            except CommandError as fault:
                return f"{command}: {fault}\n{said.getvalue()}"
        return ""


def main() -> None:
    """Serve until the end of the input."""
    office = Office(pause=float(sys.argv[1]))
    for line in sys.stdin:
        name, *words = json.loads(line)
        try:
            answer = {"value": getattr(office, name)(*words)}
        except Exception as fault:  # noqa: BLE001 - told to who asked
            answer = {"fault": repr(fault)}
        connection.close()
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
