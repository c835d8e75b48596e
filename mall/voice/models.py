"""Django's list of the models of this package; each lives beside its services."""

from mall.voice.levies.models import LevyEvidence, LevyNote, LevyRecusal, LevyReport
from mall.voice.satisfaction.models import Invitation, Response, UrnAnswer

__all__ = ["Invitation", "LevyEvidence", "LevyNote", "LevyRecusal", "LevyReport", "Response", "UrnAnswer"]
