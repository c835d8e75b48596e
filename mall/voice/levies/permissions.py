"""Who may see and handle a report: inspectors, and never one with a tie to it."""

from django.utils.translation import gettext_lazy as _

from agencies.choices import INSPECTORATE, Role
from agencies.sealing import blind_index
from mall.voice.levies.models import LevyReport
from workflows.actors import Actor
from workflows.permissions import YES, Reply


def may_inspect(actor: Actor) -> Reply:
    """Read the reports at all: inspectors of the inspectorate; the role at any other agency opens nothing."""
    if actor.has(Role.INSPECTORATE, INSPECTORATE):
        return YES
    return Reply(False, _("Halaman ini hanya untuk Inspektorat."))


def may_read(actor: Actor, report: LevyReport) -> Reply:
    """Open this report; a no means that it does not exist for the asker. One query."""
    asked = may_inspect(actor)
    if not asked:
        return asked
    own = report.person_id is not None and report.person_id == actor.person_id
    if own or report.office_index in indexes_of(actor):
        return Reply(False)
    return Reply(False) if report.recusals.filter(user_id=actor.signing()).exists() else YES


def may_handle(actor: Actor, report: LevyReport) -> Reply:
    """Answer, forward and close: the inspector who has it."""
    if not actor.is_also(report.taken_by_id):
        return Reply(False, _("Ambil laporan ini lebih dahulu."))
    return may_read(actor, report)


def indexes_of(actor: Actor) -> set[str]:
    """The agencies where the actor works, as reports name them; hers is not to be judged by her."""
    return {office_index(agency) for _role, agency in actor.memberships if agency != INSPECTORATE}


def office_index(agency: str) -> str:
    """The keyed hash of an agency; empty for none."""
    return blind_index(agency, purpose="levy.office") if agency else ""
