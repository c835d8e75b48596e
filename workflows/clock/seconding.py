"""The second signature on a pause, and force majeure, which always needs one."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.errors import Conflict, Invalid, Missing, Refused
from workflows import permissions
from workflows.actors import Actor
from workflows.cases.machine import CORRECTED_IN, UNDER_TERM
from workflows.cases.models import Case
from workflows.cases.work import Work
from workflows.clock import pauses
from workflows.clock.due import Terms
from workflows.clock.models import Reason
from workflows.clock.pause import Pause
from workflows.trail.chain import digest


@transaction.atomic
def second_pause(*, pause_id: UUID, by: Actor) -> Pause:
    """Another verifier or approver of the deciding office signs: the term stands still from now, never from before.

    Raises `Missing`, `Refused` (another office, her own request), `Conflict` (overtaken, or the term has passed).
    """
    work, pause = _asked_for(pause_id, by)
    pause.seconded_by_id = by.signing()
    pauses.begin(work, pause, Terms.at(work.case.site_id, work.at))
    facts = {"pause": str(pause.pk), "reason": pause.reason, "days_left": pause.days_left, "late": pause.late}
    work.record("pause.seconded", facts)
    work.hand_on(work.case.recommendations.all())
    work.finish()
    return pause


@transaction.atomic
def decline_pause(*, pause_id: UUID, by: Actor) -> Pause:
    """She does not sign: nothing was ever paused, and the term runs on. The applicant stays asked."""
    work, pause = _asked_for(pause_id, by)
    pause.closed_at = work.at
    pause.save(update_fields=["closed_at"])
    work.record("pause.declined", {"pause": str(pause.pk), "reason": pause.reason})
    work.finish()
    return pause


def _asked_for(pause_id: UUID, by: Actor) -> tuple[Work, Pause]:
    """The locked case and the pause that waits for a signature, if this actor may give it now."""
    found = Pause.objects.filter(pk=pause_id).values_list("case_id", flat=True).first()
    if found is None:
        raise Missing
    work = Work.on(found, by)
    pause = Pause.objects.select_for_update(of=("self",)).select_related("asked_by").get(pk=pause_id)
    permissions.require(permissions.may_second(by, work.case))
    if pause.asked_by_id in {by.user_id, *by.bonds.accounts}:
        raise Refused(_("Tanda tangan kedua harus dari orang lain."))
    if pause.closed_at or pause.effective_at or not _still_wanted(work.case, pause):
        raise Conflict(_("Permintaan penghentian waktu ini sudah tidak menunggu tanda tangan."))
    if work.case.due_at is None or work.case.due_at < work.at:
        raise Conflict(_("Batas waktu sudah lewat; yang sudah lewat tidak dapat dihentikan."))
    return work, pause


def _still_wanted(case: Case, pause: Pause) -> bool:
    """A correction while the applicant may correct; force majeure while the term runs."""
    return case.state in (CORRECTED_IN if pause.reason == Reason.CORRECTING else UNDER_TERM)


@transaction.atomic
def declare_force_majeure(*, case_id: UUID, by: Actor, note: str) -> Pause:
    """Who decides asks that the term stand still for what nobody could help; another person must sign.

    Raises `Refused`, `Conflict` (no term runs, or one is asked for already), `Invalid` (no reason told).
    """
    work = Work.on(case_id, by)
    case = work.case
    permissions.require(permissions.may_decide(by, case))
    if not note.strip():
        raise Invalid({"note": [_("Tulis apa yang terjadi dan mengapa layanan tidak dapat berjalan.")]})
    if case.state not in UNDER_TERM or case.paused or case.due_at is None:
        raise work.conflict()
    pause = pauses.ask(work, Reason.FORCE_MAJEURE, Terms.at(case.site_id, work.at), note=note.strip())
    facts = {"pause": str(pause.pk), "reason": pause.reason, "late": pause.late}
    work.record("pause.asked", {**facts, "note": digest(note)})
    work.finish()
    return pause


@transaction.atomic
def end_force_majeure(*, case_id: UUID, by: Actor) -> Case:
    """The office can work again: the term goes on with the days left. Anybody who may sign second may say so."""
    work = Work.on(case_id, by)
    case = work.case
    permissions.require(permissions.may_second(by, case))
    if case.paused != Reason.FORCE_MAJEURE:
        raise work.conflict()
    pauses.resume(work, Terms.at(case.site_id, work.at))
    work.record("pause.ended", {"reason": Reason.FORCE_MAJEURE.value})
    work.hand_on(case.recommendations.all())
    return work.finish()
