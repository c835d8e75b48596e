"""To whom an objection and an appeal go, and until when: from the definition, with the law's own terms.

An objection goes to the head of the office that decided. An appeal goes to her superior: for an office under the
regent that is the regent, in whose place the regional secretariat (SETDA) answers; an office of the state or a
company answers through its own head unless the definition names the superior.
"""

from datetime import date

from agencies.errors import Unavailable
from agencies.models import Agency, AgencyKind
from agencies.workdays import Calendar
from workflows.cases.machine import Instance
from workflows.definition.model import Definition

REGENT = "SETDA"
"""Code of the office that answers appeals in the regent's place."""
UNDER_THE_REGENT = (AgencyKind.SKPD, AgencyKind.BUMD)


def office(definition: Definition, agency: Agency, instance: Instance) -> str:
    """The code of the agency whose head answers; `agency` is the one that decided."""
    if instance is Instance.OBJECTION:
        return agency.code
    if definition.objection.appeal_to:
        return definition.objection.appeal_to
    return REGENT if agency.kind in UNDER_THE_REGENT else agency.code


def offices(definition: Definition, agency: Agency, instance: Instance) -> list[str]:
    """The office that answers and those above it, in order: where one has nobody, the next answers (`posts`).

    Above an office under the regent stands whom the catalogue names, and the regent's secretariat. An office of the
    state answers to its own ministry, which the mall does not know unless the definition names it.
    """
    above = [definition.objection.appeal_to] if definition.objection.appeal_to else []
    regent = [REGENT] if agency.kind in UNDER_THE_REGENT else []
    return list(dict.fromkeys([office(definition, agency, instance), *above, *regent]))


def superior(definition: Definition, agency: Agency) -> str:
    """Who answers the appeal, in the words of a letter."""
    code = office(definition, agency, Instance.APPEAL)
    if code == REGENT:
        return "Bupati Banyuwangi melalui Sekretariat Daerah"
    if code == agency.code:
        return f"atasan pejabat di {agency.name_id}"
    return f"pimpinan {code}"


def filing_days(definition: Definition, instance: Instance) -> int:
    """Working days in which it may be filed."""
    rule = definition.objection
    return rule.file_days if instance is Instance.OBJECTION else rule.appeal_days


def answering_days(definition: Definition, instance: Instance) -> int:
    """Working days in which it must be answered; afterwards the law answers."""
    rule = definition.objection
    return rule.answer_days if instance is Instance.OBJECTION else rule.appeal_answer_days


def last_day(definition: Definition, instance: Instance, told: date) -> date | None:
    """The last day of filing for one who was told on that day. One query.

    None while the holidays of that year are not in the table: no date is promised, and none is held against anybody.
    """
    try:
        return Calendar.load(told).add_working_days(told, filing_days(definition, instance))
    except Unavailable:
        return None
