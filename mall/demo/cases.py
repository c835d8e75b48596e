"""The demo's cases: some of every state, spread over the last weeks, and one shelf of finished ones."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from agencies import clock
from agencies.workdays import Calendar
from mall.canary.cast import Applicant
from mall.canary.script import Script
from mall.demo import identities
from mall.demo.people import DemoCast
from workflows.cases import services
from workflows.clock import sweep
from workflows.definition.model import Definition
from workflows.definition.queries import version_for_new_case

Plan = tuple[str, int, str]
"""Service, days ago that it was begun, and the last part that is played (of `STOPS`)."""

PLANS: tuple[Plan, ...] = (
    ("DPMPTSP-SIP-DOKTER", 1, "draft"),
    ("DPMPTSP-REKLAME-TETAP", 1, "draft"),
    ("DUKCAPIL-KTP-BARU", 1, "submitted"),
    ("DPMPTSP-SIP-PERAWAT", 2, "submitted"),
    ("DPMPTSP-SIP-BIDAN", 9, "submitted"),
    ("POLRESTA-SKCK-BARU", 1, "submitted"),
    ("DPMPTSP-SIP-APOTEKER", 3, "checking"),
    ("DPMPTSP-APOTEK", 4, "checking"),
    ("DPMPTSP-SIP-DOKTERGIGI", 5, "returned"),
    ("DPMPTSP-PBG", 6, "returned"),
    ("DPMPTSP-SIP-DOKTER", 6, "asked"),
    ("DPMPTSP-PBG", 12, "asked"),
    ("DPMPTSP-REKLAME-TETAP", 9, "asked"),
    ("DPMPTSP-SIP-FISIOTERAPIS", 5, "advised"),
    ("DPMPTSP-APOTEK", 14, "advised"),
    ("DUKCAPIL-AKTA-LAHIR", 4, "advised"),
    ("DPMPTSP-PBG", 30, "billed"),
    ("DPMPTSP-REKLAME-INSIDENTIL", 4, "billed"),
    ("IMIGRASI-PASPOR-BARU", 5, "decided"),
    ("BPN-ROYA", 6, "decided"),
    ("DPMPTSP-SIP-DOKTER", 25, "refused"),
    ("DPMPTSP-APOTEK", 40, "refused"),
    ("DPMPTSP-SIP-BIDAN", 8, "withdrawn"),
    ("DPMPTSP-SIP-PERAWAT", 75, "lapsed"),
    ("DPMPTSP-SIP-PERAWAT", 21, "done"),
    ("DPMPTSP-SIP-BIDAN", 33, "done"),
    ("DPMPTSP-PBG", 60, "done"),
    ("POLRESTA-SKCK-BARU", 20, "done"),
    ("POLRESTA-SKCK-BARU", 12, "done"),
    ("DUKCAPIL-AKTA-LAHIR", 18, "done"),
    ("DUKCAPIL-KTP-BARU", 26, "done"),
    ("DPMPTSP-PENGADUAN", 7, "done"),
    ("DPMPTSP-NIB", 10, "done"),
)
CLOSING = 14
FILLING = ("open", "answer", "attach")
SHELF = ("DPMPTSP-SIP-DOKTER", "DPMPTSP-SIP-PERAWAT", "DUKCAPIL-AKTA-LAHIR", "POLRESTA-SKCK-BARU")
"""Services with finished cases over the last months, so that the public pages have something to show."""


@dataclass
class Diary:
    """Moments of one case: each part is played a while after the one before, in working hours, never in the future."""

    at: datetime
    calendar: Calendar

    def play(self, parts: Iterable[Callable[[], None]], script: Script, *, pause: timedelta) -> None:
        """Play the parts, letting time pass between them; filling in a form takes minutes."""
        end = clock.now() - timedelta(minutes=5)
        for part in parts:
            with clock.pretend(min(self.at, end)):
                script.play(part)
            self.at = min(self._later(timedelta(minutes=9) if part.__name__ in FILLING else pause), end)

    def _later(self, pause: timedelta) -> datetime:
        """So much later; after closing, as much later on the next working morning."""
        later = self.at + pause
        if later.hour < CLOSING:
            return later
        day = self.calendar.add_working_days(later.date(), 1)
        return later.replace(year=day.year, month=day.month, day=day.day, hour=8 + later.hour % 4)


def stops(script: Script) -> dict[str, tuple[Callable[[], None], ...]]:
    """What is played up to each stop."""
    intake = (script.open, script.answer, script.attach, script.submit)
    checked = (*intake, script.verify)
    advised = (*checked, script.recommend, script.inspect)
    return {
        "draft": (script.open, script.answer),
        "submitted": intake,
        "checking": (*intake, script.take),
        "returned": (*intake, script.send_back),
        "asked": checked,
        "advised": advised,
        "billed": (*advised, script.decide),
        "decided": (*advised, script.decide),
        "refused": (*advised, script.refuse),
        "withdrawn": intake,
        "lapsed": (*intake, script.send_back),
        "done": script.route(),
    }


def load_cases() -> int:
    """Lay the cases down; how many."""
    cast = DemoCast()
    calendar = Calendar.load(clock.today())
    plans = [*PLANS, *((code, days, "done") for code in SHELF for days in range(15, 120, 14))]
    for code, days, stop in plans:
        _lay(Script(version_for_new_case(code).definition, cast), days, stop, calendar)
    _lay_conflict(calendar)
    return len(plans) + 1


class Household(DemoCast):
    """The same people, and an applicant who lives with one of them."""

    def applicant(self, definition: Definition) -> Applicant:
        """The verifier's wife."""
        return identities.kin(definition)


def _lay_conflict(calendar: Calendar) -> None:
    """One case that a verifier must not touch, because its applicant stands on his family card (UU 30/2014 art. 42)."""
    definition = version_for_new_case("DPMPTSP-SIP-BIDAN").definition
    _lay(Script(definition, Household()), 1, "submitted", calendar)


def _lay(script: Script, days: int, stop: str, calendar: Calendar) -> None:
    """One case, begun so many days ago on a working morning."""
    day = clock.today() - timedelta(days=days)
    while not calendar.is_working_day(day):
        day -= timedelta(days=1)
    begin = datetime(day.year, day.month, day.day, 8, 20, tzinfo=clock.WIB)
    visit = timedelta(minutes=6) if script.definition.same_visit else timedelta(hours=5)
    diary = Diary(begin, calendar)
    diary.play(stops(script)[stop], script, pause=visit)
    if stop == "withdrawn":
        services.withdraw(case_id=script.case_id, by=script.who.actor, reason="Tidak jadi")
    if stop == "lapsed":
        sweep.lapse(script.case_id)
