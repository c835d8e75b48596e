"""The applicant files, or takes back, an objection or an appeal."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from agencies import clock
from agencies.errors import Conflict, Invalid
from workflows import permissions
from workflows.actors import Actor
from workflows.cases.decisions import Decision
from workflows.cases.machine import CaseState, Instance
from workflows.cases.mandates import Presented
from workflows.cases.models import Case
from workflows.cases.work import Work
from workflows.clock.due import Terms
from workflows.objections import addressees, passing, posts
from workflows.objections.locking import opened
from workflows.objections.models import Objection, ObjectionMandate, ObjectionState
from workflows.objections.remedy import day
from workflows.trail.chain import digest


@transaction.atomic
def file_objection(
    *, case_id: UUID, by: Actor, reason: str, key: UUID | None = None, presented: Presented | None = None
) -> Objection:
    """File what comes next: the objection against the refusal, or the appeal after a rejected objection.

    By the applicant, her organisation, the clerk with her mandate, or any clerk who notes on what ground somebody
    has come (`presented`). The same `key` again gives what it made.

    Raises:
        Missing: not her case. Invalid: no reason, or nobody named. Conflict: nothing can be filed, or its last day
        has passed.
    """
    work = Work.on(case_id, by)
    case = work.case
    permissions.require_seen((permissions.may_speak_for if presented else permissions.may_edit)(by, case))
    if key and (known := Objection.objects.filter(key=key, case=case).first()):
        return known
    _require_whole(reason, presented)
    opening = open_to(case)
    if opening is None:
        raise work.conflict()
    opening.require_in_time(clock.wib_date(work.at))
    made = _written(work, opening, reason.strip(), key)
    if presented:
        ObjectionMandate.objects.create(objection=made, **presented.noted(by.signing(), work.at))
    work.finish()
    return made


def _require_whole(reason: str, presented: Presented | None) -> None:
    faults: dict[str, Sequence[str]] = {} if reason.strip() else {"reason": [_("Tulis alasan keberatan Anda.")]}
    try:
        if presented:
            presented.require_whole()
    except Invalid as fault:
        faults |= fault.fields
    if faults:
        raise Invalid(faults)


def _written(work: Work, opening: "Opening", reason: str, key: UUID | None) -> Objection:
    """The row and its event, addressed to whoever answers today."""
    case, instance = work.case, opening.instance
    first = posts.first(case, instance)
    made = Objection(
        case=case,
        decision=opening.decision,
        instance=instance,
        agency_id=first.agency,
        post=first.role,
        reason=reason,
        key=key,
        filed_by_id=work.by.signing(),
        filed_at=work.at,
        due_at=Terms.at(case.site_id, work.at).due(work.at, addressees.answering_days(case.definition, instance)),
    )
    found = posts.find(case, instance)
    if found:
        passing.address(work, made, found)
    told = {"first": first.agency, "reason": digest(reason)}
    work.record("objection.filed", {**passing.facts(made), **told})
    if found is None:
        passing.address(work, made, None)
    made.save(force_insert=True)
    return made


@transaction.atomic
def withdraw_objection(*, objection_id: UUID, by: Actor) -> Objection:
    """Take an unanswered objection or appeal back; the refusal stands, and it cannot be filed again.

    Raises:
        Missing: none of hers. Conflict: it has been answered meanwhile.
    """
    work, objection = opened(objection_id, by)
    permissions.require_seen(permissions.may_edit(by, work.case))
    if objection.state != ObjectionState.FILED:
        raise Conflict(_("Keberatan ini sudah dijawab."))
    objection.withdraw()
    objection.closed_at = work.at
    objection.save()
    work.record("objection.withdrawn", {"objection": str(objection.pk), "instance": str(objection.instance)})
    work.finish()
    return objection


class Opening:
    """What may be filed next against a refusal, and until when."""

    def __init__(self, instance: Instance, decision: Decision, told: date, promised: date | None, case: Case) -> None:
        self.instance = instance
        self.decision = decision
        counted = addressees.last_day(case.definition, instance, told)
        self.until = max(promised, counted) if promised and counted else None
        """Its last day; None while none could be promised. A holiday that came later only lengthens it."""

    def is_open(self, today: date) -> bool:
        """May it still be filed on that day?"""
        return self.until is None or today <= self.until

    def require_in_time(self, today: date) -> None:
        """Raise `Conflict` naming the last day when it has passed."""
        if self.until is not None and not self.is_open(today):
            sentence = (
                _("Hari terakhir untuk mengajukan keberatan adalah %(day)s; waktu itu sudah lewat.")
                if self.instance is Instance.OBJECTION
                else _("Hari terakhir untuk mengajukan banding adalah %(day)s; waktu itu sudah lewat.")
            )
            raise Conflict(sentence % {"day": day(self.until)})


def open_to(case: Case) -> Opening | None:
    """What the applicant of this case may file now; None where nothing. Three queries for a refused case.

    A withdrawn objection ends the way: whoever took it back accepted the refusal.
    """
    if case.state != CaseState.REFUSED:
        return None
    refusal = case.decisions.filter(final=True, outcome=Decision.Outcome.REFUSED).order_by("-at").first()
    if refusal is None:
        return None
    last = case.objections.order_by("-filed_at").first()
    if last is None:
        return Opening(Instance.OBJECTION, refusal, clock.wib_date(refusal.at), refusal.remedy_until, case)
    if last.state == ObjectionState.REJECTED and last.instance == Instance.OBJECTION and last.closed_at:
        return Opening(Instance.APPEAL, refusal, clock.wib_date(last.closed_at), last.appeal_until, case)
    return None
