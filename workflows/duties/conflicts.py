"""Does a case touch the officer herself? UU 30/2014 art. 42-45: who has an interest in it handles nothing of it."""

from enum import StrEnum
from typing import Final

from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies import clock
from agencies.models import Membership, Role, User
from workflows.actors import Actor
from workflows.cases.models import Case, Duty
from workflows.duties.bonds import Bonds, bonds_of


class Conflict(StrEnum):
    """How an officer is bound to a case."""

    OWN = "own"
    ORGANISATION = "organisation"
    HOUSEHOLD = "household"
    RELATION = "relation"


WHY: Final[dict[Conflict, Promise]] = {
    Conflict.OWN: _("Anda tidak boleh menangani permohonan Anda sendiri."),
    Conflict.ORGANISATION: _(
        "Pemohon ini badan usaha Anda, keluarga Anda, atau hubungan yang Anda nyatakan; petugas lain yang menangani."
    ),
    Conflict.HOUSEHOLD: _("Pemohon satu kartu keluarga dengan Anda; petugas lain yang menangani permohonan ini."),
    Conflict.RELATION: _(
        "Ada hubungan kepentingan yang dinyatakan antara Anda dan pemohon; petugas lain yang menangani permohonan ini."
    ),
}
"""What the officer is told."""


def conflict_of(actor: Actor, case: Case) -> Conflict | None:
    """How the case touches the actor, or None. No query where the case came with its applicant (`Case.locked`)."""
    if case.applicant_id == actor.person_id:
        return Conflict.OWN
    if case.organisation_id and case.organisation_id in actor.organisations:
        return Conflict.ORGANISATION
    return conflict_between(actor.bonds, case)


def conflict_between(bonds: Bonds, case: Case) -> Conflict | None:
    """The same of somebody who does not act now, such as one who may be drawn by lot."""
    applicant = case.applicant
    if case.applicant_id in bonds.people or applicant.nik_index in bonds.niks:
        return Conflict.OWN
    if case.organisation_id and case.organisation_id in bonds.organisations:
        return Conflict.ORGANISATION
    if applicant.kk_index in bonds.households:
        return Conflict.HOUSEHOLD
    if applicant.nik_index in bonds.relations:
        return Conflict.RELATION
    return None


def eligible_officers(agency: str, case: Case, *roles: str, duty: Duty.Kind = Duty.Kind.RECOMMENDER) -> list[User]:
    """Who of an agency may be given this case: active, without a conflict, and with no other duty in it.

    Officers unless `roles` says otherwise, in a fixed order, so that a draw by lot can be repeated. Who has
    `duty` already may: who recommends may also inspect. Three queries, however many officers there are.
    """
    today = clock.today()
    held = Membership.objects.filter(
        user=OuterRef("pk"), agency_id=agency, role__in=roles or (Role.OFFICER,), active=True, since__lte=today
    ).filter(Q(until=None) | Q(until__gte=today))
    staff = list(User.objects.filter(Exists(held), is_active=True).order_by("pk"))
    busy = set(Duty.objects.filter(case=case).exclude(duty=duty).values_list("human", flat=True))
    known = bonds_of(staff)

    def is_free(user: User) -> bool:
        bonds = known[user.pk]
        return not busy & {user.pk, bonds.human, *bonds.accounts} and conflict_between(bonds, case) is None

    return [user for user in staff if is_free(user)]
