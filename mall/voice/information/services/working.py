"""A locked request and what is being done to it: lock, question, clock, transition, save, event."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self
from uuid import UUID

from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from agencies import clock
from agencies.errors import Conflict
from mall.voice.information.machine import OPEN, InformationState
from mall.voice.information.models import InformationRequest
from mall.voice.information.objections import InformationObjection
from mall.voice.information.permissions import may_handle, may_inform, may_read
from mall.voice.information.services.filing import SUBJECT
from mall.voice.information.terms import last_day
from workflows.actors import Actor
from workflows.permissions import require, require_seen
from workflows.trail import services as trail
from workflows.trail.chain import Facts


@dataclass(slots=True)
class Work:
    """One change of a request under its lock."""

    request: InformationRequest
    by: Actor
    at: datetime = field(default_factory=clock.now)

    @classmethod
    def on(cls, request_id: UUID, by: Actor, *, hers: bool = True) -> Self:
        """Lock it and ask; a request that this PPID may not read does not exist for her."""
        require(may_inform(by))
        request = InformationRequest.locked(request_id)
        require_seen(may_read(by, request))
        if hers:
            require(may_handle(by, request))
        return cls(request, by)

    @classmethod
    def of_requester(cls, request_id: UUID, by: Actor) -> Self:
        """Lock it for its requester, who has shown her link."""
        return cls(InformationRequest.locked(request_id), by)

    def move(self, transition: Callable[[], None]) -> None:
        """Run a transition of the machine."""
        try:
            transition()
        except TransitionNotAllowed as error:
            label = InformationState(self.request.state).label
            raise Conflict(_("Permintaan ini sudah berstatus “%(state)s”.") % {"state": label}) from error

    def note_silence(self) -> bool:
        """Note once that the term has passed without an answer; from then on she may object."""
        request = self.request
        if request.silent_at or request.state not in OPEN or request.due_at is None or request.due_at >= self.at:
            return False
        request.silent_at, request.object_until = self.at, last_day("object", request.due_at)
        self.record("information.overdue", {"due": request.due_at.isoformat()})
        return True

    def note_superior_silence(self, objection: InformationObjection) -> bool:
        """Note once that the superior's term has passed; from then on a dispute may be filed."""
        if objection.answered_at or objection.silent_at or objection.due_at is None or objection.due_at >= self.at:
            return False
        objection.silent_at, objection.dispute_until = self.at, last_day("dispute", objection.due_at)
        objection.save(update_fields=["silent_at", "dispute_until"])
        self.record("information.objection_overdue", {"due": objection.due_at.isoformat()})
        return True

    def save(self, *fields: str) -> None:
        """Save what was changed, and only that: a sealed column that is written again gets a new ciphertext."""
        self.request.save(update_fields=["state", *fields])

    def record(self, kind: str, data: Facts | None = None) -> None:
        """Append the event."""
        trail.record(subject_kind=SUBJECT, subject_id=self.request.pk, kind=kind, by=self.by, data=data or {})

    def finish(self, kind: str, fields: Iterable[str], data: Facts | None = None) -> InformationRequest:
        """Save the row and append the event."""
        self.save(*fields)
        self.record(kind, data)
        return self.request
