"""Who may see and handle a complaint: handlers, each within reach, and never one with a tie to it.

The centre is who handles complaints at the mall. What needs investigation (berkadar pengawasan) goes to the
inspectorate, outside the chain of the office complained of; so may what is about the mall itself.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.choices import INSPECTORATE, Role
from mall.voice.complaints.machine import ENDED
from mall.voice.complaints.models import Complaint, Manner
from workflows.actors import Actor, ActorKind
from workflows.permissions import MALL, YES, Reply

Post = tuple[str, str]


def is_central(actor: Actor) -> bool:
    """Does she verify and forward for the whole mall?"""
    return actor.has(Role.COMPLAINTS, MALL)


def is_inspector(actor: Actor) -> bool:
    """Does she watch over the mall?"""
    return actor.has(Role.INSPECTORATE, INSPECTORATE)


def hands(actor: Actor) -> frozenset[str]:
    """The agencies for which she handles complaints."""
    return actor.agencies(Role.COMPLAINTS) | ({INSPECTORATE} if is_inspector(actor) else frozenset())


def post_of(agency: str) -> Post:
    """The role that handles complaints there."""
    return (Role.INSPECTORATE if agency == INSPECTORATE else Role.COMPLAINTS, agency)


def may_listen(actor: Actor) -> Reply:
    """Read complaints at all."""
    return YES if hands(actor) else Reply(False, _("Halaman ini hanya untuk pengelola pengaduan."))


def within_reach(actor: Actor) -> Q:
    """The complaints that exist for a handler, ties left aside: the centre's are all but those taken from the mall."""
    found = Q(handler__in=hands(actor))
    if is_central(actor):
        found |= ~Q(agency=MALL, handler=INSPECTORATE)
    if is_inspector(actor):
        found |= Q(agency=MALL)
    return found


def tied(actor: Actor) -> Q:
    """The complaints that touch her: her own, her household's, a declared relation's (UU 30/2014 art. 42-45)."""
    bonds = actor.bonds
    found = bonds.touching("case__")
    for path, values in (
        ("person__in", bonds.people | ({actor.person_id} if actor.person_id else frozenset())),
        ("person__nik_index__in", bonds.niks | bonds.relations),
        ("person__kk_index__in", bonds.households),
        ("case__applicant__in", {actor.person_id} if actor.person_id else frozenset()),
    ):
        if values:
            found |= Q(**{path: values})
    return found


def may_handle(actor: Actor, complaint: Complaint) -> Reply:
    """Say what is done, write, answer and close: whose hands it is in."""
    if complaint.handler_id in hands(actor):
        return YES
    return Reply(False, _("Pengaduan ini sedang ditangani pengelola lain."))


def may_return(actor: Actor, complaint: Complaint) -> Reply:
    """Hand it back: who has it; the centre may also call it back."""
    return YES if is_central(actor) else may_handle(actor, complaint)


def may_verify(actor: Actor, complaint: Complaint) -> Reply:
    """Verify, forward, reject, reroute and classify: the centre; of the mall's own also the inspectorate."""
    if is_central(actor) or (is_inspector(actor) and complaint.agency_id == MALL):
        return YES
    return Reply(False, _("Verifikasi dilakukan pengelola pengaduan pusat."))


def may_take_over(actor: Actor, complaint: Complaint) -> Reply:
    """Take from the mall a complaint about the mall."""
    mine = is_inspector(actor) and complaint.agency_id == MALL and complaint.handler_id != INSPECTORATE
    if mine and complaint.state not in ENDED:
        return YES
    return Reply(False, _("Inspektorat hanya mengambil alih pengaduan tentang mal."))


def may_exchange(actor: Actor) -> Reply:
    """Bring complaints to SP4N-LAPOR! and its numbers back: the centre, or the command of the house."""
    if is_central(actor) or actor.kind is ActorKind.SYSTEM:
        return YES
    return Reply(False, _("Berkas SP4N-LAPOR! hanya untuk pengelola pengaduan pusat."))


def knows_reporter(actor: Actor, complaint: Complaint) -> bool:
    """May she read who complains? Of a confidential reporter only the centre; of an anonymous one there is nothing."""
    return complaint.manner == Manner.NAMED or (complaint.manner == Manner.CONFIDENTIAL and is_central(actor))
