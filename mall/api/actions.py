"""Every transition that a caller can ask for by name: its title, its inputs, its question, its service."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.errors import Invalid, Missing
from mall.api import asides, inputs, questions
from mall.api.facts import Facts
from workflows.actors import Actor
from workflows.cases import repairs, services
from workflows.cases.advice import Condition
from workflows.cases.models import Case
from workflows.clock import services as pauses
from workflows.duties import services as duties
from workflows.duties.lines import Line
from workflows.duties.order import Jump
from workflows.permissions import Reply

Given = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Action:
    """One transition. `perform` gets the caller, the case and the parsed inputs without the name."""

    name: str
    title: Promise
    inputs: type[inputs.Transition]
    question: Callable[[Facts], Reply]
    perform: Callable[[Actor, Case, Given], object]


def _withdraw(by: Actor, case: Case, given: Given) -> object:
    return services.withdraw(case_id=case.pk, by=by, **given)


def _take(by: Actor, case: Case, given: Given) -> object:
    return services.take(case_id=case.pk, by=by, **_with_turn(given))


def _accept(by: Actor, case: Case, given: Given) -> object:
    return _ticked(services.accept, by, case, given)


def _return(by: Actor, case: Case, given: Given) -> object:
    return _ticked(services.return_to_applicant, by, case, given)


def _ticked(do: Callable[..., object], by: Actor, case: Case, given: Given) -> object:
    """With the ticks as the engine takes them; what it says of one is told with its place in the body."""
    marks = {code: (mark["verdict"], mark["note"]) for code, mark in given["marks"].items()}
    try:
        return do(case_id=case.pk, by=by, marks=marks)
    except Invalid as error:
        raise Invalid({code and f"mark:{code}": told for code, told in error.fields.items()}) from error


def _another(do: Callable[..., object]) -> Callable[[Actor, Case, Given], object]:
    """One of the two ways to a second answer, by the recommendation of this case."""

    def perform(by: Actor, case: Case, given: Given) -> object:
        advice = _of_case(case.recommendations.values_list("pk", flat=True), given["recommendation"])
        return do(recommendation_id=advice, by=by, reason=given["reason"])

    return perform


def _of_visit(do: Callable[..., object]) -> Callable[[Actor, Case, Given], object]:
    """What is done to one visit of this case."""

    def perform(by: Actor, case: Case, given: Given) -> object:
        said = dict(given)
        visit = _of_case(case.inspections.values_list("pk", flat=True), said.pop("inspection"))
        return do(inspection_id=visit, by=by, **said)

    return perform


def _signing(do: Callable[..., object]) -> Callable[[Actor, Case, Given], object]:
    """What is done to a pause of this case that waits for a signature."""

    def perform(by: Actor, case: Case, given: Given) -> object:
        return do(pause_id=_of_case(case.pauses.values_list("pk", flat=True), given["pause"]), by=by)

    return perform


def _of_whole(do: Callable[..., object]) -> Callable[[Actor, Case, Given], object]:
    """What takes the case and the inputs as they are."""
    return lambda by, case, given: do(case_id=case.pk, by=by, **given)


def _ask_repair(by: Actor, case: Case, given: Given) -> object:
    asked = frozenset(case.recommendations.exclude(asked_at=None).values_list("agency_id", flat=True))
    agency = repairs.office_of(by, case, asked) or case.agency_id
    what, about = [one["text"] for one in given["what"]], [one["about"] for one in given["what"]]
    return services.ask_repair(case_id=case.pk, by=by, agency=agency, what=what, about=about)


def _claim(by: Actor, case: Case, given: Given) -> object:
    said = _with_turn(given)
    return duties.claim(case_id=case.pk, by=by, line=Line(said["line"]), jump=said["jump"])


def _release(by: Actor, case: Case, given: Given) -> object:
    return duties.release(case_id=case.pk, by=by, line=Line(given["line"]))


def _hand_over(by: Actor, case: Case, given: Given) -> object:
    return duties.hand_over(case_id=case.pk, by=by, **{**given, "line": Line(given["line"])})


def _recommend(by: Actor, case: Case, given: Given) -> object:
    given = _with_turn(given)
    advice = _of_case(case.recommendations.values_list("pk", flat=True), given.pop("recommendation"))
    given["conditions"] = [Condition(**one) for one in given["conditions"]]
    return services.give_recommendation(recommendation_id=advice, by=by, **given)


def _with_turn(given: Given) -> dict[str, Any]:
    """The inputs as the engine takes them: the reason for going out of turn is one thing."""
    said = dict(given)
    return said | {"jump": Jump(said.pop("overtaking"), said.pop("overtaking_note"))}


def _of_case(known: Any, wanted: UUID) -> UUID:
    """The id, if it belongs to the case of the address; a part of another case is not there."""
    if wanted not in set(known):
        raise Missing
    return wanted


def _approve(by: Actor, case: Case, given: Given) -> object:
    return services.approve(case_id=case.pk, by=by, **_with_turn(given))


def _refuse(by: Actor, case: Case, given: Given) -> object:
    return services.refuse(case_id=case.pk, by=by, **_with_turn(given))


def _record(by: Actor, case: Case, given: Given) -> object:
    return services.record_product(case_id=case.pk, by=by, **given)


def _serve(by: Actor, case: Case, given: Given) -> object:
    return services.serve(case_id=case.pk, by=by, **given)


ASIDE: Final = (
    Action(
        "recall_recommendation",
        _("Tarik kembali rekomendasi"),
        inputs.AnotherAnswer,
        asides.recall,
        _another(services.recall_recommendation),
    ),
    Action(
        "ask_recommendation_again",
        _("Minta ulang rekomendasi"),
        inputs.AnotherAnswer,
        asides.ask_again,
        _another(services.ask_again),
    ),
    Action(
        "draw_inspector",
        _("Undi petugas pemeriksa"),
        inputs.DrawInspector,
        asides.draw,
        _of_visit(services.draw_inspector),
    ),
    Action(
        "appoint_inspector",
        _("Ganti petugas terundi"),
        inputs.AppointInspector,
        asides.appoint,
        _of_visit(services.appoint_inspector),
    ),
    Action("ask_repair", _("Minta perbaikan kepada pemohon"), inputs.AskRepair, asides.ask_repair, _ask_repair),
    Action(
        "answer_repair",
        _("Jawab permintaan perbaikan"),
        inputs.AnswerRepair,
        asides.answer_repair,
        _of_whole(services.answer_repair),
    ),
    Action(
        "declare_force_majeure",
        _("Nyatakan keadaan kahar"),
        inputs.ForceMajeure,
        asides.declare_force_majeure,
        _of_whole(pauses.declare_force_majeure),
    ),
    Action(
        "end_force_majeure",
        _("Akhiri keadaan kahar"),
        inputs.Transition,
        asides.end_force_majeure,
        _of_whole(pauses.end_force_majeure),
    ),
    Action(
        "second_pause",
        _("Tanda tangan kedua: hentikan waktu"),
        inputs.Signing,
        asides.second,
        _signing(pauses.second_pause),
    ),
    Action(
        "decline_pause",
        _("Tolak penghentian waktu"),
        inputs.Signing,
        asides.second,
        _signing(pauses.decline_pause),
    ),
    Action("claim", _("Ambil untuk dikerjakan"), inputs.Claim, asides.claim, _claim),
    Action("release", _("Lepaskan ke antrean"), inputs.Release, asides.let_go, _release),
    Action("hand_over", _("Serahkan kepada rekan"), inputs.HandOver, asides.let_go, _hand_over),
)
"""What stops a case, asks anew, or moves it between colleagues."""
ACTIONS: Final[dict[str, Action]] = {
    action.name: action
    for action in (
        Action("withdraw", _("Cabut permohonan"), inputs.Withdraw, questions.withdraw, _withdraw),
        Action("take", _("Ambil dan periksa"), inputs.Take, questions.take, _take),
        Action("accept", _("Nyatakan lengkap"), inputs.Ticked, questions.accept, _accept),
        Action("return", _("Kembalikan untuk diperbaiki"), inputs.Ticked, questions.send_back, _return),
        Action(
            "give_recommendation", _("Beri rekomendasi"), inputs.GiveRecommendation, questions.recommend, _recommend
        ),
        Action(
            "schedule_inspection",
            _("Jadwalkan pemeriksaan"),
            inputs.ScheduleInspection,
            questions.visit,
            _of_visit(services.schedule_inspection),
        ),
        Action(
            "report_inspection",
            _("Laporkan pemeriksaan"),
            inputs.ReportInspection,
            questions.report,
            _of_visit(services.report_inspection),
        ),
        Action("approve", _("Setujui"), inputs.Approve, questions.approve, _approve),
        Action("refuse", _("Tolak"), inputs.Refuse, questions.refuse, _refuse),
        Action("record_product", _("Catat nomor produk"), inputs.RecordProduct, questions.record_product, _record),
        Action("serve", _("Layani sekarang"), inputs.Serve, questions.serve, _serve),
        *ASIDE,
    )
}
SUBMIT: Final = "submit"
SUBMIT_TITLE: Final = _("Kirim permohonan")


def replies(facts: Facts) -> dict[str, tuple[Promise, Reply]]:
    """For each transition, by name: its title, and whether this caller may do it now."""
    found = {SUBMIT: (SUBMIT_TITLE, questions.submit(facts))}
    return found | {name: (action.title, action.question(facts)) for name, action in ACTIONS.items()}


def open_to(actor: Actor, case: Case) -> list[str]:
    """Names of what this caller may do with the case now. Seven queries."""
    return [name for name, (_title, reply) in replies(Facts.of(actor, case)).items() if reply]
