"""An objection or an appeal, as answers describe it."""

from rest_framework import serializers

from mall.api.outputs.common import Char, Day, Moment, Out, choice
from workflows.cases.machine import Instance
from workflows.objections.models import ObjectionState


class ObjectionLine(Out):
    """One in a list; no word of anybody, so that a list is no look."""

    id = serializers.UUIDField()
    case = Char(help_text="Address of the case.")
    reference = Char()
    instance = choice([Instance.OBJECTION, Instance.APPEAL])
    state = choice(ObjectionState.values)
    state_label = Char()
    agency = Char(help_text="Which office answers.")
    post = choice(["head", "deputy"])
    filed_at = Moment()
    due_at = Moment(help_text="Afterwards the law upholds it.")
    closed_at = Moment(allow_null=True)
    url = Char()


class ObjectionOut(ObjectionLine):
    reason = Char()
    answer = Char(allow_blank=True)
    legal_basis = Char(allow_blank=True)
    remedy = Char(allow_blank=True, help_text="Where the applicant can go from here.")
    appeal_until = Day(allow_null=True, help_text="Last day of the appeal.")


class OpeningOut(Out):
    """What may be filed now."""

    instance = choice([Instance.OBJECTION, Instance.APPEAL])
    until = Day(allow_null=True, help_text="Last day; null while none can be promised.")


class ObjectionsOut(Out):
    """The objection and the appeal of a case."""

    items = ObjectionOut(many=True)
    open_to = OpeningOut(allow_null=True)
