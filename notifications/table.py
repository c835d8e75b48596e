"""Which event tells a person what: the one table of events and texts.

Every other kind of event is work inside the house; the case page shows it, and no message goes out.
Each text has a file for every language in `templates/messages/`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from workflows.cases.models import Case
from workflows.definition.model import DeemedRule, ProductKind
from workflows.trail.models import Event

Wanted = Callable[[Case, Event], bool]


def _always(_case: Case, _event: Event) -> bool:
    return True


def _was_submitted(case: Case, _event: Event) -> bool:
    """A draft that its owner throws away needs no letter."""
    return case.reference is not None


def _is_not_deemed(case: Case, _event: Event) -> bool:
    """Where silence grants the application, `deemed_granted` says so at the same moment."""
    return case.definition.term.deemed is not DeemedRule.GRANTED


def _waits_for_another_system(case: Case, _event: Event) -> bool:
    """Other products follow within seconds, and `issued` tells of both at once."""
    return case.definition.product.kind is ProductKind.RECORDED and not case.definition.same_visit


def _by_the_office(_case: Case, event: Event) -> bool:
    """What the holder herself asked for she reads of in `issued`."""
    return "by_case" not in event.data


@dataclass(frozen=True, slots=True)
class Told:
    """The text for a kind of event, and the cases in which the person is told at all."""

    template: str
    when: Wanted = _always


TABLE: dict[str, Told] = {
    "case.submitted": Told("received"),
    "case.resubmitted": Told("answer_received"),
    "case.accepted": Told("complete"),
    "case.returned": Told("returned"),
    "repair.asked": Told("repair"),
    "inspection.scheduled": Told("visit"),
    "case.due_moved": Told("due_moved"),
    "objection.due_moved": Told("due_moved"),
    "case.term_passed": Told("late", _is_not_deemed),
    "case.deemed_granted": Told("deemed_granted"),
    # The bill, not the decision before it: without a way to pay there is nothing to do yet.
    "charge.billed": Told("to_pay"),
    "case.settled": Told("paid"),
    "case.approved": Told("approved", _waits_for_another_system),
    "case.issued": Told("issued"),
    "case.refused": Told("refused"),
    "objection.filed": Told("objection_filed"),
    "objection.upheld": Told("objection_upheld"),
    "objection.rejected": Told("objection_rejected"),
    "objection.deemed_upheld": Told("objection_deemed_upheld"),
    "case.withdrawn": Told("withdrawn", _was_submitted),
    "case.lapsed": Told("lapsed"),
    "permit.ending": Told("permit_ending"),
    "permit.expired": Told("permit_expired"),
    "permit.suspended": Told("permit_suspended"),
    "permit.resumed": Told("permit_resumed"),
    "permit.revoked": Told("permit_revoked", _by_the_office),
    "obligation.due_soon": Told("obligation_due"),
    "obligation.overdue": Told("obligation_overdue"),
    "obligation.accepted": Told("obligation_accepted"),
    "obligation.returned": Told("obligation_returned"),
    "refund.opened": Told("refund_opened"),
    "refund.done": Told("refund_done"),
}


def text_for(case: Case, event: Event) -> str:
    """Name of the text that this event means for the applicant; empty when she need not be told."""
    told = TABLE.get(event.kind)
    return told.template if told and told.when(case, event) else ""
