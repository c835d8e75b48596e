"""Who may give out, call and close tickets: people at the counters of that site, each in the line of her agency."""

from django.utils.translation import gettext_lazy as _

from agencies.choices import Role
from mall.counter.tickets.models import CounterLine
from workflows.actors import Actor, ActorKind
from workflows.permissions import YES, Reply

WORKING = (Role.CLERK, Role.OFFICER)


def may_issue(actor: Actor, site: str, agency: str) -> Reply:
    """Give a ticket of this agency to a visitor: any clerk at the site, and who works in that line."""
    if actor.agencies_at(site, Role.CLERK) or agency in actor.agencies_at(site, *WORKING):
        return YES
    return Reply(False, _("Nomor antrean hanya diberikan petugas loket di lokasi ini."))


def may_work(actor: Actor, line: CounterLine) -> Reply:
    """Call, hold, begin and finish: clerks and officers of the agency, where they work."""
    if line.agency_id in actor.agencies_at(line.site_id, *WORKING):
        return YES
    return Reply(False, _("Antrean ini dilayani petugas instansi lain."))


def may_let_go(actor: Actor, line: CounterLine) -> Reply:
    """Note that a visitor has gone: who works in the line, and the mall itself when the day is over."""
    return YES if actor.kind is ActorKind.SYSTEM else may_work(actor, line)
