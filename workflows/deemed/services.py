"""What people do about a deemed grant afterwards: the inspectorate's audit."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.errors import Conflict, Invalid, Missing
from workflows import permissions
from workflows.actors import Actor
from workflows.cases.work import Work
from workflows.deemed.models import DeemedGrant
from workflows.trail.chain import digest


@transaction.atomic
def audit(*, grant_id: UUID, by: Actor, note: str) -> DeemedGrant:
    """The inspectorate notes why the office stayed silent. Once; it changes nothing for the applicant.

    Raises:
        Refused: not of the inspectorate, or her own case. Missing. Conflict: noted already. Invalid: no words.
    """
    permissions.require(permissions.may_supervise(by))
    found = DeemedGrant.objects.filter(pk=grant_id).first()
    if found is None:
        raise Missing
    work = Work.on(found.case_id, by)
    permissions.require(permissions.may_supervise(by, work.case))
    grant = DeemedGrant.objects.select_for_update().get(pk=grant_id)
    if grant.audited_at:
        raise Conflict(_("Pemeriksaan ini sudah dicatat."))
    if not note.strip():
        raise Invalid({"note": [_("Tulis hasil pemeriksaan.")]})
    grant.audited_at, grant.audited_by_id, grant.audit_note = work.at, by.signing(), note.strip()
    grant.save(update_fields=["audited_at", "audited_by", "audit_note"])
    work.record("deemed.audited", {"grant": str(grant.pk), "note": digest(note)})
    work.finish()
    return grant
