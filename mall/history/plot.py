"""How a case goes, from the first question to the product: the turns that real ones take, in their proportions.

`facts` of the life collects what the rows need; numbers are given when the life is written (`telling.py`), so events
name their receipt by a place holder until then.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

from mall.history.life import Life, system, user
from mall.history.rows import one_of, within
from mall.history.world import World
from workflows.definition.model import ProductKind

APPLICANT: Final = ("user", "", "")
WITHDRAWN, LAPSED, AGAIN, REFUSED, DEEMED, UNPAID, JUMPED = 0.02, 0.06, 0.15, 0.06, 0.15, 0.03, 0.01
"""Chances; of lapsing and asking again among the returned, of a grant by silence among the late."""
LAW: Final = "UU 30/2014 pasal 53"


def live(life: Life, world: World, pace: float, *, counter: bool) -> None:
    """The whole life. `pace` is the share of the term that this case needs."""
    opener = user(world.clerk) if counter else APPLICANT
    life.facts["opener"] = opener
    life.hold("applicant", "drafting")
    channel = "counter" if counter else "online"
    facts = {"service": life.service.code, "version": life.service.number, "channel": channel}
    life.say("case.opened", facts, opener)
    life.until(life.at + within(life.dice, 300, 3000))
    life.facts["submitted"] = life.at
    life.move("case.submitted", "submitted", opener, {"channel": channel, "reference": "@receipt"})
    _arrive(life)
    if life.service.same_visit:
        _serve(life)
        return
    parts = _shares(life, pace * life.manner.checking)
    parts[-1] = round(parts[-1] * life.manner.deciding / life.manner.checking)
    if _checked(life, parts):
        _advised(life, parts)
        _decided(life, parts)


def _arrive(life: Life) -> None:
    life.facts["arrived"] = life.at
    life.due, life.passed = life.days.due(life.at, life.service.definition.term.working_days), None
    life.facts["due"] = life.due
    life.desk("queued")


def _shares(life: Life, pace: float) -> list[int]:
    """The working days of each stage: taking up, checking, each stage of advice, deciding."""
    whole = round(max(1, life.service.definition.term.working_days) * pace)
    stages = 3 + len({one.stage for one in life.service.definition.recommenders})
    cuts = sorted(within(life.dice, 0, whole) for _cut in range(stages - 1))
    return [after - before for before, after in zip([0, *cuts], [*cuts, whole], strict=True)]


def _serve(life: Life) -> None:
    """A same-visit service: minutes."""
    life.until(life.at + within(life.dice, 300, 2400))
    by = user(life.office.approvers[0])
    life.facts["complete"] = True
    life.move("case.served", "awaiting_decision", by, {"receipt": "@complete"})
    if life.dice.random() < REFUSED / 3:
        _refuse(life, by)
        return
    _approve(life, by)


def _checked(life: Life, parts: Sequence[int]) -> bool:
    """Up to a complete application; False where it ended before."""
    checker = user(life.office.checker)
    life.wait(parts[0])
    life.move("case.taken", "in_verification", checker)
    life.desk("checking")
    life.wait(parts[1])
    if life.manner.lies:
        life.wait(life.manner.lies)
    rounds = 0
    while rounds < 2 and _goes_back(life, rounds):
        rounds += 1
        if not _returned(life, checker, rounds):
            return False
    if life.dice.random() < WITHDRAWN:
        life.move("case.withdrawn", "withdrawn", life.facts["opener"], {"reason": _digest(life)})
        return False
    life.facts["complete"] = True
    return True


def _goes_back(life: Life, rounds: int) -> bool:
    if life.manner.trifle:
        return not rounds
    return life.dice.random() < (AGAIN if rounds else life.service.returns)


def _returned(life: Life, checker: tuple[str, str, str], rounds: int) -> bool:
    """Asked for a repair; the second time for what was visible before, so that the term runs on."""
    pausing = rounds == 1
    wrong = ["_answers"]
    facts = {"deficient": wrong, "repeated": [] if pausing else wrong, "round": rounds, "paused": pausing}
    life.move("case.returned", "returned", checker, {**facts, "late": False})
    returned = life.at
    life.facts["repeated"] = life.facts.get("repeated", 0) + (not pausing)
    if pausing:
        life.hold("applicant", "correcting")
        life.due = None
    if pausing and not life.manner.trifle and life.dice.random() < LAPSED:
        life.until((life.days.later(life.at // 86_400, 30) + 1) * 86_400)
        life.facts.setdefault("pauses", []).append(("correcting", returned, life.at))
        life.move("case.lapsed", "lapsed", system("sweeper"))
        return False
    life.wait(within(life.dice, 1, 9) if pausing and not (life.manner.soon or life.manner.trifle) else 0)
    life.facts["round"] = rounds + 1
    key = life.new_id()
    opener = life.facts["opener"]
    life.move("case.resubmitted", "submitted", opener, {"round": rounds + 1, "key": key, "paused": pausing})
    life.facts["key"] = key
    if pausing:
        life.facts.setdefault("pauses", []).append(("correcting", returned, life.at))
        _arrive(life)
    else:
        life.desk("queued")
    life.wait(0)
    life.move("case.taken", "in_verification", checker)
    life.desk("checking")
    life.wait(0 if life.manner.trifle else within(life.dice, 0, 1))
    return True


def _advised(life: Life, parts: Sequence[int]) -> None:
    """Every agency asked answers, stage by stage."""
    asked, checker = life.service.definition.recommenders, user(life.office.checker)
    to = "awaiting_recommendations" if asked else "awaiting_decision"
    stages = sorted({one.stage for one in asked})
    first = [one.agency for one in asked if one.stage == stages[0]] if asked else []
    life.move("case.accepted", to, checker, {"asked": first, "receipt": "@complete"})
    life.facts["refusing"] = life.dice.random() < REFUSED
    advice: list[dict[str, Any]] = []
    for place, stage in enumerate(stages):
        agencies = sorted(one.agency for one in asked if one.stage == stage)
        begun = life.at
        if place:
            life.say("recommendation.asked", {"stage": stage, "asked": agencies}, system("engine"))
        life.hold("agency", "recommending", agencies[0])
        life.wait(parts[2 + place])
        for agency in agencies:
            advice.append({"agency": agency, "stage": stage, "asked": begun, "given": life.at})
            verdict = "unfavourable" if life.facts["refusing"] else "favourable"
            officer = user(life.facts["officers"][agency])
            life.say("recommendation.given", {"agency": agency, "verdict": verdict, "round": 1}, officer)
            life.at += 1
    life.facts["advice"] = advice
    if asked:
        life.move("case.recommended", "awaiting_decision", user(life.facts["officers"][advice[-1]["agency"]]))
    life.desk("deciding")


def _decided(life: Life, parts: Sequence[int]) -> None:
    """The decision, or the law's where the office lets the term pass."""
    levels = life.service.definition.decision_levels
    by = user(life.office.approvers[levels - 1])
    late = life.due is not None and life.passed is None and _target(life, parts[-1]) > life.due
    if late and not life.facts["refusing"] and life.dice.random() < DEEMED:
        _deemed(life)
    else:
        life.wait(0 if life.manner.at_once else parts[-1])
    _late_in_the_day(life)
    if life.dice.random() < JUMPED * life.manner.jumps and life.state == "awaiting_decision":
        _jump(life, by, life.dice.choice(["vulnerable", "related", "ordered"]))
    elif life.manner.jump and life.state == "awaiting_decision":
        _jump(life, by, life.manner.jump)
    if life.facts["refusing"]:
        _refuse(life, by)
    else:
        _approve(life, by)


def _jump(life: Life, by: tuple[str, str, str], code: str) -> None:
    facts = {"line": "deciding", "agency": life.office.code, "service": life.service.code}
    life.facts["jump"] = code, within(life.dice, 1, 9), life.at
    life.say("case.overtaken", {**facts, "code": code, "passed": life.facts["jump"][1]}, by)


def _late_in_the_day(life: Life) -> None:
    """A decision after hours: that evening, or on the Saturday after it."""
    if life.manner.evening:
        day = life.at // 86_400
        ahead = (5 - (life.days.book.base + timedelta(days=day)).weekday()) % 7 if life.manner.weekend else 0
        life.until(max(life.at, (day + ahead) * 86_400 + life.manner.evening))


def _target(life: Life, working_days: int) -> int:
    """About when the decision would fall."""
    return life.days.later(life.at // 86_400, working_days) * 86_400 if working_days else life.at


def _deemed(life: Life) -> None:
    """The term passes and the law grants; the office confirms it some days later."""
    sweeper = system("sweeper")
    life.until((life.due or life.at) + 60)
    grant, duty = life.new_id(), life.new_id()
    life.move("case.deemed_granted", "deemed_granted", sweeper, {"law": LAW, "cause": "term"})
    life.facts["deemed"] = (grant, life.at)
    life.say("deemed.stated", {"grant": grant, "number": "@deemed", "cause": "term"}, sweeper)
    due = life.days.due(life.at, 5)
    life.facts["duty"] = [duty, life.at, due, None]
    life.say("duty.opened", {"duty": duty, "due": life.text(due)}, sweeper)
    life.wait(within(life.dice, 1, 4))


def _refuse(life: Life, by: tuple[str, str, str]) -> None:
    life.facts["decided"] = life.at
    life.facts["outcome"] = "refused"
    life.move("case.refused", "refused", by, {"reason": _digest(life)})


def _approve(life: Life, by: tuple[str, str, str]) -> None:
    life.facts["decided"] = life.at
    life.facts["outcome"] = "approved"
    if "duty" in life.facts:
        life.facts["duty"][3] = life.at
        life.say("duty.done", {}, by)
    if not life.service.charged:
        life.move("case.approved", "approved", by)
        _granted(life, by)
        return
    charge = life.facts["charge"] = life.new_id()
    amount = life.facts["amount"] = within(life.dice, 1, 60) * 25_000
    life.move("case.approved_unpaid", "awaiting_payment", by, {"amount": amount})
    life.say("charge.assessed", {"charge": charge, "amount": amount}, by)
    life.hold("payment", "paying")
    life.due, assessed = None, life.at
    life.until(life.at + 5)
    life.facts["bill"] = life.new_id(), life.at
    life.say("charge.billed", {"charge": charge, "bill": life.facts["bill"][0]}, ("gateway", "", "simulator"))
    if life.dice.random() < UNPAID:
        life.until((life.days.later(life.at // 86_400, 30) + 1) * 86_400)
        life.facts["cancelled"] = life.at
        life.move("case.lapsed", "lapsed", system("sweeper"))
        life.facts.setdefault("pauses", []).append(("paying", assessed, life.at))
        return
    life.until(life.at + within(life.dice, 600, 86_400 * one_of(life.dice, (1, 1, 2, 6))))
    life.facts["paid"] = life.at
    facts = {"charge": charge, "amount": amount, "receipt": "@payment"}
    life.move("case.settled", "approved", ("gateway", "", "simulator"), facts)
    life.facts.setdefault("pauses", []).append(("paying", assessed, life.at))
    _granted(life, by)


def _granted(life: Life, by: tuple[str, str, str]) -> None:
    """The product: at once, when the document is sealed, or when its number is noted."""
    kind = life.service.definition.product.kind
    life.facts["permit"] = life.new_id(), life.at
    life.desk("issuing")
    told = {"permit": life.facts["permit"][0], "kind": str(kind), "number": "@permit"}
    actor = ("gateway", "", "simulator") if "paid" in life.facts else by
    life.say("permit.granted", {**told, "number": "@permit" if kind is ProductKind.RENDERED else ""}, actor)
    if kind is ProductKind.RENDERED:
        life.until(life.at + within(life.dice, 2, 40))
    elif kind is ProductKind.RECORDED and not life.service.same_visit:
        life.wait(within(life.dice, 0, 2))
    done = system("documents") if kind is ProductKind.RENDERED else by
    life.move("case.issued", "issued", done, {"permit": life.facts["permit"][0]})


def _digest(life: Life) -> dict[str, str]:
    """What stands for a text that is not in the log."""
    return {"salt": f"{life.dice.getrandbits(64):016x}", "sha256": f"{life.dice.getrandbits(256):064x}"}
