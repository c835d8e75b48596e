"""A locked complaint and what is being done to it: lock, question, clock, transition, save, event."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Self
from uuid import UUID

from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from agencies import clock
from agencies.errors import Conflict, Invalid, Missing
from documents.vault.services import Checked, keep_evidence
from mall.voice.complaints.machine import ENDED, ComplaintState
from mall.voice.complaints.models import Complaint, ComplaintEvidence, ComplaintNote, path_of
from mall.voice.complaints.permissions import Post, may_handle
from mall.voice.complaints.queries import readable
from workflows.actors import Actor
from workflows.permissions import Reply, require
from workflows.trail import services as trail
from workflows.trail.chain import Facts

SUBJECT: Final = "complaint"
VOICE: Final = Actor.system("voice")
"""Who acts in the log for any reporter, known or not."""
CHANGING: Final = (
    "state", "kind", "agency", "handler", "verified_at", "forwarded_at", "follow_up_by", "followed_up_at",
    "resolve_by", "answered_at", "close_after", "reopened_at", "closed_at", "due_at", "ending", "late_verify",
    "late_follow_up", "late_resolve",
)  # fmt: skip


@dataclass(slots=True)
class Work:
    """One complaint in hand."""

    complaint: Complaint
    by: Actor
    at: datetime = field(default_factory=clock.now)

    @classmethod
    def on(cls, complaint_id: UUID, by: Actor, may: Callable[[Actor, Complaint], Reply] = may_handle) -> Self:
        """For a handler: what she may not read does not exist for her. One query."""
        found = readable(by).select_for_update(of=("self",)).filter(pk=complaint_id).first()
        if found is None:
            raise Missing
        require(may(by, found))
        return cls(found, by)

    @classmethod
    def of_itself(cls, complaint_id: UUID, by: Actor) -> Self:
        """For the reporter, who has shown her link, and for the parts of the house. One query."""
        found = Complaint.objects.select_for_update(of=("self",)).filter(pk=complaint_id).first()
        if found is None:
            raise Missing
        return cls(found, by)

    def move(self, transition: Callable[[], None]) -> None:
        """Run a transition of the machine."""
        try:
            transition()
        except TransitionNotAllowed as error:
            label = ComplaintState(self.complaint.state).label
            raise Conflict(_("Pengaduan ini sudah berstatus “%(state)s”.") % {"state": label}) from error

    def require_open(self) -> None:
        """It has not ended."""
        if self.complaint.state in ENDED:
            raise Conflict(_("Pengaduan ini sudah selesai."))

    def write(self, kind: ComplaintNote.Kind, text: str) -> None:
        """Say something; whoever handles it signs."""
        if not text.strip():
            raise Invalid({"text": [_("Tulis penjelasannya.")]})
        ComplaintNote.objects.create(complaint=self.complaint, kind=kind, text=text, by_id=self.by.user_id, at=self.at)

    def finish(self, kind: str, data: Facts | None = None, readers: tuple[Post, ...] = ()) -> Complaint:
        """Save the row and append the event; `readers` are told at work."""
        self.complaint.due_at = self.complaint.next_due()
        self.complaint.save(update_fields=CHANGING)
        record(self.complaint, kind, self.by, data, readers)
        return self.complaint


def record(
    complaint: Complaint, kind: str, by: Actor, data: Facts | None = None, readers: tuple[Post, ...] = ()
) -> None:
    """Append an event; with `readers`, whom it must reach and where they find the complaint."""
    told: Facts = dict(data or {})
    if readers:
        told |= {"code": complaint.code, "path": path_of(complaint.pk), "readers": [list(post) for post in readers]}
    trail.record(subject_kind=SUBJECT, subject_id=complaint.pk, kind=kind, by=by, data=told)


def keep(complaint: Complaint, files: Collection[Checked]) -> None:
    """Hang files up to a complaint."""
    if files:
        kept = keep_evidence(files)
        ComplaintEvidence.objects.bulk_create(ComplaintEvidence(complaint=complaint, file=file) for file in kept)
