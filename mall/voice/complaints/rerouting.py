"""What asks for information goes to the PPID: registered there at once where the reporter can be answered."""

from django.utils.translation import gettext as _

from mall.voice.complaints.models import Complaint, Manner
from mall.voice.information.models import InformationRequest, Source
from mall.voice.information.services import Told, file_request
from workflows.actors import Actor, ActorKind


def hand_over(complaint: Complaint) -> InformationRequest | None:
    """Register it with the PPID, under the complaint's id, so that a second time changes nothing.

    None for who is confidential or anonymous, and for who left no contact: the PPID answers people by name (UU 14/2008
    art. 22), so she files the request herself.
    """
    name = complaint.name or (complaint.person.name if complaint.person else "")
    if complaint.manner != Manner.NAMED or not name.strip() or not complaint.contact.strip():
        return None
    told = Told(
        name=name,
        contact=complaint.contact,
        wanted=complaint.text,
        purpose=_("Tidak disebut: dialihkan dari pengaduan."),
        source=Source.COMPLAINT,
    )
    return file_request(by=Actor(ActorKind.USER, person_id=complaint.person_id), key=complaint.pk, told=told)


def handed_over(complaint: Complaint) -> InformationRequest | None:
    """What was registered for it. One query."""
    return InformationRequest.objects.filter(filing_key=complaint.pk).first()
