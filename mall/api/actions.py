"""Every transition that a caller can ask for by name: its title, its inputs, its question, its service."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.errors import Invalid, Missing
from mall.api import inputs, questions
from mall.api.facts import Facts
from workflows.actors import Actor
from workflows.cases import services
from workflows.cases.advice import Condition
from workflows.cases.models import Case
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


def _recommend(by: Actor, case: Case, given: Given) -> object:
    given = _with_turn(given)
    advice = _of_case(case.recommendations.values_list("pk", flat=True), given.pop("recommendation"))
    given["conditions"] = [Condition(**one) for one in given["conditions"]]
    return services.give_recommendation(recommendation_id=advice, by=by, **given)


def _schedule(by: Actor, case: Case, given: Given) -> object:
    given = dict(given)
    visit = _of_case(case.inspections.values_list("pk", flat=True), given.pop("inspection"))
    return services.schedule_inspection(inspection_id=visit, by=by, **given)


def _report(by: Actor, case: Case, given: Given) -> object:
    given = dict(given)
    visit = _of_case(case.inspections.values_list("pk", flat=True), given.pop("inspection"))
    return services.report_inspection(inspection_id=visit, by=by, **given)


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
            "schedule_inspection", _("Jadwalkan pemeriksaan"), inputs.ScheduleInspection, questions.visit, _schedule
        ),
        Action("report_inspection", _("Laporkan pemeriksaan"), inputs.ReportInspection, questions.report, _report),
        Action("approve", _("Setujui"), inputs.Approve, questions.approve, _approve),
        Action("refuse", _("Tolak"), inputs.Refuse, questions.refuse, _refuse),
        Action("record_product", _("Catat nomor produk"), inputs.RecordProduct, questions.record_product, _record),
        Action("serve", _("Layani sekarang"), inputs.Serve, questions.serve, _serve),
    )
}
SUBMIT: Final = "submit"
SUBMIT_TITLE: Final = _("Kirim permohonan")


def replies(facts: Facts) -> dict[str, tuple[Promise, Reply]]:
    """For each transition, by name: its title, and whether this caller may do it now."""
    found = {SUBMIT: (SUBMIT_TITLE, questions.submit(facts))}
    return found | {name: (action.title, action.question(facts)) for name, action in ACTIONS.items()}


def open_to(actor: Actor, case: Case) -> list[str]:
    """Names of what this caller may do with the case now. Four queries."""
    return [name for name, (_title, reply) in replies(Facts.of(actor, case)).items() if reply]
