"""Suspending the term of a locked case and giving it back. Called inside a piece of work; never resets anything.

A pause that an office asks for in the last fifth of the term, and force majeure always, waits for a second
signature. Until then the term runs on and the office goes on holding the case.
"""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import zip_longest

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from agencies import clock
from agencies.errors import Conflict, Invalid
from workflows.cases import rounds
from workflows.cases.machine import REPAIRED_IN
from workflows.cases.models import Case, RequirementCheck
from workflows.cases.repair import Repair
from workflows.cases.work import Work
from workflows.clock import term
from workflows.clock.due import Terms
from workflows.clock.models import Reason
from workflows.clock.pause import Outage, Pause
from workflows.trail.chain import digest


def ask(work: Work, reason: Reason, terms: Terms, *, note: str = "") -> Pause:
    """An office asks for a pause: it begins at once, or waits for the second signature.

    Raises `Conflict` where it would have to wait and another one waits already.
    """
    case = work.case
    pause = Pause(case=case, reason=reason, note=note, asked_by_id=work.by.user_id, asked_at=work.at)
    left = term.left(case, terms, work.at) or 0
    pause.late = not case.paused and term.is_late(left, case.definition.term.working_days)
    if pause.late or reason is Reason.FORCE_MAJEURE:
        _one_at_a_time(case)
        pause.save(force_insert=True)
        return pause
    return begin(work, pause, terms)


def _one_at_a_time(case: Case) -> None:
    """One request waits for a second signature at a time, so that whoever signs knows what for."""
    if case.pauses.filter(closed_at=None, effective_at=None).exists():
        raise Conflict(_("Sudah ada permintaan penghentian waktu yang menunggu tanda tangan kedua."))


def await_payment(work: Work, terms: Terms) -> Pause:
    """The decision is taken and the applicant's money is awaited: at nobody's discretion, so one signature will do."""
    return begin(work, Pause(case=work.case, reason=Reason.PAYING, asked_at=work.at), terms)


def begin(work: Work, pause: Pause, terms: Terms, *, since: datetime | None = None) -> Pause:
    """The term stands still from now, or from `since`: its days left are kept, and there is no due date.

    An open pause gives way, as a case has one holder at a time; the days left are the same.
    """
    case, at = work.case, since or work.at
    if case.paused or work.resumed_at:
        Pause.objects.filter(case=case, closed_at=None).exclude(effective_at=None).update(
            closed_at=work.resumed_at or at
        )
        work.resumed_at = None
    pause.effective_at, pause.days_left = at, term.suspend(case, Reason(pause.reason), terms, at)
    pause.save()
    return pause


def resume(work: Work, terms: Terms) -> None:
    """The term goes on now with exactly the days that were left; where an outage lasts, it stands still for that."""
    _give_back(work, terms, work.at)
    begin_outage(work, terms)


def resume_from(work: Work, terms: Terms, at: datetime) -> None:
    """The term went on at that moment, however late this is noted, and the office has had the case since.

    Where an outage has begun meanwhile, it stands still for that from the begin of the outage on.
    """
    advice = list(work.case.recommendations.all())
    _give_back(work, terms, at)
    work.hand_on(advice, at=at)
    following = begin_outage(work, terms, since=at)
    if following:
        work.hand_on(advice, at=following.effective_at)


def _give_back(work: Work, terms: Terms, at: datetime) -> None:
    term.give_back(work.case, terms, at)
    work.unpause(at)


def begin_outage(work: Work, terms: Terms, *, since: datetime | None = None) -> Pause | None:
    """The term stands still while a system lies still that this definition depends on. Else nothing; no query then."""
    case = work.case
    outage = lasting(case.definition.systems, work.at) if case.definition.systems and not case.paused else None
    if outage is None:
        return None
    pause = Pause(case=case, reason=Reason.OUTAGE, outage=outage, asked_at=work.at)
    return begin(work, pause, terms, since=max(since or work.at, outage.begins_at))


def lasting(systems: frozenset[str], at: datetime) -> Outage | None:
    """The outage of one of these systems at that moment."""
    now = Outage.objects.filter(Q(ends_at=None) | Q(ends_at__gt=at), system__in=systems, begins_at__lte=at)
    return now.order_by("begins_at").first()


def ask_repair(
    work: Work, *, what: Sequence[str], by_agency: str, about: Sequence[str] = (), until: date | None = None
) -> Repair:
    """Ask the applicant to put right what a visit or a recommender found after her application was complete.

    `about` names for each thing the paper, or the form (`_answers`), that it speaks of; empty for what no paper
    shows. The case stays where it is; the term waits for her, in its last fifth after a second signature only. Where
    everything was visible at the check that found it in order, the repair is *repeated*: it is counted, and the term
    runs on. She has until the end of `until`, or all the days of the definition.

    Raises:
        Conflict: not while this case waits for a recommendation or decision, or too often already.
        Invalid: nothing is said, or of a paper that this case does not have; the day is none on which she can answer,
            or later than the definition allows.
    """
    case = work.case
    if case.state not in REPAIRED_IN:
        raise work.conflict()
    wanted, places = _wanted(case, what, about)
    round_ = _next_round(case)
    repeated = set(places) <= rounds.visible(case) if all(places) else False
    terms = Terms.at(case.site_id, work.at)
    due = _answer_due(case, terms, work.at, until)
    late = _await_repair(work, terms, pausing=not repeated)
    case.applicant_due_at = due
    repair = Repair.objects.create(
        case=case,
        round=round_,
        agency=by_agency,
        what=wanted,
        about=places,
        repeated=repeated,
        asked_by_id=work.by.user_id,
        asked_at=work.at,
        due_at=case.applicant_due_at,
    )
    _record_repair(work, repair, late)
    if case.paused:
        work.hand_on()
    return repair


def _record_repair(work: Work, repair: Repair, late: bool) -> None:
    facts = {
        "agency": repair.agency,
        "round": repair.round,
        "count": len(repair.what),
        "late": late,
        "paused": work.case.paused == Reason.CORRECTING,
        "repeated": repair.repeated,
    }
    work.record("repair.asked", {**facts, "what": digest("\n".join(repair.what))})


def _answer_due(case: Case, terms: Terms, at: datetime, until: date | None) -> datetime:
    """When the answer is due: at the closing of that day, which lies within the days of the definition."""
    latest = terms.resume(at, case.definition.term.answer_days)
    if until is None:
        return latest
    if not clock.wib_date(at) < until <= clock.wib_date(latest):
        told = {"last": date_format(clock.wib_date(latest), "j F Y")}
        raise Invalid({"until": [_("Pilih hari sesudah hari ini, paling lambat %(last)s.") % told]})
    if not terms.calendar.is_working_day(until):
        raise Invalid({"until": [_("Hari itu bukan hari kerja. Pilih hari kerja.")]})
    return terms.hours.closing_time(until)


def _wanted(case: Case, what: Sequence[str], about: Sequence[str]) -> tuple[list[str], list[str]]:
    """The sentences that say something, and for each what it speaks of."""
    told = [(text.strip(), code) for text, code in zip_longest(what, about, fillvalue="") if text.strip()]
    if not told:
        raise Invalid({"what": [_("Tulis apa yang harus diperbaiki pemohon.")]})
    known = {RequirementCheck.ANSWERS, "", *(one.code for one in case.definition.requirements)}
    if not {code for _text, code in told} <= known:
        raise Invalid({"about": [_("Pilih berkas yang ada pada layanan ini.")]})
    return [text for text, _code in told], [code for _text, code in told]


def _await_repair(work: Work, terms: Terms, *, pausing: bool) -> bool:
    """The term waits for the applicant, or the repeated request is counted; True when it was asked too late."""
    work.case.repeated_returns += not pausing
    return ask(work, Reason.CORRECTING, terms).late if pausing else False


def _next_round(case: Case) -> int:
    """The number of the next request, if the definition allows one more and none is open."""
    open_ones = list(case.repairs.values_list("closed_at", flat=True))
    if None in open_ones:
        raise Conflict(_("Pemohon sedang diminta memperbaiki; tunggu jawabannya lebih dahulu."))
    if len(open_ones) >= case.definition.term.rounds:
        raise Conflict(_("Batas permintaan perbaikan sudah tercapai; lanjutkan dengan yang ada."))
    return len(open_ones) + 1
