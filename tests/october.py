"""Cases decided around October, for the tests of the public figures."""

from datetime import datetime, timedelta

from agencies import clock
from mall.canary.cast import Cast
from tests.engine import EngineScript, TestCast
from workflows.definition.queries import version_for_new_case

NOW = datetime(2026, 11, 20, 10, 30, tzinfo=clock.WIB)
DOCTOR = "DPMPTSP-SIP-DOKTER"
NURSE = "DPMPTSP-SIP-PERAWAT"
MIDWIFE = "DPMPTSP-SIP-BIDAN"
BIRTH = "DUKCAPIL-AKTA-LAHIR"
POLICE = "POLRESTA-SKCK-BARU"
WHOLE = ("open", "answer", "attach", "submit", "verify", "recommend", "inspect", "decide")
REFUSED = (*WHOLE[:-1], "refuse")
RETURNED = ("open", "answer", "attach", "submit", "send_back", "submit", "verify", "recommend", "inspect", "decide")


def lay(code: str, parts: tuple[str, ...], begun: datetime, step: timedelta, cast: Cast) -> EngineScript:
    """A case whose parts were played one `step` after the other; a same-visit service is served at once."""
    script = EngineScript(version_for_new_case(code).definition, cast)
    parts = (*parts[:4], "serve") if script.definition.same_visit else parts
    at = begun
    for part in parts:
        with clock.pretend(at):
            script.play(getattr(script, part))
        at += step
    return script


def lay_october() -> list[EngineScript]:
    """Decisions some of which are late, refused, after a return, or handed in at night or on a day off."""
    cast = TestCast()
    start = datetime(2026, 9, 28, 9, 15, tzinfo=clock.WIB)
    plans = [
        *((DOCTOR, WHOLE, start + timedelta(days=n, hours=n), timedelta(hours=6 + 3 * n)) for n in range(7)),
        *((NURSE, WHOLE, start + timedelta(days=2 * n), timedelta(hours=26)) for n in range(3)),
        *((MIDWIFE, WHOLE, start + timedelta(days=n + 4), timedelta(hours=3)) for n in range(5)),
        (DOCTOR, WHOLE, datetime(2026, 10, 3, 19, 0, tzinfo=clock.WIB), timedelta(hours=23)),
        (DOCTOR, RETURNED, start + timedelta(days=3), timedelta(hours=31)),
        (DOCTOR, RETURNED, datetime(2026, 10, 2, 20, 0, tzinfo=clock.WIB), timedelta(hours=25)),
        (DOCTOR, REFUSED, start + timedelta(days=4), timedelta(hours=5)),
        *((BIRTH, WHOLE, start + timedelta(days=2 * n), timedelta(hours=4 * n)) for n in range(6)),
        *((POLICE, WHOLE, start + timedelta(days=3 * n), timedelta(minutes=5)) for n in range(2)),
    ]
    return [lay(code, parts, begun, step, cast) for code, parts, begun, step in plans]
