"""What each call of the API sends when it is filled rightly."""

from collections.abc import Callable

from agencies import clock
from tests.security.bodies import WORDS, Data, colleague, number_of, substitute, track
from tests.security.things import Thing, World
from workflows.cases.verification import to_check


def marks(thing: Thing, deficient: bool) -> Data:
    """A checklist as the API takes it."""
    codes = to_check(thing.case)
    found: dict[str, Data] = {code: {"verdict": "ok"} for code in codes}
    if deficient:
        found[codes[-1]] = {"verdict": "deficient", "note": WORDS}
    return {"marks": found}


def advice(thing: Thing) -> Data:
    """A recommendation as the API takes it."""
    asked = str(thing.ids["recommendation_id"])
    return {"recommendation": asked, "verdict": "favourable", "reason": WORDS, "legal_basis": WORDS}


def visit(thing: Thing, **said: str) -> Data:
    """What is said of a visit."""
    return {"inspection": str(thing.ids["inspection_id"]), **said}


def today() -> str:
    """The day, as machines write it."""
    return clock.today().isoformat()


def again(thing: Thing) -> Data:
    """Why another answer is wanted."""
    return {"recommendation": str(thing.ids["given_id"]), "reason": WORDS}


LINES = {"awaiting_recommendations": "advising", "awaiting_decision": "deciding"}
REASONS = {"reason": WORDS, "legal_basis": "UU 30/2014", "cites": ["_answers"]}
JSON: dict[str, Callable[[World, Thing], Data]] = {
    "api:tracking": lambda _w, t: track(t),
    "api:cases": lambda _w, _t: {"service": "DPMPTSP-SIP-DOKTER"},
    "api:answers": lambda _w, t: {t.case.definition.fields[0].name: WORDS},
    "api:attachments": lambda _w, t: {"requirement": t.ids["paper"], "file_id": str(t.ids["file_id"])},
    "api:submission": lambda _w, _t: {},
    "api:case_objections": lambda _w, _t: {"reason": WORDS},
    "api:objection_answer": lambda _w, _t: {"outcome": "uphold", "answer": WORDS, "legal_basis": WORDS},
    "api:objection_withdrawal": lambda _w, _t: {},
    "api:nowhere": lambda _w, _t: {},
    "api:transitions withdraw": lambda _w, _t: {"reason": WORDS},
    "api:transitions take": lambda _w, _t: {},
    "api:transitions accept": lambda _w, t: marks(t, deficient=False),
    "api:transitions return": lambda _w, t: marks(t, deficient=True),
    "api:transitions give_recommendation": lambda _w, t: advice(t),
    "api:transitions schedule_inspection": lambda _w, t: visit(t, day=today()),
    "api:transitions report_inspection": lambda _w, t: visit(t, held_on=today(), result="fit", findings=WORDS),
    "api:transitions approve": lambda _w, _t: {"reason": WORDS},
    "api:transitions refuse": lambda _w, _t: REASONS,
    "api:transitions record_product": lambda _w, t: {"number": number_of(t), "issued_on": today()},
    "api:transitions recall_recommendation": lambda _w, t: again(t),
    "api:transitions ask_recommendation_again": lambda _w, t: again(t),
    "api:transitions draw_inspector": lambda _w, t: visit(t),
    "api:transitions appoint_inspector": lambda w, t: visit(
        t, user_id=str(substitute(t, w.people.actor(w.asking).user_id)), code="absent", reason=WORDS
    ),
    "api:transitions ask_repair": lambda _w, _t: {"what": [{"text": WORDS}]},
    "api:transitions answer_repair": lambda _w, _t: {"answer": WORDS},
    "api:transitions declare_force_majeure": lambda _w, _t: {"note": WORDS},
    "api:transitions end_force_majeure": lambda _w, _t: {},
    "api:transitions second_pause": lambda _w, t: {"pause": str(t.ids["pause_id"])},
    "api:transitions decline_pause": lambda _w, t: {"pause": str(t.ids["pause_id"])},
    "api:transitions claim": lambda _w, t: {"line": LINES.get(str(t.case.state), "checking")},
    "api:transitions release": lambda _w, _t: {"line": "checking"},
    "api:transitions hand_over": lambda w, t: {"line": "checking", "to": str(colleague(w, t)), "reason": WORDS},
    "api:transitions serve": lambda _w, t: {"approved": True, "reason": WORDS, "number": number_of(t)},
}
