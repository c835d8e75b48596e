"""The terms of a definition: of the service itself, and of objection and appeal against a refusal."""

from dataclasses import dataclass

from workflows.definition.kinds import DeemedRule


@dataclass(frozen=True, slots=True)
class ObjectionRule:
    """Working days of objection and appeal (UU 30/2014 art. 75-78), and which agency's head answers an appeal.

    Without `appeal_to` it is the regent's office for agencies under the regent, else the agency's own head.
    """

    file_days: int = 21
    answer_days: int = 10
    appeal_days: int = 10
    appeal_answer_days: int = 10
    appeal_to: str = ""


BY_LAW = ObjectionRule()
"""What holds where the definition says nothing."""


@dataclass(frozen=True, slots=True)
class Term:
    """The promise: working days from the application that is complete; 0 is the same visit.

    `duty_days`: working days in which the approver issues what the law has already granted.
    """

    working_days: int
    law: str = ""
    deemed: DeemedRule = DeemedRule.NONE
    deemed_law: str = ""
    answer_days: int = 30
    rounds: int = 2
    duty_days: int = 5
