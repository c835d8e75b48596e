"""Which event tells members of staff what: who by their role, and by which text.

The house works in Indonesian, so each text has one file, `templates/messages/staff/<name>.id.txt`. It may name
the facts of `facts.for_staff`, and whatever codes the event carries, as `event.<key>`. Of several rows for one
event the first that names somebody is hers: nobody is told twice.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from agencies.models import Role, User
from workflows.cases.links import AdviceLink
from workflows.cases.models import Case
from workflows.trail.models import Event

Post = tuple[str, str]
"""A role and the code of the agency it is held at; an empty code means at any."""
Audience = Callable[[Case, Event], Collection[Post]]
Named = Callable[[Event], Collection[User]]


def nobody(_case: Case, _event: Event) -> Collection[Post]:
    """No post."""
    return []


def no_user(_event: Event) -> Collection[User]:
    """Nobody in person."""
    return []


@dataclass(frozen=True, slots=True)
class Notice:
    """A text, and the posts whose holders get it, or the users whom the event is about."""

    template: str
    to: Audience = nobody
    named: Named = no_user


def deciding(*roles: str) -> Audience:
    """Those who hold one of the roles at the agency that decides the case."""
    return lambda case, _event: [(role, case.agency_id) for role in roles]


def inspectorate(_case: Case, _event: Event) -> Collection[Post]:
    """Whoever watches over all offices."""
    return [(Role.INSPECTORATE, "")]


def readers_of_the_event(_case: Case, event: Event) -> Collection[Post]:
    """Those whom the event itself names."""
    return [(role, agency) for role, agency in event.data["readers"]]


def post_of_the_event(_case: Case, event: Event) -> Collection[Post]:
    """Those who hold the one post that the event names; events of before name the agency alone, and mean its head."""
    return [(event.data.get("post", Role.HEAD), event.data["agency"])]


def of_the_agency(*roles: str) -> Audience:
    """Those who hold one of the roles at the agency that the event names."""
    return lambda _case, event: [(role, event.data["agency"]) for role in roles]


def _mailed_to(event: Event) -> Collection[User]:
    """To whom a link goes by mail. One query."""
    if event.data["way"] != AdviceLink.Way.MAIL:
        return []
    return [link.to for link in AdviceLink.objects.select_related("to").filter(pk=event.data["link"])]


def _answered_for(event: Event) -> Collection[User]:
    """In whose name an answer came by a link: she is told at once, for she may not have been the one. One query."""
    if "by_link" not in event.data:
        return []
    return [link.to for link in AdviceLink.objects.select_related("to").filter(pk=event.data["by_link"])]


def _leaders_where_a_link_answered(_case: Case, event: Event) -> Collection[Post]:
    """Of an agency that answers by links the leaders read each answer."""
    return [(role, event.data["agency"]) for role in (Role.HEAD, Role.DEPUTY) if "by_link" in event.data]


STAFF_TABLE: dict[str, tuple[Notice, ...]] = {
    "case.escalated": (Notice("staff/escalated", readers_of_the_event),),
    "case.deemed_granted": (
        Notice("staff/deemed_granted", deciding(Role.APPROVER, Role.DEPUTY, Role.HEAD)),
        Notice("staff/deemed_granted", inspectorate),
    ),
    "duty.overdue": (Notice("staff/duty_overdue", deciding(Role.HEAD)), Notice("staff/duty_overdue", inspectorate)),
    "objection.filed": (Notice("staff/objection_filed", post_of_the_event),),
    "objection.passed_on": (Notice("staff/objection_passed_on", post_of_the_event),),
    "objection.vacant": (Notice("staff/objection_vacant", readers_of_the_event),),
    "obligation.reported": (Notice("staff/obligation_reported", of_the_agency(Role.OFFICER)),),
    "obligation.overdue": (Notice("staff/obligation_overdue", of_the_agency(Role.OFFICER)),),
    "recommendation.link_sent": (Notice("staff/advice_link", named=_mailed_to),),
    "recommendation.given": (Notice("staff/linked_answer", _leaders_where_a_link_answered, _answered_for),),
    "permit.revocation_proposed": (Notice("staff/revocation_proposed", deciding(Role.APPROVER)),),
}

OFFICE_TABLE: dict[str, str] = {
    "complaint.filed": "staff/complaint_filed",
    "complaint.forwarded": "staff/complaint_forwarded",
    "complaint.replied": "staff/complaint_replied",
    "complaint.overdue": "staff/complaint_overdue",
}
"""The texts of events about something that is no case. Such an event names its `readers` (role and agency), and the
`code` and `path` by which they find it."""
