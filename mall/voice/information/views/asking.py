"""For anybody: ask for information, follow the request, object to the answer. No log-in is needed."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from agencies import clock
from agencies.errors import Conflict, Invalid
from agencies.ids import new_id
from agencies.models import Person
from documents import downloads, limits
from mall import doors
from mall.doors import actor_of
from mall.forms import faults
from mall.voice.information import keys, present, queries
from mall.voice.information.forms import AskForm, ObjectForm, RespondForm
from mall.voice.information.machine import OPEN
from mall.voice.information.models import InformationRequest
from mall.voice.information.services import file_request, objecting

HOUR = 60 * 60
MOST_REQUESTS = 10
MOST_STEPS = 30
FAULTY, TOO_OFTEN = 422, 429


@never_cache
@doors.public
def ask(request: HttpRequest) -> HttpResponse:
    """Ask what is wanted, by whom and how; afterwards lead to the requester's own page."""
    person = _person(request)
    if request.method != "POST":
        form = AskForm(initial={"key": new_id(), **_known(person)}, known=person is not None)
        return render(request, "information/ask.html", {"form": form})
    form = AskForm(request.POST, known=person is not None)
    if not limits.within(request, purpose="information", most=MOST_REQUESTS, seconds=HOUR):
        form.add_error(None, _("Terlalu banyak permintaan dari sambungan ini. Coba lagi satu jam lagi."))
        return render(request, "information/ask.html", {"form": form}, status=TOO_OFTEN)
    filed = _filed(request, form) if form.is_valid() else None
    if filed:
        return redirect("information:follow", link=keys.link_of(filed.pk))
    return render(request, "information/ask.html", {"form": form}, status=FAULTY)


def _filed(request: HttpRequest, form: AskForm) -> InformationRequest | None:
    """The request, or None with the faults in the form; what was changed after sending may be sent as a new one."""
    try:
        return file_request(by=actor_of(request), key=form.cleaned_data["key"], told=form.told())
    except Invalid as fault:
        faults.show(form, fault)
    except Conflict as conflict:
        form.add_error(None, str(conflict.sentence))
        typed = request.POST.copy()
        typed["key"] = str(new_id())
        form.data = typed
    return None


def _person(request: HttpRequest) -> Person | None:
    """Who is logged in, with her data; one query for her."""
    person_id = actor_of(request).person_id
    return Person.objects.filter(pk=person_id).first() if person_id else None


def _known(person: Person | None) -> dict[str, str]:
    """What she need not type again."""
    if person is None:
        return {}
    return {"identity": "person", "name": person.name, "address": person.address, "contact": person.email}


@never_cache
@doors.signed_in
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What she asked while logged in. One query."""
    page = queries.own_requests(actor_of(request), cursor=request.GET.get("after", ""))
    table = present.own_table(page.items) if page.items else None
    return render(request, "information/mine.html", {"table": table, "next": page.next})


@never_cache
@doors.public
@require_safe
def follow(request: HttpRequest, link: str) -> HttpResponse:
    """Where the request stands, until when what is due, and what may be done now. Two queries."""
    found, now = queries.by_link(link), clock.now()
    objection = queries.objection_of(found)
    context = {
        "found": found,
        "link": link,
        "new": keys.is_new(found.registered_at, now),
        "address": request.build_absolute_uri(),
        "tone": present.tone(found),
        "rows": present.told_to_requester(found),
        "moments": present.moments(found, objection),
        "objection": objection,
        "may_object": present.may_object(found, objection, now),
        "may_withdraw": found.state in OPEN,
        "respond": RespondForm() if objection and objection.answered_at and not objection.responded_at else None,
    }
    return render(request, "information/follow.html", context)


@never_cache
@doors.public
@require_safe
def letter(request: HttpRequest, link: str) -> HttpResponse:
    """The written answer, to read and to print. Three queries."""
    found = queries.by_link(link)
    if found.answered_at is None:
        raise Conflict(_("Permintaan ini belum dijawab."))
    context = {
        "found": found,
        "link": link,
        "rows": present.answer_rows(found),
        "withheld": queries.withheld_of(found),
        "files": present.files(queries.files_of(found)),
    }
    return render(request, "information/letter.html", context)


@doors.public
@require_safe
def file(request: HttpRequest, link: str, file_id: Any) -> HttpResponse:  # noqa: ARG001 - the signature is Django's
    """One file of the answer, as a download."""
    return given(queries.by_link(link), file_id)


def given(found: InformationRequest, file_id: Any) -> HttpResponse:
    """A file of an answer whose reader was asked."""
    kept = queries.file_of(found, file_id)
    return downloads.evidence(kept, "informasi")


@never_cache
@doors.public
def object_(request: HttpRequest, link: str) -> HttpResponse:
    """Object to the answer, or to silence."""
    found = queries.by_link(link)
    form = ObjectForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound:
        status = _done(request, form, lambda: objecting.file_objection(request_id=found.pk, **form.cleaned_data))
        if not form.errors:
            messages.success(request, _("Keberatan Anda diterima dan diteruskan kepada atasan PPID."))
            return redirect("information:follow", link=link)
    return render(request, "information/object.html", {"found": found, "form": form, "link": link}, status=status)


@never_cache
@doors.public
@require_POST
def withdraw(request: HttpRequest, link: str) -> HttpResponse:
    """Take the request back."""
    objecting.withdraw(request_id=queries.by_link(link).pk)
    messages.success(request, _("Permintaan Anda dicabut."))
    return redirect("information:follow", link=link)


@never_cache
@doors.public
def respond(request: HttpRequest, link: str) -> HttpResponse:
    """Say something to the superior's decision."""
    found = queries.by_link(link)
    form = RespondForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound:
        status = _done(request, form, lambda: objecting.respond(request_id=found.pk, **form.cleaned_data))
        if not form.errors:
            messages.success(request, _("Tanggapan Anda tercatat."))
            return redirect("information:follow", link=link)
    return render(request, "information/respond.html", {"found": found, "form": form, "link": link}, status=status)


def _done(request: HttpRequest, form: forms.Form, do: Callable[[], object]) -> int:
    """Do it when the form is whole; what is wrong stands in the form. The status of the page."""
    if not limits.within(request, purpose="information.step", most=MOST_STEPS, seconds=HOUR):
        form.add_error(None, _("Terlalu banyak kiriman dari sambungan ini. Coba lagi satu jam lagi."))
        return TOO_OFTEN
    if form.is_valid():
        try:
            do()
        except Invalid as fault:
            faults.show(form, fault)
        except Conflict as conflict:
            form.add_error(None, str(conflict.sentence))
            return Conflict.status
    return FAULTY if form.errors else 200
