"""Every way to suspend a term beside the work on the case itself. Nobody else writes a pause or an outage."""

from workflows.clock.outages import end_outage, enter_outage
from workflows.clock.seconding import declare_force_majeure, decline_pause, end_force_majeure, second_pause

__all__ = [
    "declare_force_majeure",
    "decline_pause",
    "end_force_majeure",
    "end_outage",
    "enter_outage",
    "second_pause",
]
