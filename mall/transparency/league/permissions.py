"""Who may see the draft of a league, contest it and answer."""

from django.utils.translation import gettext_lazy as _

from agencies.choices import Role
from mall.transparency.league.models import Contest
from workflows.actors import Actor
from workflows.permissions import MALL, YES, Reply

LEADING = (Role.HEAD, Role.MANAGER)


def may_see_drafts(actor: Actor) -> Reply:
    """Heads and managers of any agency."""
    return YES if actor.agencies(*LEADING) else Reply(False, _("Konsep liga hanya untuk pimpinan dan manajer."))


def may_contest(actor: Actor, agency: str) -> Reply:
    """Contest in the name of an agency: its head, or its manager."""
    if agency in actor.agencies(*LEADING):
        return YES
    return Reply(False, _("Hanya pimpinan atau manajer instansi itu yang dapat menyanggah."))


def may_answer(actor: Actor, contest: Contest) -> Reply:
    """Answer a contest: a manager of the mall who neither signed it nor leads the agency that contests."""
    if not actor.has(Role.MANAGER, MALL):
        return Reply(False, _("Sanggahan dijawab oleh manajer mal."))
    leads = contest.agency_id != MALL and contest.agency_id in actor.agencies(*LEADING)
    if leads or actor.is_also(contest.by_id):
        return Reply(False, _("Sanggahan Anda atau instansi Anda sendiri dijawab oleh manajer mal yang lain."))
    return YES
