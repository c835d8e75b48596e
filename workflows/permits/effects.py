"""What the issue of a product brings about, in its own transaction."""

from django_fsm import can_proceed

from workflows.cases.work import Work
from workflows.definition.kinds import Effect
from workflows.permits import obliging
from workflows.permits.models import Permit
from workflows.permits.work import PermitWork

_REPLACES = (Effect.RENEWS, Effect.AMENDS)


def take_effect(work: Work, permit: Permit) -> None:
    """Conditions become obligations, and the permit that this case follows is replaced or revoked."""
    obliging.lay_down(permit, work.case)
    _change_earlier(work)


def _change_earlier(work: Work) -> None:
    """The earlier permit is replaced or revoked; one that has ended meanwhile stays as it is, and so does an original.

    Locks the earlier case after the later one: cases follow each other in one direction only.
    """
    case = work.case
    if case.previous_permit_id is None or case.effect == Effect.COPIES:
        return
    earlier = PermitWork.on_permit(case.previous_permit_id, work.by)
    permit, replaced = earlier.permit, case.effect in _REPLACES
    change = permit.supersede if replaced else permit.revoke
    if not can_proceed(change):
        return
    permit.remind_on = None
    earlier.change(change, "permit.superseded" if replaced else "permit.revoked", {"by_case": str(case.pk)})
    earlier.close()
