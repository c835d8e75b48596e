"""What silence brings about: the law grants, the mall states it, and the approver still owes the decision."""
