"""One piece of work on one permit that was issued: under its case's lock, with its event in the case's chain."""

from collections.abc import Callable
from uuid import UUID

from django.utils.translation import gettext as _
from django_fsm import can_proceed

from agencies.errors import Conflict, Missing
from workflows.actors import Actor
from workflows.cases.models import Case
from workflows.cases.work import Work
from workflows.permits.models import Permit, PermitStatus
from workflows.trail import services as trail
from workflows.trail.chain import Facts


class PermitWork(Work):
    """A permit, its locked case and the moment. The case has ended, so no ledger moves. Call inside a transaction."""

    def __init__(self, case: Case, permit: Permit, by: Actor) -> None:
        super().__init__(case, by)
        self.permit = permit

    @classmethod
    def on_permit(cls, permit_id: UUID, by: Actor) -> "PermitWork":
        """Lock the case of an issued permit, then read the permit; `Missing` where there is none. Two statements."""
        case = (
            Case.objects.select_for_update(of=("self",))
            .select_related("service__current", "service_version", "applicant")
            .filter(permit__pk=permit_id, permit__issued_at__isnull=False)
            .first()
        )
        if case is None:
            raise Missing(_("Izin ini tidak ditemukan."))
        return cls(case, Permit.objects.get(pk=permit_id), by)

    def change(self, transition: Callable[[], None], kind: str, data: Facts | None = None) -> None:
        """Run a transition of the permit and note it as `kind`.

        Raises:
            Conflict: the permit has another status by now.
        """
        if not can_proceed(transition):
            raise self.too_late()
        before = str(self.permit.status)
        transition()
        self.note(kind, {**(data or {}), "was": before, "status": str(self.permit.status)})

    def note(self, kind: str, data: Facts | None = None) -> None:
        """Note what happened to this permit; written by `close`."""
        self.record(kind, {"permit": str(self.permit.pk), **(data or {})})

    def too_late(self) -> Conflict:
        """The sentence for one who comes too late."""
        label = PermitStatus(self.permit.status).label
        return Conflict(
            _("Izin ini sudah berstatus “%(status)s”, sehingga tindakan itu tidak dapat dilakukan.") % {"status": label}
        )

    def close(self) -> Permit:
        """Save the permit and its case, append the log and the promises."""
        self.permit.save(update_fields=["status", "remind_on"])
        self.save()
        trail.write(self._chain.events)
        return self.permit
