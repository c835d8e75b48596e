"""Django's list of the engine's models; each lives beside its services."""

from workflows.cases.advice import EarlierAnswer, Recommendation, RecommendationCondition
from workflows.cases.decisions import Decision
from workflows.cases.links import AdviceLink
from workflows.cases.mandates import Mandate
from workflows.cases.models import Attachment, Case, Duty, RequirementCheck
from workflows.cases.repair import Repair
from workflows.cases.visits import Inspection, InspectionPhoto
from workflows.charges.bank.models import BankFile, BankLine, Difference
from workflows.charges.books import LedgerEntry
from workflows.charges.models import Bill, Charge, Payment, RefundTask
from workflows.charges.receipts import Receipt
from workflows.clock.escalation import Escalation
from workflows.clock.models import Interval
from workflows.clock.pause import Outage, Pause
from workflows.clock.recounts import Recount
from workflows.deemed.models import DeemedGrant, DutyTask
from workflows.definition.models import CatalogueStamp, ServiceType, ServiceVersion
from workflows.duties.lines import Assignment, Overtaking
from workflows.duties.models import Relation
from workflows.objections.models import Objection, ObjectionMandate
from workflows.permits.actions import PermitAction
from workflows.permits.models import NumberSeries, Permit
from workflows.permits.obligations import Obligation
from workflows.trail.models import Event, OutboxRow
from workflows.trail.roots import DayRoot

__all__ = [
    "AdviceLink",
    "Assignment",
    "Attachment",
    "BankFile",
    "BankLine",
    "Bill",
    "Case",
    "CatalogueStamp",
    "Charge",
    "DayRoot",
    "Decision",
    "DeemedGrant",
    "Difference",
    "Duty",
    "DutyTask",
    "EarlierAnswer",
    "Escalation",
    "Event",
    "Inspection",
    "InspectionPhoto",
    "Interval",
    "LedgerEntry",
    "Mandate",
    "NumberSeries",
    "Objection",
    "ObjectionMandate",
    "Obligation",
    "Outage",
    "OutboxRow",
    "Overtaking",
    "Pause",
    "Payment",
    "Permit",
    "PermitAction",
    "Receipt",
    "Recommendation",
    "RecommendationCondition",
    "Recount",
    "RefundTask",
    "Relation",
    "Repair",
    "RequirementCheck",
    "ServiceType",
    "ServiceVersion",
]
