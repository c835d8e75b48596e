"""The services of `tests/definitions_unseen`: written from `docs/definitions.md` alone, and like no shipped one."""

from datetime import timedelta
from pathlib import Path

from agencies import clock
from agencies.ids import new_id
from agencies.models import Role
from mall.canary.answers import sample_answers
from tests.engine import EngineScript, script_for
from workflows.cases import services
from workflows.cases.advice import Recommendation
from workflows.clock import sweep
from workflows.definition.model import FieldType
from workflows.invariants.check import offenders

FOLDER = Path(__file__).parent / "definitions_unseen"
CODES = sorted(path.stem for path in FOLDER.glob("*.toml"))
SAME_VISIT = "DISKOPUMDAG-TIMBANG"
WAITING = [code for code in CODES if code != SAME_VISIT]
REVIEWED = [code for code in WAITING if code != "DPMPTSP-BALIHO"]
"""Those that may be returned; the other one allows no round."""
PAID = ("DPMPTSP-DRONE", "DPMPTSP-KEMBANGAPI", "DPMPTSP-LEBAH", "DPMPTSP-PANGGUNG")
DEEMED = ("DINSOS-RUMAHSINGGAH", "DPMPTSP-WARUNG")
INTAKE = ("open", "answer", "attach", "submit")


OWED = {"DPMPTSP-DRONE": {"berat_gram": "900"}}
"""Answers with which something is to be paid, where the sample answers cost nothing."""


class Chosen(EngineScript):
    """A script whose applicant answers some questions in her own way."""

    said: dict[str, str]

    def answer(self) -> None:
        """Every question, some of them as the test wants."""
        asks_file = any(one.type is FieldType.FILE for one in self.definition.fields)
        raw = sample_answers(self.definition, file_id=str(new_id()) if asks_file else "")
        services.save_answers(case_id=self.case_id, by=self.who.actor, raw=raw | self.said)


def saying(code: str, *parts: str, **said: str) -> Chosen:
    """A case with these answers, at the end of these parts."""
    plain = script_for(code)
    script = Chosen(plain.definition, plain.cast)
    script.said = said
    for part in parts:
        script.play(getattr(script, part))
    return script


def well() -> None:
    """Nothing in the database is broken."""
    assert [f"{one.rule}: {one.why}" for one in offenders()] == []


STAGES: dict[str, tuple[str, ...]] = {
    "draft": INTAKE[:3],
    "submitted": INTAKE,
    "in_verification": (*INTAKE, "take"),
    "returned": (*INTAKE, "send_back"),
    "awaiting_recommendations": (*INTAKE, "verify"),
    "awaiting_decision": (*INTAKE, "verify", "recommend", "inspect"),
    "awaiting_payment": (*INTAKE, "verify", "recommend", "inspect", "decide"),
}


def later(days: int = 120) -> None:
    """A long time passes, and the sweeper comes twice."""
    with clock.pretend(clock.now() + timedelta(days=days)):
        sweep.sweep()
        sweep.sweep()


def advise(script: EngineScript, **verdicts: str) -> None:
    """These agencies answer now, after their visit."""
    for agency, verdict in verdicts.items():
        advice = Recommendation.objects.get(case_id=script.case_id, agency_id=agency)
        by = script.cast.player(Role.OFFICER, agency, 2)
        services.give_recommendation(
            recommendation_id=advice.pk, by=by, verdict=verdict, reason="Alasan.", legal_basis="UU 30/2014"
        )


def states_of(script: EngineScript) -> dict[str, str]:
    """Where each recommendation stands."""
    return dict(Recommendation.objects.filter(case_id=script.case_id).values_list("agency_id", "state"))
