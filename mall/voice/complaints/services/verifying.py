"""What the centre does with a complaint: verify and forward it, classify it, or say why it goes no further."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.choices import INSPECTORATE
from agencies.errors import Invalid
from mall.voice.complaints.machine import REFUSALS, ComplaintState, Ending, Kind
from mall.voice.complaints.models import Complaint, ComplaintNote
from mall.voice.complaints.permissions import may_take_over, may_verify, post_of
from mall.voice.complaints.queries import has_handler
from mall.voice.complaints.rerouting import hand_over
from mall.voice.complaints.terms import Counting, resolving
from mall.voice.complaints.work import Work
from workflows.actors import Actor
from workflows.permissions import MALL
from workflows.trail.chain import digest


@transaction.atomic
def forward(*, complaint_id: UUID, by: Actor, agency: str, text: str) -> Complaint:
    """It is sound, and about that agency: give it to who answers for it.

    An ordinary complaint goes to the agency's own handler, who has no other duty there; it stays with the centre where
    the agency has none. What needs investigation goes to the inspectorate.

    Raises:
        Invalid: no such agency at the mall, or no word to the reporter. Conflict: it was verified already.
    """
    work = Work.on(complaint_id, by, may_verify)
    work.complaint.agency_id = agency
    _verified(work)
    work.complaint.handler_id = _handler(work.complaint, agency)
    _forward(work)
    work.write(ComplaintNote.Kind.FORWARDED, text)
    handler = work.complaint.handler_id
    data = {"agency": agency, "handler": handler, "text": digest(text)}
    return work.finish("complaint.forwarded", data, (post_of(handler),))


def _forward(work: Work) -> None:
    """Whoever has it now states the follow-up within the limit from now; the answer stays due when it was."""
    work.complaint.forwarded_at = work.at
    work.complaint.follow_up_by = Counting.since(work.at).until("follow_up")
    work.complaint.late_follow_up = False
    work.move(work.complaint.forward)


def _handler(complaint: Complaint, agency: str) -> str:
    """Who answers for it; `Invalid` when that is no agency of the mall. One query."""
    heard = has_handler(agency)
    if heard is None:
        raise Invalid({"agency": [_("Pilih instansi dari daftar.")]})
    if complaint.kind == Kind.OVERSIGHT:
        return INSPECTORATE
    return agency if heard else MALL


def _verified(work: Work) -> None:
    """The first look is what the clock of verification measures."""
    work.complaint.verified_at = work.complaint.verified_at or work.at


@transaction.atomic
def take_over(*, complaint_id: UUID, by: Actor) -> Complaint:
    """The inspectorate takes a complaint about the mall out of the mall's hands; its dates stay.

    Raises `Missing` for what the inspector may not read, `Refused` for what is not about the mall.
    """
    work = Work.on(complaint_id, by, may_take_over)
    work.complaint.handler_id = INSPECTORATE
    if work.complaint.state == ComplaintState.FILED:
        _verified(work)
        _forward(work)
    return work.finish("complaint.taken_over", {"handler": INSPECTORATE})


@transaction.atomic
def reject(*, complaint_id: UUID, by: Actor, why: str, text: str) -> Complaint:
    """It goes no further; `text` tells the reporter why, and where she may turn."""
    work = Work.on(complaint_id, by, may_verify)
    if why not in REFUSALS:
        raise Invalid({"why": [_("Pilih alasannya.")]})
    _verified(work)
    work.complaint.ending, work.complaint.closed_at = why, work.at
    work.move(work.complaint.reject)
    work.write(ComplaintNote.Kind.REJECTED, text)
    return work.finish("complaint.rejected", {"why": why, "text": digest(text)})


@transaction.atomic
def reroute(*, complaint_id: UUID, by: Actor, text: str) -> Complaint:
    """It asks for information, not for redress: it becomes a request to the PPID, or she is led to file one."""
    work = Work.on(complaint_id, by, may_verify)
    _verified(work)
    work.complaint.ending, work.complaint.closed_at = Ending.REROUTED, work.at
    work.move(work.complaint.reroute)
    work.write(ComplaintNote.Kind.REROUTED, text)
    hand_over(work.complaint)
    return work.finish("complaint.rerouted", {"text": digest(text)})


@transaction.atomic
def reclassify(*, complaint_id: UUID, by: Actor, kind: str) -> Complaint:
    """Another class; the answer is then due by that class's limit, counted from filing and never from now.

    What turns out to need investigation leaves the chain of the office complained of.
    """
    work = Work.on(complaint_id, by, may_verify)
    complaint = work.complaint
    work.require_open()
    if kind not in Kind.values or kind == Kind.INFORMATION:
        raise Invalid({"kind": [_("Pilih golongan dari daftar.")]})
    former, complaint.kind = complaint.kind, kind
    complaint.resolve_by = Counting.since(complaint.filed_at).until(resolving(kind))
    if kind == Kind.OVERSIGHT and complaint.state != ComplaintState.FILED:
        complaint.handler_id = INSPECTORATE
    due = complaint.resolve_by.isoformat() if complaint.resolve_by else ""
    data = {"from": former, "to": kind, "handler": complaint.handler_id, "resolve": due}
    return work.finish("complaint.reclassified", data)
