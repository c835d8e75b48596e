"""For anybody: complain, read the answer, reply, say that it is well. No captcha, no log-in."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from agencies import clock
from agencies.errors import Conflict, Invalid
from agencies.ids import new_id
from documents import limits
from mall import doors
from mall.doors import NOBODY, actor_of
from mall.forms import faults
from mall.voice.complaints import keys, present, queries
from mall.voice.complaints.forms import ComplaintForm, FindComplaintForm, ReplyForm
from mall.voice.complaints.machine import ENDED, ComplaintState
from mall.voice.complaints.models import Complaint
from mall.voice.complaints.rerouting import handed_over
from mall.voice.complaints.services import filing, replying
from mall.voice.complaints.services.filing import Told
from mall.voice.information import keys as information
from mall.voice.levies.keys import is_shown
from mall.voice.tries import may_try
from workflows.cases.models import Case
from workflows.permissions import is_own, may_help_at_counter, may_speak_for

HOUR = 60 * 60
MOST_COMPLAINTS = 10
MOST_AT_COUNTER = 60
MOST_REPLIES = 30
FAULTY, TOO_OFTEN = 422, 429


@never_cache
@doors.public
def complain(request: HttpRequest) -> HttpResponse:
    """Ask what happened; afterwards lead to the reporter's own page."""
    if request.method != "POST":
        form = ComplaintForm(initial=_begun(request))
        return render(request, "voice/complaints/complain.html", _around(request, form))
    form = ComplaintForm(request.POST, request.FILES)
    most = MOST_AT_COUNTER if _at_counter(request, form) else MOST_COMPLAINTS
    if not limits.within(request, purpose="complaint", most=most, seconds=HOUR):
        form.add_error(None, _("Terlalu banyak pengaduan dari sambungan ini. Coba lagi satu jam lagi."))
        return render(request, "voice/complaints/complain.html", _around(request, form), status=TOO_OFTEN)
    filed = _filed(request, form)
    if filed is None:
        return render(request, "voice/complaints/complain.html", _around(request, form), status=FAULTY)
    return redirect("voice:complaint_follow", link=filed.link)


def _begun(request: HttpRequest) -> dict[str, object]:
    """What the page that led here knows: the application, and whether a clerk writes."""
    said: dict[str, object] = {"key": new_id(), "counter": request.GET.get("loket") == "1"}
    said["agency"] = request.GET.get("instansi", "")[:60]
    case = _case(request, request.GET.get("permohonan", ""))
    return said | ({"case_id": case.pk, "agency": case.agency_id} if case else {})


def _case(request: HttpRequest, text: str) -> Case | None:
    """The visitor's own application, or the one that she speaks for at the counter; else none. At most one query."""
    try:
        case_id = UUID(text)
    except ValueError:
        return None
    found = Case.objects.select_related("applicant", "service").filter(pk=case_id).first()
    actor = actor_of(request)
    return found if found and (is_own(actor, found) or may_speak_for(actor, found)) else None


def _around(request: HttpRequest, form: ComplaintForm) -> dict[str, object]:
    said = form.data if form.is_bound else form.initial
    return {
        "form": form,
        "case": _case(request, str(said.get("case_id") or "")),
        "counter": _at_counter(request, form),
        "again": bool(request.FILES),
    }


def _at_counter(request: HttpRequest, form: ComplaintForm) -> bool:
    """Does a clerk write for a visitor?"""
    said = form.data if form.is_bound else form.initial
    return str(said.get("counter")) == "True" and bool(may_help_at_counter(actor_of(request)))


def _filed(request: HttpRequest, form: ComplaintForm) -> Complaint | None:
    """The complaint, or None with the faults in the form. Who is anonymous is not even asked for her session."""
    if not form.is_valid():
        return None
    files = form.checked_files()
    if form.errors:
        return None
    told = Told(**{name: value for name, value in form.cleaned_data.items() if name not in ("key", "evidence")})
    try:
        by = NOBODY if told.anonymous and not told.counter else actor_of(request)
        return filing.file_complaint(by=by, key=form.cleaned_data["key"], told=told, files=files)
    except Invalid as fault:
        faults.show(form, fault)
        return None


@never_cache
@doors.public
def find(request: HttpRequest) -> HttpResponse:
    """Ask for code and word; on the right ones lead to the complaint."""
    form = FindComplaintForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = FAULTY
        if form.is_valid():
            code, word = form.cleaned_data["code"], form.cleaned_data["word"]
            if not may_try(request, code, of="complaint"):
                form.add_error(None, _("Terlalu banyak percobaan. Coba lagi satu jam lagi."))
                status = TOO_OFTEN
            elif found := queries.by_code(code, word):
                return redirect("voice:complaint_follow", link=found.link)
            else:
                form.add_error(None, _("Kode pengaduan atau kata rahasia tidak cocok. Periksa keduanya."))
    return render(request, "voice/complaints/find.html", {"form": form}, status=status)


@never_cache
@doors.public
def follow(request: HttpRequest, link: str) -> HttpResponse:
    """Where the complaint stands, what was answered, and room for a reply. Two queries."""
    found = queries.by_link(link)
    form = ReplyForm(request.POST, request.FILES) if request.method == "POST" else ReplyForm()
    if request.method == "POST":
        if not limits.within(request, purpose="complaint.reply", most=MOST_REPLIES, seconds=HOUR):
            form.add_error(None, _("Terlalu banyak tulisan dari sambungan ini. Coba lagi satu jam lagi."))
        elif _replied(form, found.pk):
            return redirect("voice:complaint_follow", link=link)
    answered = found.state == ComplaintState.ANSWERED
    context = {
        "complaint": found,
        "tone": present.tone(found),
        "rows": present.told_to_reporter(found),
        "moments": present.moments(found, queries.notes_of(found, inside=False)),
        "form": None if found.state in ENDED else form,
        "answered": answered,
        "last": answered and found.reopened_at is not None,
        "rerouted": _rerouted(found),
        "word": keys.word_of(found.pk) if is_shown(found.filed_at, clock.now()) else "",
        "address": request.build_absolute_uri(reverse("voice:complaint_follow", args=[link])),
    }
    return render(request, "voice/complaints/follow.html", context, status=FAULTY if form.errors else 200)


def _rerouted(complaint: Complaint) -> dict[str, str]:
    """Where what asks for information goes on, and its number there; empty for everything else. One query."""
    if complaint.state != ComplaintState.REROUTED:
        return {}
    request = handed_over(complaint)
    if request is None:
        return {"url": reverse("information:ask"), "number": ""}
    return {"url": reverse("information:follow", args=[information.link_of(request.pk)]), "number": request.number}


def _replied(form: ReplyForm, complaint_id: UUID) -> bool:
    """Was something written? If not, the form says why."""
    if not form.is_valid():
        return False
    files = form.checked_files()
    if form.errors:
        return False
    try:
        replying.reply(complaint_id=complaint_id, text=form.cleaned_data["text"], files=files)
    except Invalid as fault:
        faults.show(form, fault)
    except Conflict as conflict:
        form.add_error(None, str(conflict.sentence))
    return not form.errors


@never_cache
@doors.public
@require_POST
def accept(_request: HttpRequest, link: str) -> HttpResponse:
    """The reporter is content: the complaint closes."""
    replying.accept(complaint_id=queries.by_link(link).pk)
    return redirect("voice:complaint_follow", link=link)
