"""A case and what may be done with it, as answers describe them."""

from rest_framework import serializers

from documents.permits.queries import Standing
from mall.api.outputs.common import Bool, Char, Day, Int, Moment, Out, Words, choice
from mall.api.outputs.services import RequirementOut
from workflows.cases.advice import RecommendationState
from workflows.cases.decisions import Decision
from workflows.cases.machine import CaseState, Instance
from workflows.cases.models import Channel
from workflows.cases.visits import InspectionState
from workflows.charges.models import ChargeState
from workflows.clock.models import PAUSES, Holder
from workflows.definition.kinds import FeeKind
from workflows.duties.lines import Line
from workflows.permits.models import PermitStatus


class ServiceRef(Out):
    code = Char()
    name = Char()


class CaseLine(Out):
    """A case in a list."""

    id = serializers.UUIDField()
    reference = Char(allow_null=True, help_text="Receipt number, from submission.")
    service = ServiceRef()
    agency = Char(help_text="Who decides.")
    state = choice(CaseState.values)
    state_label = Char()
    created_at = Moment()
    submitted_at = Moment(allow_null=True)
    due_at = Moment(allow_null=True, help_text="End of the term.")
    url = Char()


class TaskOut(Out):
    """The recommendation or visit that is owed."""

    id = serializers.UUIDField()
    agency = Char()
    state = Char()


class ListedCase(CaseLine):
    task = TaskOut(allow_null=True)


class ApplicantOut(Out):
    name = Char()
    nik = Char(help_text="Masked.", allow_blank=True)


class AttachmentOut(Out):
    requirement = Char()
    file_id = serializers.UUIDField()
    added_at = Moment()


class DeficiencyOut(Out):
    requirement = Char(help_text="Code of the requirement; `_answers` is the form.")
    note = Char()


class ConditionOut(Out):
    text = Char()
    due_days = Int(allow_null=True)
    due_on = Day(allow_null=True)


class RecommendationOut(Out):
    id = serializers.UUIDField()
    agency = Char()
    stage = Int()
    state = choice(RecommendationState.values)
    asked_at = Moment(allow_null=True)
    due_at = Moment(allow_null=True)
    given_at = Moment(allow_null=True)
    verdict = Char(required=False, allow_blank=True, help_text="For staff, as are the next three.")
    reason = Char(required=False, allow_blank=True)
    conditions = serializers.ListField(child=ConditionOut(), required=False)
    legal_basis = Char(required=False, allow_blank=True)


class InspectionOut(Out):
    id = serializers.UUIDField()
    agency = Char()
    state = choice(InspectionState.values)
    scheduled_for = Day(allow_null=True)
    held_on = Day(allow_null=True)
    result = Char(required=False, allow_blank=True, help_text="For staff, as is the next.")
    findings = Char(required=False, allow_blank=True)


class Ground(Out):
    """One thing that a refusal rests on."""

    code = Char()
    name = Char()
    note = Char(allow_blank=True)


class DecisionOut(Out):
    outcome = choice(Decision.Outcome.values)
    reason = Char()
    legal_basis = Char(allow_blank=True)
    remedy = Char(allow_blank=True)
    remedy_until = Day(allow_null=True, help_text="Last day of an objection.")
    grounds = Ground(many=True)
    instance = choice(Instance.values)
    at = Moment()


class ChargeLine(Out):
    label = Char()  # type: ignore[assignment]
    amount = Int()
    law = Char(required=False, help_text="The article of this line.")


class FeeQuoteOut(Out):
    """What it costs by the answers of today: known before sending, and what will be charged."""

    kind = choice(FeeKind)
    total = Int(allow_null=True, help_text="Rupiah; null while only the collecting agency can know it.")
    lines = ChargeLine(many=True)
    law = Char(allow_blank=True)
    sample = Bool()


class BillOut(Out):
    pay_code = Char()
    pay_url = Char(allow_blank=True)
    expires_at = Moment()


class ChargeOut(Out):
    amount = Int(help_text="Rupiah.")
    lines = ChargeLine(many=True)
    law = Char()
    state = choice(ChargeState.values)
    bill = BillOut(allow_null=True)


class PermitRef(Out):
    number = Char(allow_blank=True)
    code = Char(help_text="Verification code.")
    status = choice(PermitStatus.values)
    valid_from = Day()
    valid_until = Day(allow_null=True)
    issued_at = Moment()
    url = Char(allow_null=True)


class ShareOut(Out):
    """The time of one party."""

    holder = choice(Holder.values)
    agency = Char(allow_blank=True, help_text="Code of the agency, where one holds.")
    minutes = Int()
    working_days = Int()


class TimeOut(Out):
    """Whose the time was since the hand-in; the parts sum to the whole exactly."""

    parties = ShareOut(many=True)
    gross_minutes = Int()
    gross_working_days = Int()
    net_minutes = Int(help_text="Without pauses.")
    net_working_days = Int()
    remaining_working_days = Int(allow_null=True, help_text="Of the term; null where none runs.")


class RepairOut(Out):
    """What the applicant was asked to put right after her application was complete."""

    round = Int()
    agency = Char()
    what = serializers.ListField(child=Char())
    about = serializers.ListField(child=Char(allow_blank=True), help_text="The paper that shows each thing, or empty.")
    repeated = Bool(help_text="Visible at an earlier check: it paused nothing.")
    asked_at = Moment()
    due_at = Moment()
    answer = Char(allow_blank=True)
    answered_at = Moment(allow_null=True)


class PauseOut(Out):
    id = serializers.UUIDField()
    reason = choice(sorted(PAUSES))
    asked_at = Moment()
    effective_at = Moment(allow_null=True, help_text="Null while it waits for a second signature.")
    closed_at = Moment(allow_null=True)


class HandOut(Out):
    """Who has the case in hand."""

    line = choice(Line.values)
    agency = Char()
    officer = Char()
    since = Moment()


class CaseOut(CaseLine):
    """A case, whole."""

    tracking_code = Char(allow_null=True, help_text="For the applicant.")
    version = Int(help_text="Of the service's definition, kept for life.")
    channel = choice(Channel.values)
    round = Int()
    applicant = ApplicantOut()
    organisation = Char(allow_null=True)
    answers = serializers.DictField(help_text="By field name; NIK and telephone masked.")
    requirements = RequirementOut(many=True)
    attachments = AttachmentOut(many=True)
    deficiencies = DeficiencyOut(many=True)
    recommendations = RecommendationOut(many=True)
    inspections = InspectionOut(many=True)
    repairs = RepairOut(many=True)
    pauses = PauseOut(many=True, required=False, help_text="For staff, as is the next.")
    hands = HandOut(many=True, required=False)
    time = TimeOut(allow_null=True, help_text="Null before the hand-in, and beyond the calendar.")
    decision = DecisionOut(allow_null=True)
    fee = FeeQuoteOut(allow_null=True, help_text="Null while the answers do not suffice.")
    charge = ChargeOut(allow_null=True)
    permit = PermitRef(allow_null=True)
    arrived_at = Moment(allow_null=True)
    received_complete_at = Moment(allow_null=True)
    applicant_due_at = Moment(allow_null=True)
    decided_at = Moment(allow_null=True)
    closed_at = Moment(allow_null=True)
    amount_due = Int(help_text="Unpaid rupiah.")
    transitions = Char()


class TransitionOut(Out):
    """One transition and whether the caller may do it."""

    name = Char()
    title = Char()
    allowed = Bool()
    why_not = Char(allow_blank=True)
    url = Char()


class TransitionsOut(Out):
    """All of them."""

    state = choice(CaseState.values)
    items = TransitionOut(many=True)


class TrackedOut(Out):
    """What a tracking code shows."""

    reference = Char()
    service = ServiceRef()
    agency = Char()
    state = choice(CaseState.values)
    state_label = Char()
    submitted_at = Moment()
    due_at = Moment(allow_null=True)
    applicant_due_at = Moment(allow_null=True)
    product = Words()


class PermitOut(Out):
    """What anybody may know of a permit."""

    standing = choice(Standing)
    standing_label = Char()
    number = Char(allow_blank=True)
    product = Char()
    service = Char()
    agency = Char()
    holder = Char()
    issued_on = Day()
    valid_until = Day(allow_null=True)
    sha256 = Char(allow_blank=True)
    certified = Bool()
    recorded_in = Char(allow_blank=True)
    trial = Bool()


class ProblemKind(Out):
    """One kind of problem."""

    type = Char()
    title = Char()
    status = Int()
