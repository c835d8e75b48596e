"""A service whose term, rounds and systems a test chooses, and a day in its life at stated moments.

October and November 2026 have no holiday; 5 October is a Monday.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from agencies import clock
from agencies.errors import Conflict
from agencies.ids import new_id
from agencies.models import Role
from tests.engine import EngineScript, TestCast, script_for
from workflows.actors import Actor
from workflows.cases import services
from workflows.cases.models import Case
from workflows.cases.verification import Mark, to_check
from workflows.clock import sweep
from workflows.definition.parse import parse_definition
from workflows.definition.services import publish_version
from workflows.invariants.check import offenders

CODE = "DPMPTSP-UJI-JAM"
ASKS = '\n[[recommenders]]\nagency = "DLH"\nterm_days = 3\n'
DEEMED = 'deemed = "granted"\ndeemed_law = "UU 30/2014 pasal 53"\n'
BODY = """
code = "DPMPTSP-UJI-JAM"
agency = "DPMPTSP"
category = "perizinan_umum"
applicant = "both"
authority = "mall"
name = "Uji jam"
summary = "Layanan untuk menguji jam."
depends_on = ["OSS"]

[term]
working_days = {days}
rounds = {rounds}
{deemed}
[product]
kind = "rendered"
name = "Izin Uji"
validity = {{ kind = "years", amount = 1 }}
numbering = {{ template = "UJI/{{seq}}/{{unit}}/{{year}}", unit = "1" }}

[fee]
kind = "free"

[[fields]]
name = "uraian"
type = "text"
label = "Uraian"

[[requirements]]
code = "ktp"
name = "KTP-el"
document_type = "ktp"

[[requirements]]
code = "denah"
name = "Denah"
document_type = "denah"
{more}
[standard]
procedure = ["Anda mengajukan permohonan.", "Petugas memeriksa berkas."]
legal_basis = ["Perda contoh"]
"""


@contextmanager
def at(text: str) -> Iterator[datetime]:
    """Live at that moment in Banyuwangi, e.g. `2026-10-05 09:00`."""
    moment = datetime.fromisoformat(text).replace(tzinfo=clock.WIB)
    with clock.pretend(moment):
        yield moment


class Counter:
    """One case of a service with this term, played step by step."""

    def __init__(self, *, days: int = 10, rounds: int = 2, deemed: bool = False, more: str = "") -> None:
        body = BODY.format(days=days, rounds=rounds, deemed=DEEMED if deemed else "", more=more)
        definition = parse_definition(body, file="uji.toml")
        self.cast = TestCast()
        with suppress(Conflict):  # the same service is in force already
            publish_version(CODE, definition.body, by=self.cast.player(Role.ADMINISTRATOR, "DPMPTSP"))
        self.script: EngineScript = script_for(CODE, self.cast)

    @property
    def checker(self) -> Actor:
        """Who checks the papers."""
        return self.cast.player(Role.VERIFIER, "DPMPTSP", 1)

    @property
    def second(self) -> Actor:
        """Another verifier of the same office."""
        return self.cast.player(Role.VERIFIER, "DPMPTSP", 2)

    @property
    def case(self) -> Case:
        """The case as it stands."""
        return Case.objects.select_related("service_version").get(pk=self.script.case_id)

    @property
    def case_id(self) -> UUID:
        """Its id."""
        return self.script.case_id

    def due(self) -> str:
        """The due date in Banyuwangi, or nothing."""
        return clock.wib_date(self.case.due_at).isoformat() if self.case.due_at else ""

    def submit(self, when: str) -> "Counter":
        """The whole application is handed in, a paper for each requirement."""
        with at(when):
            for part in (self.script.open, self.script.answer, self.script.attach, self.script.submit):
                part()
        return self

    def take(self, when: str) -> None:
        """A verifier opens it."""
        with at(when):
            services.take(case_id=self.case_id, by=self.checker)

    def send_back(self, when: str, *wrong: str) -> Case:
        """She marks these deficient and everything else as right."""
        if self.case.state == "submitted":
            self.take(when)
        with at(when):
            return services.return_to_applicant(case_id=self.case_id, by=self.checker, marks=self.marks(*wrong))

    def accept(self, when: str) -> Case:
        """She finds it complete."""
        if self.case.state == "submitted":
            self.take(when)
        with at(when):
            return services.accept(case_id=self.case_id, by=self.checker, marks=self.marks())

    def marks(self, *wrong: str) -> dict[str, Mark]:
        """The ticks."""
        return dict.fromkeys(to_check(self.case), ("ok", "")) | dict.fromkeys(wrong, ("deficient", "Kurang jelas"))

    def replace(self, when: str, *codes: str) -> None:
        """The applicant hands in other papers, or other answers."""
        who = self.script.who.actor
        with at(when):
            for code in codes:
                if code == "_answers":
                    services.save_answers(case_id=self.case_id, by=who, raw={"uraian": f"Isi {new_id()}"})
                else:
                    services.attach(case_id=self.case_id, by=who, requirement=code, file_id=new_id())

    def answer(self, when: str, *codes: str) -> Case:
        """The applicant answers a return, with these papers replaced."""
        self.replace(when, *codes)
        with at(when):
            return services.submit(case_id=self.case_id, by=self.script.who.actor, key=new_id())

    def do(self, when: str, act: Callable[..., Any], **said: Any) -> Any:
        """Any service function at that moment."""
        with at(when):
            return act(**said)

    def sweep(self, when: str) -> dict[str, int]:
        """What time brings about."""
        with at(when):
            return sweep.sweep()

    def holders(self) -> list[tuple[str, str]]:
        """The ledger in short: holder and reason, in order."""
        rows = self.case.intervals.order_by("opened_at", "id")
        return [(one.holder, one.reason) for one in rows if one.opened_at != one.closed_at]


def assert_whole() -> None:
    """No invariant is broken."""
    assert [f"{one.rule}: {one.why}" for one in offenders()] == []
