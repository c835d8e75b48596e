"""A history with colleagues, and with some who ask for money: planted by what they do, not by what a detector sees.

Each scheme is one officer who lets a part of her own applicants pay, and treats these otherwise. Beside them stand
honest ones who look odd for a good reason, and everybody differs a little from everybody else.
"""

from dataclasses import dataclass, field, replace
from datetime import time
from random import Random
from typing import Final
from uuid import UUID

from agencies.models import OpeningHours, Site
from mall.history.manner import ORDINARY, Manner
from mall.history.world import Office, Service, World, colleague
from workflows.permissions import MALL

KINDS: Final = ("jumps", "trifles", "hours", "broker", "lying")
"""What is sold: a place before others; a return that means nothing; a meeting after hours; a friend's cases; an end
to the waiting."""
A_YEAR, FEWEST, MOST = 350, 3, 12
"""Cases that one officer handles a year, and how many officers an office has."""
PAYING: Final = (0.10, 0.30)
"""The part of her applicants that pays."""
BROKER_CASES: Final = (60, 140)
TO_HER: Final = (0.6, 0.85)
"""Cases of a broker who shares with an officer, and the part of them that reaches her."""
CODES: Final = ("other", "other", "other", "applicant", "applicant", "vulnerable", "vulnerable", "ordered", "related")
ENOUGH: Final = 120
"""Cases a year below which nobody is planted: there is too little to sell."""
NIGHT, NIGHT_OPENS, NIGHT_CLOSES = "MALAM", 15 * 3600, 21 * 3600
HELPED, SOON, EVENING = 0.3, 0.15, 0.015
"""Of counter cases, how many somebody else brings; of returns, how many are answered at once; of decisions, how many
an ordinary officer takes after hours."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """One who cheats: by what, whose accounts, at which agency, with which part of her cases."""

    kind: str
    agency: str
    place: int
    officer: UUID
    share: float
    broker: str = ""
    to_her: float = 0.0
    cases: int = 0


@dataclass(slots=True)
class Crew:
    """The officers of one office, and what each is like: pace, evenings, jumps, by place."""

    checkers: list[Office]
    approvers: list[Office]
    paces: list[tuple[float, float]]
    evenings: list[float]
    jumps: list[float]
    volume: float
    bound: float
    """Cases of a year, and those of them that are not done in one visit."""


@dataclass(slots=True)
class Cast:
    """Everybody of a staffed history: colleagues, brokers, those who cheat and those who only look like it."""

    crews: dict[str, Crew]
    schemes: list[Scheme] = field(default_factory=list)
    night: dict[str, set[int]] = field(default_factory=dict)
    emergencies: list[tuple[str, int, int]] = field(default_factory=list)
    """Agency, place of the approver, and the first day of the two weeks."""
    village: tuple[str, int] = ("", 0)
    """The agency and the place of the checker whose round has one village on it."""
    honest: set[UUID] = field(default_factory=set)
    """Accounts of those who look odd for a good reason."""

    def staged(self, dice: Random, service: Service, office: Office, day: int) -> tuple[Office, Manner]:
        """Who handles a case of this service that comes on this day, and how."""
        crew = self.crews[office.code]
        checker, approver = dice.randrange(len(crew.checkers)), dice.randrange(len(crew.approvers))
        manner = replace(ORDINARY, bearer=_bearer(dice), soon=dice.random() < SOON)
        broker = None if service.same_visit else self._broker(dice, office.code)
        if broker:
            manner = replace(manner, bearer=("letter", broker.broker))
            checker = broker.place if dice.random() < broker.to_her else checker
        if manner.bearer == VILLAGE and office.code == self.village[0]:
            checker = self.village[1]
        if checker in self.night.get(office.code, ()):
            approver = checker
            manner = replace(manner, site=NIGHT, opens=NIGHT_OPENS, closes=NIGHT_CLOSES)
        elif approver in self.night.get(office.code, ()):
            approver = 0
        manner = self._humour(dice, crew, checker, approver, manner)
        manner = self._sold(dice, office.code, checker, approver, manner)
        if self._is_emergency(office.code, approver, day) and dice.random() < 0.6:
            manner = replace(manner, jump="emergency", at_once=True)
        hers = crew.approvers[approver]
        handled = replace(office, checker=crew.checkers[checker].checker, approvers=hers.approvers, powers=hers.powers)
        return handled, manner

    def _broker(self, dice: Random, agency: str) -> Scheme | None:
        """Whose client brings this case, if it is one of a broker who shares."""
        mine = [one for one in self.schemes if one.kind == "broker" and one.agency == agency]
        return next((one for one in mine if dice.random() < one.cases / self.crews[agency].bound), None)

    def _is_emergency(self, agency: str, approver: int, day: int) -> bool:
        return any(one[:2] == (agency, approver) and one[2] <= day < one[2] + 14 for one in self.emergencies)

    def _humour(self, dice: Random, crew: Crew, checker: int, approver: int, manner: Manner) -> Manner:
        late = not manner.evening and manner.site != NIGHT and dice.random() < crew.evenings[approver]
        return replace(
            manner,
            checking=crew.paces[checker][0],
            deciding=crew.paces[approver][1],
            jumps=crew.jumps[approver],
            evening=_evening(dice) if late else 0,
        )

    def _sold(self, dice: Random, agency: str, checker: int, approver: int, manner: Manner) -> Manner:
        """What those who cheat do with the ones who pay."""
        for one in self.schemes:
            if one.agency != agency:
                continue
            deals = one.place == (approver if one.kind in ("jumps", "hours") else checker)
            if one.kind == "broker":
                if deals and manner.bearer == ("letter", one.broker) and dice.random() < 0.8:
                    manner = replace(manner, checking=0.1)
            elif deals and dice.random() < one.share:
                manner = _treated(dice, one.kind, manner)
        return manner


VILLAGE: Final = ("village", "Kantor Desa Contoh 1")


def _treated(dice: Random, kind: str, manner: Manner) -> Manner:
    if kind == "jumps":
        return replace(manner, jump=dice.choice(CODES), at_once=True)
    if kind == "trifles":
        return replace(manner, trifle=True)
    if kind == "hours":
        return replace(manner, evening=_evening(dice), weekend=dice.random() < 0.3)
    return replace(manner, lies=dice.randint(8, 25))


def _evening(dice: Random) -> int:
    return dice.randint(17 * 3600 + 1800, 22 * 3600)


def _bearer(dice: Random) -> tuple[str, str] | None:
    """Who brings an ordinary case: mostly the applicant; some offices and agents bring many, relatives one."""
    if dice.random() >= HELPED:
        return None
    kind = dice.choices(("village", "letter", "family"), (5, 3, 2))[0]
    if kind == "family":
        return kind, f"Contoh Keluarga {dice.getrandbits(40):010x}"
    many = 25 if kind == "village" else 15
    place = dice.choices(range(1, many + 1), [1 / (one + 2) for one in range(many)])[0]
    return kind, f"Kantor Desa Contoh {place}" if kind == "village" else f"Biro Jasa Contoh {place}"


def cast(world: World, *, cases: float, seed: int, schemes: int, days: range) -> Cast:
    """The cast of a history of so many cases a year, with so many schemes; `days` are those of the history."""
    dice = Random(f"cast {seed}")  # noqa: S311 - the same cast for the same seed
    made = Cast({code: _crew(world, code, cases, dice) for code in sorted(world.offices)})
    able = [(code, place) for code, crew in made.crews.items() for place in _able(crew)]
    dice.shuffle(able)
    _plant(made, able, schemes, dice)
    _set_aside(made, able, days, dice)
    return made


def _crew(world: World, code: str, cases: float, dice: Random) -> Crew:
    mine = [
        (weight, one.same_visit)
        for one, weight in zip(world.services, world.weights, strict=True)
        if one.definition.agency == code
    ]
    each = cases / sum(world.weights)
    volume = each * sum(weight for weight, _visit in mine)
    bound = each * sum(weight for weight, visit in mine if not visit)
    size = max(FEWEST, min(MOST, round(volume / A_YEAR)))
    office = world.offices[code]
    team = [colleague(office, number) for number in range(size)]
    return Crew(
        team,
        team,
        [(dice.lognormvariate(0, 0.2), dice.lognormvariate(0, 0.2)) for _one in team],
        [EVENING * dice.lognormvariate(0, 0.6) for _one in team],
        [dice.lognormvariate(0, 0.5) for _one in team],
        volume,
        max(1.0, bound),
    )


def _able(crew: Crew) -> range:
    return range(len(crew.checkers) if crew.bound / len(crew.checkers) >= ENOUGH else 0)


def _plant(made: Cast, able: list[tuple[str, int]], schemes: int, dice: Random) -> None:
    """Take the officers that cheat from those who could."""
    if len(able) < schemes + 8:
        raise LookupError(f"{schemes} schemes need more officers with {ENOUGH} cases a year: ask for more cases")
    for number in range(schemes):
        kind, (code, place) = KINDS[number % len(KINDS)], able.pop()
        crew = made.crews[code]
        decides = kind in ("jumps", "hours")
        officer = crew.approvers[place].approvers[0] if decides else crew.checkers[place].checker
        scheme = Scheme(kind, code, place, UUID(officer), dice.uniform(*PAYING))
        if kind == "broker":
            scheme = replace(
                scheme,
                broker=f"Perantara Contoh {number}",
                to_her=dice.uniform(*TO_HER),
                cases=dice.randint(*BROKER_CASES),
            )
        made.schemes.append(scheme)


def _set_aside(made: Cast, able: list[tuple[str, int]], days: range, dice: Random) -> None:
    """Those who only look odd: quick ones and a slow one, an evening unit, two emergencies, a village on one round."""
    for pace in (0.35, 0.4, 1.9):
        code, place = able.pop()
        made.crews[code].paces[place] = (pace, pace)
        made.honest |= _accounts(made.crews[code], place)
    site, _new = Site.objects.get_or_create(code=NIGHT, defaults={"name": "Gerai malam (contoh)"})
    for weekday in range(5):
        hours = {"opens": time(15), "closes": time(22)}
        OpeningHours.objects.get_or_create(site=site, weekday=weekday, defaults=hours)
    mall = [one for one in able if one[0] == MALL and one[1]]
    for code, place in mall[:2]:
        able.remove((code, place))
        made.night.setdefault(code, set()).add(place)
        made.honest |= _accounts(made.crews[code], place)
    for _number in range(2):
        code, place = able.pop()
        made.emergencies.append((code, place, dice.choice(days)))
        made.honest |= _accounts(made.crews[code], place)
    made.village = able.pop()
    made.honest |= _accounts(made.crews[made.village[0]], made.village[1])


def _accounts(crew: Crew, place: int) -> set[UUID]:
    return {UUID(crew.checkers[place].checker), UUID(crew.approvers[place].approvers[0])}
