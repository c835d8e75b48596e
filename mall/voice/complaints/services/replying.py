"""What the reporter does after filing. Whoever calls has read her link; nobody asks who she is."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.errors import Conflict, Invalid
from documents.vault.services import Checked
from mall.voice.complaints.machine import ComplaintState, Ending
from mall.voice.complaints.models import Complaint, ComplaintNote
from mall.voice.complaints.permissions import Post, post_of
from mall.voice.complaints.services.filing import MOST_FILES
from mall.voice.complaints.work import VOICE, Work, keep
from workflows.trail.chain import digest

MOST_NOTES = 50


@transaction.atomic
def reply(*, complaint_id: UUID, text: str, files: Collection[Checked] = ()) -> Complaint:
    """Add to a complaint. The first reply after an answer opens it again; the date of the answer stays.

    Raises `Invalid` for no words, `Conflict` once it has ended.
    """
    work = Work.of_itself(complaint_id, VOICE)
    work.require_open()
    if work.complaint.notes.count() >= MOST_NOTES:
        raise Conflict(_("Pengaduan ini sudah memuat terlalu banyak tulisan. Buat pengaduan baru."))
    if files and work.complaint.evidence.count() + len(files) > MOST_FILES:
        raise Invalid({"evidence": [_("Paling banyak %(most)s berkas untuk satu pengaduan.") % {"most": MOST_FILES}]})
    readers = _reopened(work)
    work.write(ComplaintNote.Kind.REPLIED, text)
    keep(work.complaint, files)
    data = {"files": len(files), "text": digest(text), "reopened": bool(readers)}
    return work.finish("complaint.replied", data, readers)


def _reopened(work: Work) -> tuple[Post, ...]:
    """Open an answered complaint again, once; who hears of it."""
    complaint = work.complaint
    if complaint.state != ComplaintState.ANSWERED or complaint.reopened_at:
        return ()
    work.move(complaint.reopen)
    complaint.reopened_at, complaint.answered_at, complaint.close_after = work.at, None, None
    return (post_of(complaint.handler_id),)


@transaction.atomic
def accept(*, complaint_id: UUID) -> Complaint:
    """The reporter is content with the answer. `Conflict` while there is none."""
    work = Work.of_itself(complaint_id, VOICE)
    work.complaint.ending, work.complaint.closed_at = Ending.SATISFIED, work.at
    work.move(work.complaint.close)
    return work.finish("complaint.closed", {"ending": Ending.SATISFIED})
