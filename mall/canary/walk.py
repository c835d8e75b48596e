"""One walk of the canary, and how it ended."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from mall.canary.cast import CanaryCast
from mall.canary.script import Script
from workflows.cases.machine import CaseState
from workflows.definition.queries import version_for_new_case
from workflows.trail import relay


@dataclass(slots=True)
class Walk:
    """How far the canary came with one service."""

    code: str
    shape: str = ""
    steps: list[str] = field(default_factory=list)
    state: str = ""
    error: str = ""
    case_id: UUID | None = None

    @property
    def well(self) -> bool:
        """Did it come to its proper end?"""
        return not self.error and self.state == CaseState.ISSUED


QUEUES = ("documents", "letters", "default")
"""What delivers that which a case brings about."""


def walk(code: str, *, queues: Sequence[str] = QUEUES) -> Walk:
    """Walk one service from the first question to the product, and deliver these queues; never raises."""
    told = Walk(code)
    try:
        definition = version_for_new_case(code).definition
        told.shape = definition.shape
        script = Script(definition, CanaryCast(), told.steps)
        script.whole()
        told.case_id = script.case_id
        told.steps.append("deliver")
        for queue in queues:
            relay.drain(queue)
        told.state = str(script.case().state)
        if not told.well:
            told.error = f"ended in {told.state}"
    except Exception as error:  # noqa: BLE001 - the point is to tell which service is broken, and where
        told.error = f"{type(error).__name__}: {getattr(error, 'fields', None) or error}"
    return told
