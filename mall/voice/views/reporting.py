"""For anybody: report a levy, read the answers, add to the report. No captcha, no log-in, no session."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from agencies import clock
from agencies.errors import Conflict, Invalid
from agencies.ids import new_id
from documents import limits
from mall import doors
from mall.doors import NOBODY, actor_of
from mall.forms import faults
from mall.voice import present
from mall.voice.forms import AddForm, FindForm, ReportForm
from mall.voice.levies import keys, queries
from mall.voice.levies.models import LevyReport
from mall.voice.levies.services import filing
from mall.voice.levies.services.filing import Told
from mall.voice.tries import may_try

HOUR = 60 * 60
MOST_REPORTS = 10
MOST_ADDED = 30
FAULTY, TOO_OFTEN = 422, 429


@never_cache
@doors.public
def report(request: HttpRequest) -> HttpResponse:
    """Ask what happened; afterwards lead to the reporter's own page."""
    if request.method != "POST":
        asked = {"key": new_id(), "service": request.GET.get("layanan", "")[:60]}
        return render(request, "voice/report.html", {"form": ReportForm(initial=asked)})
    form = ReportForm(request.POST, request.FILES)
    if not limits.within(request, purpose="levy", most=MOST_REPORTS, seconds=HOUR):
        form.add_error(None, _("Terlalu banyak laporan dari sambungan ini. Coba lagi satu jam lagi."))
        return render(request, "voice/report.html", {"form": form}, status=TOO_OFTEN)
    filed = _filed(request, form)
    if filed is None:
        return render(request, "voice/report.html", {"form": form, "again": bool(request.FILES)}, status=FAULTY)
    return redirect("voice:follow", link=keys.link_of(filed.pk))


def _filed(request: HttpRequest, form: ReportForm) -> LevyReport | None:
    """The report, or None with the faults in the form. Who is anonymous is not even asked for her session."""
    if not form.is_valid():
        return None
    files = form.checked_files()
    if form.errors:
        return None
    said = {name: value for name, value in form.cleaned_data.items() if name not in ("key", "evidence")}
    told = Told(**said)
    try:
        by = NOBODY if told.anonymous else actor_of(request)
        return filing.file_report(by=by, key=form.cleaned_data["key"], told=told, files=files)
    except Invalid as fault:
        faults.show(form, fault)
        return None


@never_cache
@doors.public
def find(request: HttpRequest) -> HttpResponse:
    """Ask for code and word; on the right ones lead to the report."""
    form = FindForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = FAULTY
        if form.is_valid():
            code, word = form.cleaned_data["code"], form.cleaned_data["word"]
            if not may_try(request, code, of="levy"):
                form.add_error(None, _("Terlalu banyak percobaan. Coba lagi satu jam lagi."))
                status = TOO_OFTEN
            elif found := queries.by_code(code, word):
                return redirect("voice:follow", link=keys.link_of(found.pk))
            else:
                form.add_error(None, _("Kode laporan atau kata rahasia tidak cocok. Periksa keduanya."))
    return render(request, "voice/find.html", {"form": form}, status=status)


@never_cache
@doors.public
def follow(request: HttpRequest, link: str) -> HttpResponse:
    """Where the report stands, what was answered, and room for more. Three queries."""
    found = queries.by_link(link)
    form = AddForm(request.POST, request.FILES) if request.method == "POST" else AddForm()
    if request.method == "POST":
        if not limits.within(request, purpose="levy.add", most=MOST_ADDED, seconds=HOUR):
            form.add_error(None, _("Terlalu banyak tambahan dari sambungan ini. Coba lagi satu jam lagi."))
        elif _added(form, found.pk):
            return redirect("voice:follow", link=link)
    context = {
        "report": found,
        "rows": present.told_to_reporter(found),
        "moments": present.moments(found, queries.notes_of(found)),
        "form": None if found.closed_at else form,
        "word": keys.word_of(found.pk) if keys.is_shown(found.filed_at, clock.now()) else "",
        "address": request.build_absolute_uri(),
    }
    return render(request, "voice/follow.html", context, status=FAULTY if form.errors else 200)


def _added(form: AddForm, report_id: UUID) -> bool:
    """Was something added? If not, the form says why."""
    if not form.is_valid():
        return False
    files = form.checked_files()
    if form.errors:
        return False
    try:
        filing.add_note(report_id=report_id, text=form.cleaned_data["text"], files=files)
    except Invalid as fault:
        faults.show(form, fault)
    except Conflict as conflict:
        form.add_error(None, str(conflict.sentence))
    return not form.errors
