"""Businesses and bodies, and who may speak for them."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agencies.errors import Conflict, Missing
from agencies.identifiers import parse_nib, parse_npwp
from agencies.models import Lane, Organisation, OrganisationMember, Person
from agencies.services.intake import Intake, parse_name


@transaction.atomic
def register_organisation(
    *, name: str, kind: str = "", nib: str = "", npwp: str = "", address: str = "", lane: str = Lane.REAL
) -> Organisation:
    """Make an organisation.

    Raises:
        Invalid: sentences for each faulty field.
        Conflict: the NIB is already registered.
    """
    intake = Intake()
    body = Organisation(
        name=intake.read("name", parse_name, name) or "",
        kind=kind.strip(),
        nib=intake.read("nib", parse_nib, nib),
        npwp=intake.read("npwp", parse_npwp, npwp) or "",
        address=address.strip(),
        lane=Lane(lane),
    )
    if not name.strip():
        intake.add("name", _("Isi nama badan atau usaha."))
    intake.finish()
    try:
        with transaction.atomic():
            body.save()
    except IntegrityError as fault:
        raise Conflict(_("NIB ini sudah terdaftar. Mintalah pengurusnya menambahkan Anda.")) from fault
    return body


@transaction.atomic
def add_member(*, organisation_id: UUID, person_id: UUID, title: str = "") -> OrganisationMember:
    """Let a person apply in the name of an organisation; again with another title changes the title.

    Raises:
        Missing: no such organisation or person, or they are not of one lane.
    """
    body = Organisation.objects.filter(pk=organisation_id).first()
    if body is None or not Person.objects.filter(pk=person_id, lane=body.lane).exists():
        raise Missing
    member, _made = OrganisationMember.objects.update_or_create(
        organisation=body, person_id=person_id, defaults={"title": title.strip()}
    )
    return member
