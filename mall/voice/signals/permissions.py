"""Who may see signals: the inspectorate, and nobody what is about herself or where she works as well."""

from agencies.choices import INSPECTORATE
from mall.voice.levies.permissions import may_inspect
from mall.voice.signals.models import Signal
from workflows.actors import Actor
from workflows.permissions import Reply


def may_read(actor: Actor, signal: Signal) -> Reply:
    """Open this signal; a no to an inspector means that it does not exist for her."""
    asked = may_inspect(actor)
    if not asked:
        return asked
    return Reply(not (actor.is_also(signal.officer_id) or signal.agency_id in offices_of(actor)))


def offices_of(actor: Actor) -> frozenset[str]:
    """Where she works beside the inspectorate; that is not hers to judge."""
    return frozenset(agency for _role, agency in actor.memberships if agency != INSPECTORATE)
