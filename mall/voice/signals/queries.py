"""Readers of the signals. Nothing here writes."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from agencies.errors import Missing
from mall.voice.levies.permissions import may_inspect
from mall.voice.signals.models import Signal, SignalNote, SignalRun
from mall.voice.signals.permissions import may_read, offices_of
from workflows.actors import Actor
from workflows.cases.models import Case
from workflows.paging import Page, page
from workflows.permissions import not_own_business, require, require_seen
from workflows.trail.models import Event

MOST_MONTHS = 24


def runs() -> list[SignalRun]:
    """The months that were counted, latest first. One query."""
    return list(SignalRun.objects.order_by("-month")[:MOST_MONTHS])


def readable(actor: Actor) -> QuerySet[Signal]:
    """The signals that exist for this inspector, each with its latest `verdict`. `Refused` for anybody else."""
    require(may_inspect(actor))
    latest = SignalNote.objects.filter(signal=OuterRef("pk")).order_by("-at", "-id").values("verdict")[:1]
    rows = Signal.objects.exclude(officer_id__in=[actor.signing(), *actor.bonds.accounts])
    rows = rows.exclude(agency_id__in=offices_of(actor)).select_related("officer", "agency")
    annotated: QuerySet[Signal] = rows.annotate(verdict=Subquery(latest))
    return annotated


def signals_of(actor: Actor, run: SignalRun, *, cursor: str = "") -> Page[Signal]:
    """Those of one month, most to look at first. One query."""
    return page(readable(actor).filter(run=run), order=("place", "id"), cursor=cursor)


def signal_for(actor: Actor, signal_id: UUID) -> Signal:
    """One signal for an inspector who may read it, else `Missing`. One query."""
    require(may_inspect(actor))
    found = Signal.objects.select_related("officer", "agency", "run").filter(pk=signal_id).first()
    if found is None:
        raise Missing
    require_seen(may_read(actor, found))
    return found


def notes_of(signal: Signal) -> list[SignalNote]:
    """What inspectors wrote about this sign of this officer, in any month, oldest first. One query."""
    same = SignalNote.objects.filter(signal__officer=signal.officer_id, signal__kind=signal.kind)
    return list(same.select_related("by", "report", "signal__run").order_by("at", "id"))


def cases_of(signal: Signal) -> Sequence[Case]:
    """The cases to look at, latest first, without applicants. One query."""
    rows = Case.objects.filter(pk__in=signal.cases).select_related("service", "agency").defer("answers")
    by_id = {one.pk: one for one in rows}
    return [by_id[pk] for pk in signal.cases if pk in by_id]


def case_for(actor: Actor, signal: Signal, case_id: UUID) -> Case:
    """One of them; `Missing` where it is none of them, or touches the inspector herself. One query."""
    if case_id not in signal.cases:
        raise Missing
    shown = ("service", "agency", "service_version", "applicant", "organisation")
    case = Case.objects.select_related(*shown).filter(pk=case_id).first()
    if case is None:
        raise Missing
    require_seen(not_own_business(actor, case))
    return case


def life_of(case: Case) -> list[Event]:
    """What happened to it, oldest first. One query."""
    return list(Event.objects.filter(subject_kind="case", subject_id=case.pk).order_by("seq"))
