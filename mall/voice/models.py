"""Django's list of the models of this package; each lives beside its services."""

from mall.voice.complaints.models import Complaint, ComplaintEvidence, ComplaintNote
from mall.voice.information.exemptions import ExemptionTest, Withheld
from mall.voice.information.models import InformationFile, InformationRequest
from mall.voice.information.objections import InformationObjection
from mall.voice.levies.models import LevyEvidence, LevyNote, LevyRecusal, LevyReport
from mall.voice.satisfaction.models import Invitation, Response, UrnAnswer
from mall.voice.signals.models import Signal, SignalNote, SignalRun

__all__ = [
    "Complaint",
    "ComplaintEvidence",
    "ComplaintNote",
    "ExemptionTest",
    "InformationFile",
    "InformationObjection",
    "InformationRequest",
    "Invitation",
    "LevyEvidence",
    "LevyNote",
    "LevyRecusal",
    "LevyReport",
    "Response",
    "Signal",
    "SignalNote",
    "SignalRun",
    "UrnAnswer",
    "Withheld",
]
