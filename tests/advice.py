"""A service whose recommenders a test chooses, and its people."""

import copy
from typing import Any

from agencies.models import Role
from tests.engine import CHECKED, EngineScript, TestCast, played
from workflows.actors import Actor
from workflows.cases import services
from workflows.cases.advice import Recommendation
from workflows.definition.folder import CATALOGUE
from workflows.definition.parse import parse_definition
from workflows.definition.services import publish_version

CODE = "DPMPTSP-UJI-SARAN"
LIKE = "DPMPTSP-MAKAM-PINDAH"
SAID = {"verdict": "favourable", "reason": "Sesuai.", "legal_basis": "UU 32/2009"}


def service(*recommenders: dict[str, Any], **more: Any) -> str:
    """Publish a service of the mall that asks these agencies; its code. `more` replaces parts of the body."""
    path = CATALOGUE / f"{LIKE}.toml"
    body = copy.deepcopy(dict(parse_definition(path.read_text("utf-8"), file=path.name).body))
    body |= {"code": CODE, "recommenders": list(recommenders), "inspection": None}
    body["fields"] = [{"name": "uraian", "type": "text", "label": "Uraian"}]
    body["requirements"] = [{"code": "ktp", "name": "KTP-el", "document_type": "ktp"}]
    body["term"] = {**body["term"], "working_days": 30}
    body["fee"] = {"kind": "free"}
    body |= more
    publish_version(CODE, {key: value for key, value in body.items() if value is not None}, by=administrator())
    return CODE


def administrator() -> Actor:
    """Who publishes."""
    return TestCast().player(Role.ADMINISTRATOR, "DPMPTSP")


def checked(cast: TestCast | None = None) -> EngineScript:
    """A case of that service whose papers are in order."""
    return played(CODE, *CHECKED, cast=cast)


def of(script: EngineScript, agency: str) -> Recommendation:
    """The recommendation of that agency, as it stands."""
    return Recommendation.objects.get(case_id=script.case_id, agency_id=agency)


def officer(script: EngineScript, agency: str, number: int = 2) -> Actor:
    """An officer of that agency."""
    return script.cast.player(Role.OFFICER, agency, number)


def approver(script: EngineScript) -> Actor:
    """Who decides."""
    return script.cast.player(Role.APPROVER, "DPMPTSP")


def give(script: EngineScript, agency: str, **said: Any) -> Recommendation:
    """That agency answers."""
    by = officer(script, agency)
    return services.give_recommendation(recommendation_id=of(script, agency).pk, by=by, **(SAID | said))
