"""Django's list of the models of this package; each lives beside its services."""

from mall.voice.levies.models import LevyEvidence, LevyNote, LevyRecusal, LevyReport

__all__ = ["LevyEvidence", "LevyNote", "LevyRecusal", "LevyReport"]
