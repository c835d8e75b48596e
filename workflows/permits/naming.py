"""Which earlier permit an application is about: chosen from the list, or named by the number that was typed."""

from django.db.models import Q
from django.utils.translation import gettext as _

from agencies.errors import Conflict, Invalid
from workflows.cases.models import Case
from workflows.definition.kinds import Effect, PermitFact, ProductKind
from workflows.permits.models import Permit, PermitStatus

STANDING: dict[Effect, tuple[str, ...]] = {
    Effect.RENEWS: (PermitStatus.ACTIVE, PermitStatus.EXPIRED),
    Effect.AMENDS: (PermitStatus.ACTIVE,),
    Effect.COPIES: (PermitStatus.ACTIVE,),
    Effect.REVOKES: (PermitStatus.ACTIVE, PermitStatus.SUSPENDED),
}
"""What an earlier permit must be for something to follow it. A suspension is not got round by a renewal."""


def may_be_followed(permit: Permit, effect: Effect) -> bool:
    """May this be done to the permit as it stands? Only what we print can be copied by us."""
    whole = permit.issued_at is not None and permit.copy_of_id is None and permit.kind != ProductKind.NONE
    printed = effect is not Effect.COPIES or permit.kind == ProductKind.RENDERED
    return whole and printed and permit.status in STANDING[effect]


def name_by_number(case: Case) -> None:
    """At handing in, take the number that was typed for the permit it names, where it is one of the applicant's.

    A number that is not in our register names nothing: the paper may be older than the mall. One query, two where
    it names a permit. Raises `Invalid` at the question.
    """
    effect = case.definition.product.effect
    asked = next((one for one in case.definition.fields if one.from_permit is PermitFact.NUMBER), None)
    if effect is Effect.NONE or case.previous_permit_id or asked is None or asked.name not in case.answers:
        return
    found = _held(case, str(case.answers[asked.name]).strip())
    if found is None:
        return
    if not may_be_followed(found, effect):
        status = PermitStatus(found.status).label
        raise Invalid({asked.name: [_("Izin dengan nomor ini berstatus “%(status)s”.") % {"status": status}]})
    if followed(found, effect):
        raise Invalid({asked.name: [_("Untuk izin ini sudah ada permohonan yang sedang berjalan.")]})
    case.previous_permit, case.effect = found, effect


def _held(case: Case, number: str) -> Permit | None:
    """The latest permit of that number that the same person, or the same organisation, holds."""
    mine = Q(case__applicant_id=case.applicant_id, case__organisation=None)
    whose = Q(case__organisation_id=case.organisation_id) if case.organisation_id else mine
    rows = Permit.objects.filter(whose, number=number, lane=case.lane, copy_of=None)
    return rows.exclude(number="").order_by("-granted_at").first()


def followed(permit: Permit, effect: Effect) -> Case | None:
    """The open case that does this to the permit already. One query."""
    return Case.objects.filter(previous_permit=permit, effect=effect, closed_at=None).first()


def require_only_follower(case: Case) -> None:
    """Before a closed case goes on: nothing else does the same to its earlier permit. One query where there is one.

    Raises:
        Conflict: another application follows that permit by now, running or with its product issued.
    """
    if case.previous_permit_id is None:
        return
    others = Case.objects.filter(previous_permit_id=case.previous_permit_id, effect=case.effect).exclude(pk=case.pk)
    done = Q(state="issued") if case.effect != Effect.COPIES else Q(pk=None)
    other = others.filter(Q(closed_at=None) | done).first()
    if other is not None:
        raise Conflict(
            _(
                "Izin terdahulu sudah menjadi dasar permohonan lain (%(number)s). Permohonan ini baru dapat dibuka "
                "kembali setelah permohonan itu dicabut atau ditolak."
            )
            % {"number": other.reference or _("masih konsep")}
        )


def require_standing(case: Case) -> None:
    """Before a favourable decision: the earlier permit still is what it was. One query where there is one.

    Raises:
        Conflict: it was suspended, revoked or replaced meanwhile; then the application can only be refused.
    """
    earlier = case.previous_permit
    if earlier is not None and not may_be_followed(earlier, Effect(case.effect)):
        status = PermitStatus(earlier.status).label
        raise Conflict(
            _("Izin terdahulu sekarang berstatus “%(status)s”; permohonan ini tidak dapat disetujui.")
            % {"status": status},
            possible=("refuse",),
        )
