"""What time brings about: a term that passed is noted once, and a vacant post passes its objections on."""

from uuid import UUID

from django.db import transaction

from mall.voice.information import superiors
from mall.voice.information.machine import OPEN
from mall.voice.information.models import InformationRequest
from mall.voice.information.objections import InformationObjection
from mall.voice.information.services.working import Work
from workflows.actors import Actor
from workflows.chores import BUDGET, Chore, run

SWEEPER = Actor.system("sweeper")


def sweep(*, seconds: float = BUDGET) -> dict[str, int]:
    """Do everything that is due now, for so long at most; how many of each. Any number may run at once."""
    return run(CHORES, seconds=seconds)


@transaction.atomic
def fall_silent(request_id: UUID) -> bool:
    """The PPID did not answer in time: the requester may object. The answer is still owed."""
    work = Work(InformationRequest.locked(request_id), SWEEPER)
    if not work.note_silence():
        return False
    work.save("silent_at", "object_until")
    return True


@transaction.atomic
def fall_silent_above(objection_id: UUID) -> bool:
    """The superior did not answer in time: the requester may go to the Information Commission."""
    objection = InformationObjection.locked(objection_id)
    return Work(objection.request, SWEEPER).note_superior_silence(objection)


@transaction.atomic
def pass_on(objection_id: UUID) -> bool:
    """Look again who answers; True when the objection changed hands, or fell vacant."""
    objection = InformationObjection.locked(objection_id)
    work = Work(objection.request, SWEEPER)
    found, vacant = superiors.find(objection.request), objection.vacant_since is not None
    same = found == (objection.post, objection.agency_id)
    if objection.answered_at is not None or (found is None and vacant) or (same and not vacant):
        return False
    facts = {"from": objection.agency_id, "from_post": str(objection.post)}
    objection.vacant_since = None if found else work.at
    if found:
        objection.post, objection.agency_id = found.role, found.agency
    objection.save(update_fields=["post", "agency", "vacant_since"])
    kind = "information.objection_passed_on" if found else "information.objection_vacant"
    work.record(kind, {**facts, "agency": objection.agency_id, "post": str(objection.post)})
    return True


CHORES: tuple[Chore, ...] = (
    Chore(
        "information_terms",
        "due_at",
        lambda now: InformationRequest.objects.filter(state__in=OPEN, silent_at=None, due_at__lt=now),
        fall_silent,
    ),
    Chore(
        "information_objections",
        "due_at",
        lambda now: InformationObjection.objects.filter(
            answered_at=None, silent_at=None, due_at__lt=now, request__disputed_on=None
        ),
        fall_silent_above,
    ),
    Chore("information_posts", "filed_at", lambda _now: superiors.adrift(), pass_on),
)
