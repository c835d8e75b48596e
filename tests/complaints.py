"""Complaints for tests."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from agencies.ids import new_id
from agencies.models import User
from documents.vault.services import Checked
from mall.doors import NOBODY
from mall.voice.complaints.models import Complaint
from mall.voice.complaints.services import filing, handling, replying, verifying
from mall.voice.complaints.services.filing import Told
from tests.factories import make_user
from workflows.actors import Actor

SAID = "Zxkeluhan antrean tiga jam di loket"
FIELD = "DPUCKPP"


def told(**said: Any) -> Told:
    """What somebody says who stays unknown."""
    return Told(**({"kind": "service", "manner": "anonymous", "text": SAID, "agency": FIELD} | said))


def file(*, by: Actor = NOBODY, files: Collection[Checked] = (), **said: Any) -> Complaint:
    """A complaint."""
    return filing.file_complaint(by=by, key=new_id(), told=told(**said), files=files)


def handler(agency: str = "DPMPTSP", **fields: Any) -> User:
    """Somebody who handles complaints there and does nothing else."""
    return make_user(roles=[("complaints", agency)], **fields)


def inspector() -> User:
    """Somebody of the inspectorate."""
    return make_user(roles=[("inspectorate", "INSPEKTORAT")])


def forwarded(complaint: Complaint, centre: Actor, agency: str = FIELD) -> Complaint:
    """It is verified."""
    return verifying.forward(complaint_id=complaint.pk, by=centre, agency=agency, text="Diteruskan.")


def followed(complaint: Complaint, by: Actor) -> Complaint:
    """She says what she does about it."""
    return handling.follow_up(complaint_id=complaint.pk, by=by, text="Diperiksa.")


def answered(complaint: Complaint, by: Actor) -> Complaint:
    """It was forwarded to her, or opened again; she follows it up and answers."""
    if Complaint.objects.get(pk=complaint.pk).state == "forwarded":
        followed(complaint, by)
    return handling.answer(complaint_id=complaint.pk, by=by, text="Zxjawaban kami.")


def twice_answered(complaint: Complaint, by: Actor) -> Complaint:
    """The reporter was not content, and has a second answer."""
    answered(complaint, by)
    replying.reply(complaint_id=complaint.pk, text="Belum.")
    return answered(complaint, by)


def soon(moment: Any) -> Any:
    """Just after."""
    return moment + timedelta(seconds=1)
