"""Who is asked, who visits, who decides, and does the term leave them room?"""

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Final

from workflows.definition.checks import Finding, between
from workflows.definition.grammar import nearest
from workflows.definition.kinds import Authority, DeemedRule, FieldType, Silence
from workflows.definition.model import Definition, Recommender

NO_RULE: Final = "The rule on silence is missing: state"
MOST_COMBINATIONS: Final = 2000


def check(definition: Definition, agencies: Mapping[str, str]) -> Iterator[Finding]:
    """All findings about the route."""
    yield from _agencies(definition, agencies)
    yield from _term(definition)
    yield from _visit(definition)
    yield from between("decision_levels", definition.decision_levels, 1, 3)
    yield from _objection(definition, agencies)


def _objection(definition: Definition, agencies: Mapping[str, str]) -> Iterator[Finding]:
    rule = definition.objection
    for name in ("file_days", "answer_days", "appeal_days", "appeal_answer_days"):
        yield from between(f"objection.{name}", getattr(rule, name), 1, 90)
    if rule.appeal_to and rule.appeal_to not in agencies:
        yield "objection.appeal_to", f"There is no agency '{rule.appeal_to}'{nearest(rule.appeal_to, agencies) or '.'}"


def _agencies(definition: Definition, agencies: Mapping[str, str]) -> Iterator[Finding]:
    if definition.agency not in agencies:
        yield "agency", f"There is no agency '{definition.agency}'{nearest(definition.agency, agencies) or '.'}"
    for at, one in enumerate(definition.recommenders, start=1):
        path = f"recommenders[{at}].agency"
        if one.agency not in agencies:
            yield path, f"There is no agency '{one.agency}'{nearest(one.agency, agencies) or '.'}"
        if one.agency == definition.agency:
            yield path, "The home agency cannot recommend to itself."


def _term(definition: Definition) -> Iterator[Finding]:
    term = definition.term
    yield from between("term.working_days", term.working_days, 0, 365)
    yield from between("term.answer_days", term.answer_days, 1, 365)
    yield from between("term.rounds", term.rounds, 0, 5)
    yield from between("term.duty_days", term.duty_days, 1, 30)
    if term.deemed is DeemedRule.GRANTED and not term.deemed_law.strip():
        yield "term.deemed_law", "A grant by silence needs its law."
    elif not term.deemed_law.strip():
        yield "term.deemed", f"{NO_RULE} deemed and deemed_law, here or for the agency."
    if term.working_days == 0:
        yield from _same_day(definition)
    yield from _stages(definition)


def _same_day(definition: Definition) -> Iterator[Finding]:
    """Nothing can be waited for in a service that ends in the same visit."""
    if definition.recommenders:
        yield "term.working_days", "A same-visit service (0 days) cannot ask for recommendations."
    if definition.term.deemed is DeemedRule.GRANTED:
        yield "term.deemed", "A same-visit service (0 days) has no term that could pass."
    if definition.same_visit and definition.term.rounds:
        yield "term.rounds", "A same-visit service is not returned for correction; use 0."
    if definition.same_visit and definition.decision_levels > 1:
        yield "decision_levels", "A same-visit service is decided by one officer."


def _stages(definition: Definition) -> Iterator[Finding]:
    """Stages run one after another; within one, agencies work at the same time."""
    longest: dict[int, int] = defaultdict(int)
    for at, one in enumerate(definition.recommenders, start=1):
        yield from between(f"recommenders[{at}].term_days", one.term_days, 0, 365)
        yield from between(f"recommenders[{at}].grace_days", one.grace_days, 0, 365)
        if not one.silence_law.strip():
            yield f"recommenders[{at}].silence", f"{NO_RULE} silence and silence_law, here or for the agency."
        if one.grace_days and one.silence is Silence.PROCEED:
            yield f"recommenders[{at}].grace_days", 'The case goes on at once (silence = "proceed"); leave it out.'
        longest[one.stage] = max(longest[one.stage], one.term_days)
    if set(longest) != set(range(1, len(longest) + 1)):
        yield "recommenders", "The stages must be numbered 1, 2, 3 without a gap."
    needed = sum(longest.values())
    if needed > definition.term.working_days and definition.recommenders:
        days = definition.term.working_days
        yield "term.working_days", f"{days} days are shorter than the {needed} days of the recommendations."


def _visit(definition: Definition) -> Iterator[Finding]:
    visit = definition.inspection
    visitors = [one for one in definition.recommenders if one.inspects]
    if visit is None:
        for at, one in enumerate(definition.recommenders, start=1):
            if one.inspects:
                yield f"recommenders[{at}].inspects", "There is no [inspection] to lead."
        return
    if not visit.kind.id.strip():
        yield "inspection.kind", "must not be empty."
    if visit.lead == definition.agency and definition.authority is Authority.AGENCY:
        return
    if visit.lead and visit.lead not in {one.agency for one in visitors}:
        yield "inspection.lead", f"'{visit.lead}' is no recommender that inspects."
    elif not visitors:
        yield "inspection", "Nobody inspects: mark a recommender with `inspects = true`."
    else:
        yield from _someone_visits(definition, visitors)


def _someone_visits(definition: Definition, visitors: list[Recommender]) -> Iterator[Finding]:
    """Whatever is answered, a visit that the service promises must have a visitor."""
    wanted = [one for one in visitors if definition.inspection and definition.inspection.lead in ("", one.agency)]
    if any(one.when is None for one in wanted):
        return
    names = sorted({name for one in wanted if one.when for name in one.when.names})
    values = [_possible(definition, name) for name in names]
    combinations = 1
    for some in values:
        combinations *= len(some)
    if not all(values) or combinations > MOST_COMBINATIONS:
        sentence = (
            "Whether anybody visits hangs on free answers. Let one that inspects be asked always (no `when`), or let "
            "the conditions read only required choices and yes-or-no questions that are always asked."
        )
        yield "inspection", sentence
        return
    for answers in itertools.product(*values):
        case = dict(zip(names, answers, strict=True))
        if not any(one.when.holds(case) for one in wanted if one.when):
            shown = ", ".join(f"{name} = {value}" for name, value in case.items())
            yield "inspection", f"A dead end: nobody inspects when {shown}."
            return


def _possible(definition: Definition, name: str) -> list[Any]:
    """Every answer to a required question with a closed list; empty when there is no such list."""
    field = definition.question(name)
    if not field.required or field.when is not None:
        return []
    if field.type is FieldType.BOOLEAN:
        return [True, False]
    return [option.value for option in field.options]
