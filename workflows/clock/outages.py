"""An outage of a national system, entered once: it suspends the term of exactly the cases that depend on it.

The entry is one row; the sweep gives each case its pause, so that thousands of cases cost the administrator
nothing. An outage entered afterwards counts from its begin: the term gets back every working day of it. The
ledger is append-only, so only the interval that is open at the entry is split; minutes before it stay with the
party that the ledger names already.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _

from agencies import clock
from agencies.errors import Conflict, Invalid, MallError, Missing
from workflows import permissions
from workflows.actors import Actor
from workflows.cases.machine import UNDER_TERM, CaseState
from workflows.cases.models import Case
from workflows.cases.work import Work
from workflows.clock import pauses
from workflows.clock.due import Terms
from workflows.clock.models import Reason
from workflows.clock.pause import Outage, Pause
from workflows.definition.models import ServiceVersion
from workflows.trail import services as trail

log = structlog.get_logger(__name__)
WATCH = Actor.system("outages")
RUNNING = (*UNDER_TERM, CaseState.APPROVED)
"""States whose term an outage can suspend; an approved case still waits for its product."""


@transaction.atomic
def enter_outage(
    *, by: Actor, system: str, title: str, begins_at: datetime, notice: str = "", ends_at: datetime | None = None
) -> Outage:
    """Enter an outage, before, while or after it lasts. The sweep gives every case that depends on it its pause.

    Raises `Refused`, `Conflict` (one of this system is open already), `Invalid` by field.
    """
    permissions.require(permissions.may_enter_outages(by))
    faults: dict[str, list[str]] = {}
    if system not in known_systems():
        faults["system"] = [_("Pilih sistem yang dipakai oleh suatu layanan.")]
    if not title.strip():
        faults["title"] = [_("Tulis apa yang terganggu.")]
    if ends_at and ends_at <= begins_at:
        faults["ends_at"] = [_("Akhir gangguan harus sesudah awalnya.")]
    if faults:
        raise Invalid(faults)
    if ends_at is None and Outage.objects.filter(system=system, ends_at=None).exists():
        raise Conflict(_("Gangguan sistem ini sudah tercatat dan belum berakhir."))
    row = Outage.objects.create(
        system=system,
        title=title.strip(),
        notice=notice.strip(),
        begins_at=begins_at,
        ends_at=ends_at,
        entered_by_id=by.signing(),
        entered_at=clock.now(),
    )
    _record(row, "outage.entered", by)
    return row


@transaction.atomic
def end_outage(*, outage_id: UUID, by: Actor, ends_at: datetime) -> Outage:
    """Say when it ended; every case that it holds goes on from then. Said once, and for good."""
    permissions.require(permissions.may_enter_outages(by))
    row = Outage.objects.select_for_update().filter(pk=outage_id).first()
    if row is None:
        raise Missing
    if row.ends_at:
        raise Conflict(_("Akhir gangguan ini sudah tercatat."))
    if ends_at <= row.begins_at:
        raise Invalid({"ends_at": [_("Akhir gangguan harus sesudah awalnya.")]})
    row.ends_at = ends_at
    row.save(update_fields=["ends_at"])
    _record(row, "outage.ended", by)
    return row


def _record(row: Outage, kind: str, by: Actor) -> None:
    facts = {"system": row.system, "begins": row.begins_at.isoformat()}
    ends = {"ends": row.ends_at.isoformat()} if row.ends_at else {}
    trail.record(subject_kind="outage", subject_id=row.pk, kind=kind, by=by, data={**facts, **ends})


def known_systems() -> list[str]:
    """Every system that a service in force depends on, in order. One query."""
    rows = ServiceVersion.objects.filter(state="published").values_list("body__depends_on", "body__product__system")
    return sorted({name for named, system in rows for name in (*(named or ()), system) if name})


def depending_on(system: str) -> Q:
    """Cases whose definition depends on that system."""
    versions = ServiceVersion.objects.filter(Q(body__depends_on__contains=[system]) | Q(body__product__system=system))
    return Q(service_version__in=versions)


def unsettled() -> QuerySet[Outage]:
    """Outages that have begun and whose cases have not all had their time."""
    return Outage.objects.filter(settled_at=None, begins_at__lte=clock.now())


def attribute(outage_id: UUID) -> bool:
    """Give every running case of this outage its pause; once it is over, let all of them go on."""
    row = Outage.objects.get(pk=outage_id)
    cases = Case.objects.filter(depending_on(row.system), closed_at=None, state__in=RUNNING)
    running = cases.filter(paused="").exclude(due_at=None).exclude(arrived_at__gt=row.ends_at or clock.now())
    done = _each(running.values_list("pk", flat=True), suspend, row)
    if row.ends_at is None or row.ends_at > clock.now():
        return bool(done)
    _each(Pause.objects.filter(outage=row, closed_at=None).values_list("case_id", flat=True), release, row)
    Outage.objects.filter(pk=row.pk).update(settled_at=clock.now())
    return True


def _each(ids: Iterable[UUID], do: Callable[[UUID, Outage], bool], row: Outage) -> int:
    """Each case in a transaction of its own; one that fails is logged and does not stop the others."""
    done = 0
    for case_id in list(ids):
        try:
            done += do(case_id, row)
        except MallError as error:
            log.warning("outage.passed_over", case=str(case_id), why=type(error).__name__)
    return done


@transaction.atomic
def suspend(case_id: UUID, outage: Outage) -> bool:
    """The term of this case stands still for the outage, from its begin on but from no moment twice."""
    work = Work.on(case_id, WATCH)
    case = work.case
    if case.paused or case.due_at is None or case.arrived_at is None or case.state not in RUNNING:
        return False
    before = case.pauses.exclude(effective_at=None).aggregate(last=Max("closed_at"))["last"]
    since = max(outage.begins_at, case.arrived_at, before or case.arrived_at)
    over = outage.ends_at if outage.ends_at and outage.ends_at <= work.at else None
    if case.due_at < since or (over and over <= since):
        return False
    terms = Terms.at(case.site_id, since)
    pause = Pause(case=case, reason=Reason.OUTAGE, outage=outage, asked_at=work.at)
    pauses.begin(work, pause, terms, since=since)
    case.term_passed_at = None  # a term that stood still has not passed; the sweep looks at it again
    work.record("outage.suspended", {"outage": str(outage.pk), "system": outage.system, "since": since.isoformat()})
    work.hand_on(at=since)
    if over:
        _resume(work, outage, over)
    work.finish()
    return True


@transaction.atomic
def release(case_id: UUID, outage: Outage) -> bool:
    """The outage is over: the term goes on with the days that were left when it began."""
    work = Work.on(case_id, WATCH)
    pause = Pause.objects.filter(case=work.case, outage=outage, closed_at=None).first()
    if pause is None or pause.effective_at is None or outage.ends_at is None:
        return False
    _resume(work, outage, max(outage.ends_at, pause.effective_at))
    work.finish()
    return True


def _resume(work: Work, outage: Outage, at: datetime) -> None:
    pauses.resume_from(work, Terms.at(work.case.site_id, at), at)
    work.record("outage.released", {"outage": str(outage.pk), "until": at.isoformat()})
