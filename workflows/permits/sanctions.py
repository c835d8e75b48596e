"""Suspending, resuming and revoking a permit: decisions of their own, with reason, law and remedy (UU 30/2014 art. 64).

Who may grant may take back. A revocation needs two people: one proposes it, another confirms it.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.errors import Conflict, Invalid
from workflows import permissions
from workflows.actors import Actor
from workflows.permits.actions import ActionKind, PermitAction
from workflows.permits.models import Permit
from workflows.permits.work import PermitWork
from workflows.trail.chain import digest


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why something is taken from the holder, by which law, and what she can do against it."""

    reason: str
    legal_basis: str
    remedy: str

    def checked(self) -> "Grounds":
        """The same without spaces around; `Invalid` naming every part that says nothing."""
        asked = {
            "reason": _("Tulis alasannya."),
            "legal_basis": _("Sebutkan dasar hukumnya."),
            "remedy": _("Jelaskan cara dan batas waktu mengajukan keberatan."),
        }
        said = {name: getattr(self, name).strip() for name in asked}
        if faults := {name: [sentence] for name, sentence in asked.items() if not said[name]}:
            raise Invalid(faults)
        return Grounds(**said)


@transaction.atomic
def suspend(*, permit_id: UUID, by: Actor, reason: str, legal_basis: str, remedy: str) -> Permit:
    """The permit may not be used until further notice.

    Raises `Invalid` without reason, law and remedy; `Missing`; `Refused`; `Conflict` when it is not in force.
    """
    grounds = Grounds(reason, legal_basis, remedy).checked()
    work = _work(permit_id, by)
    work.change(work.permit.suspend, "permit.suspended", {"reason": digest(grounds.reason)})
    _act(work, ActionKind.SUSPENDED, grounds)
    return work.close()


@transaction.atomic
def resume(*, permit_id: UUID, by: Actor, reason: str) -> Permit:
    """The suspension ends; raises as `suspend` does."""
    if not reason.strip():
        raise Invalid({"reason": [_("Tulis alasannya.")]})
    work = _work(permit_id, by)
    work.change(work.permit.resume, "permit.resumed", {"reason": digest(reason.strip())})
    _act(work, ActionKind.RESUMED, Grounds(reason.strip(), "", ""))
    return work.close()


@transaction.atomic
def propose_revocation(*, permit_id: UUID, by: Actor, reason: str, legal_basis: str, remedy: str) -> Permit:
    """The first of two signatures; the permit keeps its status until somebody else confirms. Raises as `suspend`."""
    grounds = Grounds(reason, legal_basis, remedy).checked()
    work = _work(permit_id, by)
    if not work.permit.may_be_revoked:
        raise work.too_late()
    if proposal_of(work.permit):
        raise Conflict(_("Pencabutan izin ini sudah diusulkan dan menunggu tanda tangan kedua."))
    work.note("permit.revocation_proposed", {"reason": digest(grounds.reason)})
    _act(work, ActionKind.PROPOSED, grounds)
    return work.close()


@transaction.atomic
def confirm_revocation(*, permit_id: UUID, by: Actor) -> Permit:
    """The second signature, of another person: the permit is revoked at once, on the grounds of the proposal."""
    work = _work(permit_id, by)
    proposal = _proposal(work)
    if by.is_also(proposal.by_id):
        raise Conflict(_("Pencabutan harus ditandatangani pejabat lain, bukan pengusulnya."))
    work.change(work.permit.revoke, "permit.revoked", {"reason": digest(proposal.reason), "proposed": str(proposal.pk)})
    grounds = Grounds(proposal.reason, proposal.legal_basis, proposal.remedy)
    _act(work, ActionKind.REVOKED, grounds, first=proposal.by_id)
    return work.close()


@transaction.atomic
def drop_revocation(*, permit_id: UUID, by: Actor, reason: str) -> Permit:
    """The proposal is not followed: its author takes it back, or the second person will not sign."""
    if not reason.strip():
        raise Invalid({"reason": [_("Tulis alasannya.")]})
    work = _work(permit_id, by)
    proposal = _proposal(work)
    work.note("permit.revocation_dropped", {"proposed": str(proposal.pk), "reason": digest(reason.strip())})
    _act(work, ActionKind.DROPPED, Grounds(reason.strip(), "", ""))
    return work.close()


def proposal_of(permit: Permit) -> PermitAction | None:
    """The revocation that waits for its second signature. One query."""
    closing = (ActionKind.PROPOSED, ActionKind.DROPPED, ActionKind.REVOKED)
    last = permit.actions.filter(kind__in=closing).order_by("at", "id").last()
    return last if last and last.kind == ActionKind.PROPOSED else None


def _work(permit_id: UUID, by: Actor) -> PermitWork:
    """The permit under lock, if this actor may act on it."""
    work = PermitWork.on_permit(permit_id, by)
    permissions.require(permissions.may_sanction(by, work.case))
    if work.permit.copy_of_id:
        raise Conflict(_("Ini salinan. Tindakan dilakukan pada izin aslinya."))
    return work


def _proposal(work: PermitWork) -> PermitAction:
    found = proposal_of(work.permit)
    if found is None:
        raise Conflict(_("Tidak ada usul pencabutan yang menunggu tanda tangan kedua."))
    return found


def _act(work: PermitWork, kind: ActionKind, grounds: Grounds, first: UUID | None = None) -> None:
    """Add the row; where somebody signed `first`, the actor signs second."""
    signing = work.by.signing()
    PermitAction.objects.create(
        permit=work.permit,
        kind=kind,
        reason=grounds.reason,
        legal_basis=grounds.legal_basis,
        remedy=grounds.remedy,
        by_id=first or signing,
        seconded_by_id=signing if first else None,
        at=work.at,
    )
