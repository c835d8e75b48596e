"""What visitors ask for, and the world that holds it."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from tests.security.visitors import People
from workflows.cases.models import Case


@dataclass
class Thing:
    """Something to ask for: the ids that its addresses carry, and the words that only its own people may read."""

    ids: dict[str, Any] = field(default_factory=dict)
    markers: tuple[str, ...] = ()
    case_id: UUID | None = None

    @property
    def case(self) -> Case:
        """Its case as it stands now."""
        return Case.objects.select_related("service_version", "service", "applicant").get(pk=self.case_id)


@dataclass
class World:
    """The people and the things."""

    people: People
    things: dict[str, Thing]
    files: dict[str, UUID] = field(default_factory=dict)
    contents: dict[str, bytes] = field(default_factory=dict)
    asking: str = ""
    """The visitor whose turn it is, for forms that tell who she is."""
