"""The only writers of tickets. The row of the line is locked first, then its ticket: always in this order.

The line calls priority classes first, then whoever came first; a ticket that was held waits behind those who wait
then. Calling another than the next takes a code of `Reason`.
"""

from collections.abc import Callable
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from agencies import clock
from agencies.errors import Conflict, Invalid, Missing
from agencies.models import Agency, Lane, Site
from mall.counter.tickets import queries
from mall.counter.tickets.machine import PRIORITY, Outcome, Priority, Reason, TicketState
from mall.counter.tickets.models import CounterLine, Ticket
from mall.counter.tickets.permissions import may_issue, may_let_go, may_work
from workflows.actors import Actor, ActorKind
from workflows.cases.models import Case
from workflows.permissions import Reply, not_own_business, require
from workflows.trail import services as trail
from workflows.trail.chain import Facts

SUBJECT: Final = "ticket"
CHANGING: Final = (
    "state", "first", "queued_at", "called_at", "called_by", "began_at", "ended_at", "holds", "outcome", "case",
)  # fmt: skip
LETTERS: Final = 26


class OutOfTurn(Conflict):
    """Others are to be called before this ticket (409). `codes` are the reasons that are accepted."""

    def __init__(self, passed: int) -> None:
        self.passed = passed
        self.codes: tuple[str, ...] = tuple(Reason.values)
        sentence = _("Masih ada %(count)d nomor yang gilirannya lebih dahulu. Pilih alasan memanggil nomor ini.")
        super().__init__(sentence % {"count": passed}, possible=self.codes)


@transaction.atomic
def issue(*, site: str, agency: str, by: Actor, priority: str = Priority.NONE) -> Ticket:
    """Give the next number of the line of this agency at this site; the first one opens the line.

    Raises `Refused` away from the counters of the site, `Invalid` for a class or an agency that is none.
    """
    require(may_issue(by, site, agency))
    if priority not in Priority.values:
        raise Invalid({"priority": [_("Pilih golongan pengunjung.")]})
    line, at = _line_at(site, agency), clock.now()
    day = clock.wib_date(at)
    ticket = Ticket(
        line=line,
        day=day,
        seq=line.take_number(day),
        priority=priority,
        first=priority != Priority.NONE,
        issued_at=at,
        queued_at=at,
    )
    line.save(update_fields=["day", "last"])
    ticket.save(force_insert=True)
    _record(ticket, "ticket.issued", by, {"number": ticket.number, "priority": priority})
    return ticket


@transaction.atomic
def call_next(*, line_id: UUID, by: Actor) -> Ticket | None:
    """Call the next of a line; None when nobody waits. Of two who call at once each gets another.

    Raises `Refused` for who does not work there, `Conflict` while she has a ticket in hand.
    """
    line = _locked(by, may_work, pk=line_id)
    first = queries.waiting(line).order_by(*queries.ORDER).first()
    if first is None:
        return None
    first.line = line
    return _called(first, by, "")


@transaction.atomic
def call(*, ticket_id: UUID, by: Actor, reason: str = "") -> Ticket:
    """Call this one. Before its turn that takes a code of `Reason`; a priority class is a reason by itself.

    Raises `OutOfTurn` (409) where no reason is given, `Invalid` for one that is not on the list, and what `call_next`
    raises.
    """
    ticket = _ticket(ticket_id, by)
    if ticket.state == TicketState.WAITING and ticket.day != clock.today():
        raise Conflict(_("Nomor ini dari hari lain. Berikan nomor baru."))
    return _called(ticket, by, reason)


@transaction.atomic
def hold(*, ticket_id: UUID, by: Actor) -> Ticket:
    """Nobody came: it waits again, behind those who wait now, and without precedence."""
    ticket, at = _ticket(ticket_id, by), clock.now()
    ticket.queued_at, ticket.called_at, ticket.called_by, ticket.first = at, None, None, False
    ticket.holds += 1
    return _moved(ticket, ticket.hold, "ticket.held", by, {"holds": ticket.holds})


@transaction.atomic
def begin(*, ticket_id: UUID, by: Actor) -> Ticket:
    """The visitor has come to the counter."""
    ticket = _ticket(ticket_id, by)
    ticket.began_at = clock.now()
    return _moved(ticket, ticket.begin, "ticket.begun", by)


@transaction.atomic
def finish(*, ticket_id: UUID, by: Actor, outcome: str, case_id: UUID | None = None) -> Ticket:
    """Close it with what the visitor went home with; nothing is closed without.

    Raises `Invalid` where the outcome is not on the list or names no application that was handed in, `Refused` for an
    application that touches whoever serves.
    """
    ticket = _ticket(ticket_id, by)
    if outcome not in Outcome.values:
        raise Invalid({"outcome": [_("Pilih hasil layanan.")]})
    case = _case(case_id, by) if outcome == Outcome.CASE else None
    ticket.outcome, ticket.case, ticket.ended_at = outcome, case, clock.now()
    return _moved(
        ticket, ticket.finish, "ticket.served", by, {"outcome": outcome, "case": str(case.pk) if case else ""}
    )


@transaction.atomic
def leave(*, ticket_id: UUID, by: Actor) -> Ticket:
    """The visitor has gone before being served; or the day is over, where the mall itself says so."""
    ticket = _ticket(ticket_id, by, may_let_go)
    ticket.ended_at = clock.now()
    code = "closed" if by.kind is ActorKind.SYSTEM else "gone"
    return _moved(ticket, ticket.leave, "ticket.left", by, {"code": code})


def _called(ticket: Ticket, by: Actor, reason: str) -> Ticket:
    held = queries.in_hand(by)
    if held:
        raise Conflict(_("Selesaikan lebih dahulu nomor %(number)s yang sedang Anda pegang.") % {"number": held[0]})
    passed, code = _turn(ticket, reason) if ticket.state == TicketState.WAITING else (0, "")
    ticket.called_by_id, ticket.called_at = by.signing(), clock.now()
    return _moved(ticket, ticket.call, "ticket.called", by, {"passed": passed, "code": code})


def _turn(ticket: Ticket, reason: str) -> tuple[int, str]:
    """How many this call passes over, and by which code."""
    ahead, came = queries.before(ticket)
    if not ahead:
        return came, PRIORITY if came else ""
    if not reason:
        raise OutOfTurn(ahead)
    if reason not in Reason.values:
        raise Invalid({"reason": [_("Pilih alasan dari daftar.")]})
    return ahead, reason


def _moved(ticket: Ticket, transition: Callable[[], None], kind: str, by: Actor, data: Facts | None = None) -> Ticket:
    """Run the transition, save, and append its event."""
    try:
        transition()
        ticket.save(update_fields=CHANGING)
    except TransitionNotAllowed as error:
        label = TicketState(ticket.state).label
        raise Conflict(_("Nomor %(number)s: %(state)s.") % {"number": ticket, "state": label}) from error
    except IntegrityError as error:
        raise Conflict(_("Anda baru saja memanggil nomor lain.")) from error
    _record(ticket, kind, by, data)
    return ticket


def _record(ticket: Ticket, kind: str, by: Actor, data: Facts | None = None) -> None:
    where: Facts = {"site": ticket.line.site_id, "line": ticket.line.agency_id}
    trail.record(subject_kind=SUBJECT, subject_id=ticket.pk, kind=kind, by=by, data={**where, **(data or {})})


def _locked(by: Actor, may: Callable[[Actor, CounterLine], Reply], **which: UUID) -> CounterLine:
    line = CounterLine.objects.select_for_update(of=("self",), no_key=True).filter(**which).first()
    if line is None:
        raise Missing
    require(may(by, line))
    return line


def _ticket(ticket_id: UUID, by: Actor, may: Callable[[Actor, CounterLine], Reply] = may_work) -> Ticket:
    """The ticket under the lock of its line. Two statements."""
    line = _locked(by, may, tickets=ticket_id)
    ticket = Ticket.objects.select_for_update(of=("self",), no_key=True).get(pk=ticket_id)
    ticket.line = line
    return ticket


def _line_at(site: str, agency: str) -> CounterLine:
    rows = CounterLine.objects.select_for_update(of=("self",), no_key=True).filter(site=site, agency=agency)
    return rows.first() or _opened(site, agency, rows)


def _opened(site: str, agency: str, rows: QuerySet[CounterLine]) -> CounterLine:
    """A new line under the next letter; the lock of the site keeps two agencies from one letter."""
    place = Site.objects.select_for_update(no_key=True).filter(pk=site).first()
    if place is None or not Agency.objects.filter(pk=agency, active=True).exists():
        raise Invalid({"agency": [_("Pilih antrean dari daftar.")]})
    if found := rows.all().first():
        return found
    letter = _letter(CounterLine.objects.filter(site=site).count())
    return CounterLine.objects.create(site_id=site, agency_id=agency, letter=letter, day=clock.today())


def _letter(place: int) -> str:
    """A to Z, then AA, AB, …"""
    more, own = divmod(place, LETTERS)
    return (chr(ord("A") + more - 1) if more else "") + chr(ord("A") + own)


def _case(case_id: UUID | None, by: Actor) -> Case:
    """The application that was handed in; `Invalid` where there is none."""
    rows = Case.objects.filter(lane=Lane.REAL, reference__isnull=False)
    shown = rows.select_related("applicant", "organisation", "service_version")
    case = shown.filter(pk=case_id).first() if case_id else None
    if case is None:
        raise Invalid({"case": [_("Tulis nomor tanda terima permohonan yang sudah diajukan.")]})
    require(not_own_business(by, case))
    return case
