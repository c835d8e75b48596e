"""Cases whose agency answers by links, and the links."""

from typing import Any

from agencies.models import Agency, AnswersBy, Role, User
from tests import advice
from tests.engine import CHECKED, EngineScript, TestCast, played
from workflows.actors import Actor
from workflows.cases import services
from workflows.cases.advice import Recommendation
from workflows.cases.links import AdviceLink, token_of
from workflows.cases.recommending import Answer

AGENCY = "DISHUB"
SAID = Answer("favourable", "Sesuai.", "UU 22/2009")


def asked(*, service: dict[str, Any] | None = None) -> EngineScript:
    """A case that waits for an agency without a computer."""
    Agency.objects.filter(pk=AGENCY).update(answers_by=AnswersBy.LINK)
    advice.service({"agency": AGENCY, "term_days": 5}, **(service or {}))
    return advice.checked()


def another(script: EngineScript) -> EngineScript:
    """One more case of the same service and the same people."""
    return played(advice.CODE, *CHECKED, cast=script.cast)


def request_of(script: EngineScript, agency: str = AGENCY) -> Recommendation:
    """What the agency is asked."""
    return advice.of(script, agency)


def officer(script: EngineScript, number: int = 2, agency: str = AGENCY) -> User:
    """The named person."""
    return script.cast.user(Role.OFFICER, agency, number)


def sender(script: EngineScript, cast: TestCast | None = None) -> Actor:
    """A verifier of the mall."""
    return (cast or script.cast).player(Role.VERIFIER, "DPMPTSP")


def sent(
    script: EngineScript, *, way: str = "letter", to: User | None = None, agency: str = AGENCY, **more: Any
) -> AdviceLink:
    """A link, sent by the verifier to the officer."""
    named = to or officer(script, agency=agency)
    asking = request_of(script, agency).pk
    return services.send_link(recommendation_id=asking, by=sender(script), to=named.pk, way=way, **more)


def answer(link: AdviceLink, said: Answer = SAID) -> Recommendation:
    """She answers by it."""
    return services.answer_by_link(token=token_of(link.pk), said=said)
