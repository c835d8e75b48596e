"""How those who handle a case go about it. The ordinary manner changes nothing of an ordinary history."""

from dataclasses import dataclass
from typing import Final

from mall.history.days import CLOSES, OPENS

SITE: Final = "MPP"


@dataclass(frozen=True, slots=True)
class Manner:
    """What one case meets with.

    `checking` and `deciding` stretch the office's own pace. `lies`: working days between being taken up and being
    checked. `trifle`: it is sent back for next to nothing and waved through when it returns. `soon`: the applicant
    answers a return at once. `jump`: the coded reason for deciding it out of turn; `jumps`: how much likelier than
    usual an ordinary one is. `evening`: the second of the day of a decision after hours, 0 for none; `weekend` puts it
    on a Saturday. `bearer`: ground and name of who brings it.
    """

    checking: float = 1.0
    deciding: float = 1.0
    lies: int = 0
    trifle: bool = False
    soon: bool = False
    at_once: bool = False
    jump: str = ""
    jumps: float = 1.0
    evening: int = 0
    weekend: bool = False
    bearer: tuple[str, str] | None = None
    site: str = SITE
    opens: int = OPENS
    closes: int = CLOSES


ORDINARY: Final = Manner()
