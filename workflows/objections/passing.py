"""No objection falls silent because a post is vacant: it goes up, or it is said aloud that nobody is there.

The time for an answer goes on: the law gives none back for a post that the government left empty.
"""

from uuid import UUID

from django.db import transaction

from agencies.models import Role
from workflows import permissions
from workflows.actors import Actor
from workflows.cases.machine import Instance
from workflows.cases.work import Work
from workflows.objections import posts
from workflows.objections.locking import opened
from workflows.objections.models import Objection, ObjectionState
from workflows.objections.posts import Post
from workflows.permissions import MALL


@transaction.atomic
def pass_on(*, objection_id: UUID, by: Actor) -> bool:
    """Look again who answers; True when the objection changed hands, or fell vacant.

    Raises:
        Refused: not a part of the mall itself. Missing: no such objection.
    """
    permissions.require(permissions.may_automate(by))
    work, objection = opened(objection_id, by)
    if objection.state != ObjectionState.FILED:
        return False
    before = Post(objection.post, objection.agency_id)
    found = posts.find(work.case, Instance(objection.instance))
    vacant = objection.vacant_since is not None
    if (found is None and vacant) or (found == before and not vacant):
        return False
    address(work, objection, found)
    if found:
        told = {"from": before.agency, "from_post": before.role, "was_vacant": vacant}
        work.record("objection.passed_on", {**facts(objection), **told})
    objection.save(update_fields=["post", "agency", "vacant_since"])
    work.finish()
    return True


def address(work: Work, objection: Objection, found: Post | None) -> None:
    """Give it to this post, or note that nobody is there; it then stays where the law sends it."""
    if found is None:
        objection.vacant_since = work.at
        readers = [list(one) for one in told_of_vacancy(objection)]
        work.record("objection.vacant", {**facts(objection), "readers": readers})
        return
    objection.post, objection.agency_id, objection.vacant_since = found.role, found.agency, None


def facts(objection: Objection) -> dict[str, str]:
    """What every event of an objection says; no word of anybody."""
    return {
        "objection": str(objection.pk),
        "instance": str(objection.instance),
        "agency": objection.agency_id,
        "post": str(objection.post),
        "due": objection.due_at.isoformat(),
    }


def told_of_vacancy(objection: Objection) -> list[tuple[str, str]]:
    """The managers of the office and of the mall, and the inspectorate (an empty code: any)."""
    offices = dict.fromkeys((objection.agency_id, MALL))
    return [*((str(Role.MANAGER), code) for code in offices), (str(Role.INSPECTORATE), "")]
