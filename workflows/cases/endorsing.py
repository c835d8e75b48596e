"""Writing a decision of one level: what it rests on, what can be done against it, and by which power it is signed."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from agencies import clock, signing
from agencies.errors import Conflict, Refused
from agencies.queries import signatory_of
from workflows.cases import grounds
from workflows.cases.decisions import Decision
from workflows.cases.machine import Instance
from workflows.cases.work import Work
from workflows.definition.model import Authority
from workflows.objections import addressees, remedy


def refusal(
    work: Work,
    reason: str,
    legal_basis: str,
    missing: list[dict[str, str]],
    cites: Sequence[str] | None,
    addition: str,
) -> Decision:
    """The unfavourable decision with what it rests on and what can be done against it."""
    case = work.case
    until = addressees.last_day(case.definition, Instance.OBJECTION, clock.wib_date(work.at))
    return Decision(
        outcome=Decision.Outcome.REFUSED,
        reason=reason,
        legal_basis=legal_basis,
        missing=missing,
        grounds=grounds.cited(case, cites),
        remedy=remedy.clause(case.definition, case.agency, until, addition),
        remedy_until=until,
    )


def endorse(work: Work, decision: Decision) -> Decision:
    """Sign and write the decision of this level; not `final` when a higher level must still decide.

    A refusal ends the case at any level: whoever may not say yes alone may say no, and the remedy lies against it.
    """
    case = work.case
    levels = case.definition.decision_levels
    signed = list(case.decisions.filter(instance=case.instance).values_list("by_id", flat=True)) if levels > 1 else []
    if any(work.by.is_also(one) for one in signed):
        raise Conflict(_("Tingkat keputusan berikutnya harus diambil pejabat lain."))
    decision.case, decision.by_id, decision.at = case, work.by.signing(), work.at
    decision.instance, decision.level = case.instance, len(signed) + 1
    decision.final = decision.level >= levels or decision.outcome == Decision.Outcome.REFUSED
    decision.reason, decision.legal_basis = decision.reason.strip(), decision.legal_basis.strip()
    _sign(decision)
    decision.save(force_insert=True)
    if not decision.final:
        work.record("decision.endorsed", {"level": decision.level})
    return decision


def _sign(decision: Decision) -> None:
    """Put the power that she signs by under the decision, as it is in force now (UU 30/2014 art. 13-14).

    Raises:
        Refused: nobody gave her one, and the decision is a final one of the mall, whose power is delegated.
    """
    case = decision.case
    held = signatory_of(decision.by_id, case.agency_id)
    if held:
        decision.signatory, decision.signature = held, signing.Block.of(held).plain()
    elif decision.final and case.definition.authority is Authority.MALL:
        raise Refused(_("Wewenang tanda tangan Anda belum dicatat. Mintalah administrator mal mencatatnya."))
