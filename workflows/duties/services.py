"""The only writers of assignments, declarations and identities of staff, by one name."""

from workflows.duties.assigning import claim, hand_over, release, take_next
from workflows.duties.declaring import declare_relation, end_relation, identify

__all__ = ["claim", "declare_relation", "end_relation", "hand_over", "identify", "release", "take_next"]
