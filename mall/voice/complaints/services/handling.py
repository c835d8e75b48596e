"""What handlers do with a complaint that is in their hands: state the follow-up, write, answer, hand back, close."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.errors import Conflict
from mall.voice.complaints.machine import ComplaintState, Ending
from mall.voice.complaints.models import Complaint, ComplaintNote
from mall.voice.complaints.permissions import may_return
from mall.voice.complaints.queries import complaint_for
from mall.voice.complaints.terms import Counting
from mall.voice.complaints.work import Work, record
from workflows.actors import Actor
from workflows.permissions import MALL
from workflows.trail.chain import digest


@transaction.atomic
def read_complaint(*, complaint_id: UUID, by: Actor) -> Complaint:
    """Open a complaint; that she looked is an event."""
    complaint = complaint_for(by, complaint_id)
    record(complaint, "complaint.read", by)
    return complaint


@transaction.atomic
def follow_up(*, complaint_id: UUID, by: Actor, text: str) -> Complaint:
    """Say what is being done about it."""
    work = Work.on(complaint_id, by)
    work.complaint.followed_up_at = work.at
    work.move(work.complaint.follow_up)
    work.write(ComplaintNote.Kind.FOLLOWED, text)
    return work.finish("complaint.followed_up", {"text": digest(text)})


@transaction.atomic
def answer(*, complaint_id: UUID, by: Actor, text: str) -> Complaint:
    """Answer in writing; from now on the reporter has ten working days to reply."""
    work = Work.on(complaint_id, by)
    work.complaint.answered_at = work.at
    work.complaint.close_after = Counting.since(work.at).until("close")
    work.move(work.complaint.answer)
    work.write(ComplaintNote.Kind.ANSWERED, text)
    return work.finish("complaint.answered", {"text": digest(text)})


@transaction.atomic
def write(*, complaint_id: UUID, by: Actor, text: str) -> Complaint:
    """A question or an interim word to the reporter."""
    work = Work.on(complaint_id, by)
    work.require_open()
    work.write(ComplaintNote.Kind.MESSAGE, text)
    return work.finish("complaint.written", {"text": digest(text)})


@transaction.atomic
def hand_back(*, complaint_id: UUID, by: Actor, text: str) -> Complaint:
    """It is not this office's: the centre looks again. The reason is for handlers; the answer stays due when it was."""
    work = Work.on(complaint_id, by, may_return)
    work.complaint.handler_id = MALL
    work.move(work.complaint.hand_back)
    work.write(ComplaintNote.Kind.HANDED_BACK, text)
    return work.finish("complaint.handed_back", {"text": digest(text)})


@transaction.atomic
def close(*, complaint_id: UUID, by: Actor, text: str) -> Complaint:
    """Close what was answered twice. Before her reply the ten days are the reporter's, and nobody cuts them short."""
    work = Work.on(complaint_id, by)
    complaint = work.complaint
    if complaint.state == ComplaintState.ANSWERED and complaint.reopened_at is None:
        raise Conflict(_("Pelapor masih dapat membalas. Pengaduan ini menutup sendiri bila ia tidak membalas."))
    complaint.ending, complaint.closed_at = Ending.HANDLER, work.at
    work.move(complaint.close)
    work.write(ComplaintNote.Kind.CLOSED, text)
    return work.finish("complaint.closed", {"ending": Ending.HANDLER, "text": digest(text)})
