"""What inspectors do with a report: begin, write to the reporter, forward, close, step aside."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from agencies import clock
from agencies.errors import Conflict, Invalid
from agencies.models import User
from mall.voice.levies.machine import LevyOutcome, LevyState
from mall.voice.levies.models import Forwarded, LevyNote, LevyRecusal, LevyReport
from mall.voice.levies.permissions import may_handle, may_inspect, may_read
from mall.voice.levies.queries import report_for
from mall.voice.levies.services.filing import SUBJECT, is_named
from workflows.actors import Actor
from workflows.permissions import require, require_seen
from workflows.trail import services as trail
from workflows.trail.chain import Facts, digest


@dataclass(slots=True)
class _Handling:
    """A locked report and what is being done to it: lock, question, clock, transition, save, event."""

    report: LevyReport
    by: Actor
    at: datetime = field(default_factory=clock.now)

    @classmethod
    def on(cls, report_id: UUID, by: Actor, *, hers: bool = True) -> Self:
        """Lock it and ask; a report that this inspector may not read does not exist for her."""
        require(may_inspect(by))
        report = LevyReport.locked(report_id)
        require_seen(may_read(by, report))
        if hers:
            require(may_handle(by, report))
        return cls(report, by)

    def move(self, transition: Callable[[], None]) -> None:
        """Run a transition of the machine."""
        try:
            transition()
        except TransitionNotAllowed as error:
            label = LevyState(self.report.state).label
            raise Conflict(_("Laporan ini sudah berstatus “%(state)s”.") % {"state": label}) from error

    def write(self, kind: LevyNote.Kind, text: str) -> None:
        """Say something to the reporter."""
        if not text.strip():
            raise Invalid({"text": [_("Tulis jawaban untuk pelapor.")]})
        LevyNote.objects.create(report=self.report, kind=kind, text=text, by_id=self.by.signing(), at=self.at)

    def finish(self, kind: str, data: Facts) -> LevyReport:
        """Save the row and append the event."""
        self.report.save(
            update_fields=["state", "taken_by", "taken_at", "forwarded_to", "outcome", "closed_at"],
        )
        trail.record(subject_kind=SUBJECT, subject_id=self.report.pk, kind=kind, by=self.by, data=data)
        return self.report


@transaction.atomic
def read_report(*, report_id: UUID, by: Actor) -> LevyReport:
    """Open a report; that she looked is an event."""
    report = report_for(by, report_id)
    trail.record(subject_kind=SUBJECT, subject_id=report.pk, kind="levy.read", by=by)
    return report


@transaction.atomic
def take(*, report_id: UUID, by: Actor) -> LevyReport:
    """Begin, or take over from a colleague.

    Raises `Missing` for an inspector with a tie to the report, `Conflict` once it is closed.
    """
    work = _Handling.on(report_id, by, hers=False)
    if work.report.closed_at is not None:
        raise Conflict(_("Laporan ini sudah selesai."))
    user_id = by.signing()
    if is_named(User.objects.get(pk=user_id).name, work.report.named):
        raise Conflict(_("Nama Anda disebut dalam laporan ini. Mundurlah, agar rekan Anda yang memeriksanya."))
    work.report.taken_by_id, work.report.taken_at = user_id, work.at
    if work.report.state == LevyState.FILED:
        work.move(work.report.take)
    return work.finish("levy.taken", {})


@transaction.atomic
def write(*, report_id: UUID, by: Actor, text: str) -> LevyReport:
    """A question or an interim word to the reporter."""
    work = _Handling.on(report_id, by)
    if work.report.closed_at is not None:
        raise Conflict(_("Laporan ini sudah selesai."))
    work.write(LevyNote.Kind.MESSAGE, text)
    return work.finish("levy.written", {"text": digest(text)})


@transaction.atomic
def forward(*, report_id: UUID, by: Actor, to: str, text: str) -> LevyReport:
    """Hand it to another authority, with a written answer to the reporter."""
    work = _Handling.on(report_id, by)
    if to not in Forwarded.values:
        raise Invalid({"to": [_("Pilih kepada siapa laporan diteruskan.")]})
    work.move(work.report.forward)
    work.report.forwarded_to = to
    work.write(LevyNote.Kind.FORWARDED, text)
    return work.finish("levy.forwarded", {"to": to, "text": digest(text)})


@transaction.atomic
def close(*, report_id: UUID, by: Actor, outcome: str, text: str) -> LevyReport:
    """Say what was found, with a written answer to the reporter."""
    work = _Handling.on(report_id, by)
    if outcome not in LevyOutcome.values:
        raise Invalid({"outcome": [_("Pilih hasil pemeriksaan.")]})
    work.move(work.report.close)
    work.report.outcome, work.report.closed_at = outcome, work.at
    work.write(LevyNote.Kind.CLOSED, text)
    return work.finish("levy.closed", {"outcome": outcome, "text": digest(text)})


@transaction.atomic
def step_aside(*, report_id: UUID, by: Actor) -> LevyReport:
    """Keep away from this report from now on; it waits for somebody else."""
    work = _Handling.on(report_id, by, hers=False)
    if work.report.closed_at is not None:
        raise Conflict(_("Laporan ini sudah selesai."))
    if by.is_also(work.report.taken_by_id) and work.report.state == LevyState.IN_REVIEW:
        work.move(work.report.put_back)
        work.report.taken_by_id, work.report.taken_at = None, None
    LevyRecusal.objects.create(report=work.report, user_id=by.signing(), why=LevyRecusal.Why.ASIDE)
    return work.finish("levy.stepped_aside", {})
