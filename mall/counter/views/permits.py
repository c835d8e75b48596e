"""A permit of the person at the counter: one press opens the application that follows it, filled in."""

from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from agencies import clock
from agencies.errors import Missing
from agencies.models import Lane, Role
from documents.vault.reuse import hand_in_known
from mall import doors
from mall.counter import lists
from mall.counter.access import person_at_counter
from mall.design import states
from mall.doors import actor_of
from workflows.actors import Actor
from workflows.cases.machine import CaseState
from workflows.cases.models import Case, Channel
from workflows.definition.kinds import Effect
from workflows.permits import following, queries, services
from workflows.permits.models import Permit


@doors.staff(Role.CLERK)
def permit(request: HttpRequest, person_id: UUID, permit_id: UUID) -> HttpResponse:
    """What may be asked for about a permit; a post opens it, and the mandate is noted next."""
    posted = request.method == "POST"
    person = person_at_counter(request, person_id, "" if posted else "counter_apply")
    found = queries.register().filter(pk=permit_id, case__applicant=person, lane=Lane.REAL).first()
    if found is None:
        raise Missing
    if posted:
        return redirect("counter:mandate", _opened(actor_of(request), found, request.POST.get("effect", "")).pk)
    today = clock.today()
    context = {
        "person": person,
        "permit": found,
        "look": states.of_permit(found.status),
        "ways": [(way, lists.ASKS[way.effect], way.is_open(today)) for way in following.ways(found)],
    }
    return render(request, "counter/permit.html", context)


@transaction.atomic
def _opened(by: Actor, found: Permit, effect: str) -> Case:
    """The draft with the papers that need not be asked for again."""
    if effect not in lists.ASKS:
        raise Missing
    case = services.follow(permit_id=found.pk, by=by, effect=Effect(effect), channel=Channel.COUNTER)
    if case.state == CaseState.DRAFT:
        hand_in_known(case_id=case.pk, by=by)
    return case
