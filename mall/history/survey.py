"""The satisfaction survey of a history: an invitation for every closed case, and of some an answer.

As `mall.voice.satisfaction` keeps them: neither says which case it was, and the answers of a batch lie in an order that
says nothing.
"""

from random import Random
from typing import Final
from uuid import UUID

from mall.history.days import DAY
from mall.history.life import Life
from mall.history.rows import Sheets, one_of
from mall.voice.satisfaction.elements import elements
from mall.voice.satisfaction.models import Age, Education, Occupation, Sex
from mall.voice.satisfaction.services import OPEN_DAYS, digest_of
from workflows.cases.rating import rating_code

ANSWERING: Final = 0.4
MEAN, SPREAD, LATE, REFUSED = 3.35, 0.65, 0.9, 0.5
"""How people score on the average; by how much less the time where it was late, and everything where it was a no."""
TIME: Final = 2
"""The place of the element that asks about the time."""
PROFILE: Final = (Age.values, Sex.values, Education.values, Occupation.values)
TELLING: Final = 0.7
"""How many say anything of themselves."""


def rate(life: Life, sheets: Sheets) -> None:
    """Write the invitation of a case that is over, and its answer where there is one."""
    dice, day, names = life.dice, life.at // DAY, life.days.names
    unit = f"{life.service.code}\t{life.office.code}\t{life.manner.site}\t{names[day][:8]}01"
    answered = dice.random() < ANSWERING
    digest, until = digest_of(rating_code(UUID(life.id))), names[day + OPEN_DAYS]
    sheets.lines["voice_invitation"].append(f"{digest}\t{unit}\t{until}\t{'t' if answered else 'f'}")
    if answered:
        said = "\t".join([*map(str, _scores(life, dice)), *_profile(dice)])
        sheets.lines["voice_response"].append(f"{unit}\t{said}\t")


def _scores(life: Life, dice: Random) -> list[int]:
    mean = MEAN - (REFUSED if life.state != "issued" else 0)
    late = [LATE if place == TIME and life.passed else 0 for place in range(len(elements()))]
    return [min(4, max(1, round(dice.gauss(mean - less, SPREAD)))) for less in late]


def _profile(dice: Random) -> list[str]:
    return [one_of(dice, values) if dice.random() < TELLING else "" for values in PROFILE]
