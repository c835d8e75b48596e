"""Following an application without an account: tracking code and the last four digits of the NIK.

A wrong code and wrong digits get the same answer after the same work, so that nobody learns which codes
exist. What is shown is the status only: no name, no answer, no paper.
"""

import hmac
from typing import Final

from django import forms
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from agencies import clock
from agencies.sealing import blind_index
from mall import doors
from mall.forms.words import in_language
from mall.portal import story
from mall.portal.names import agency_names
from workflows.cases.models import Case

TRIES: Final = 10
TRIES_ANY: Final = 60
SECONDS: Final = 60 * 60
SHOWN_SECONDS: Final = 30 * 60
SESSION: Final = "tracked"
DIGITS: Final = 4
NOBODY: Final = "\0" * DIGITS


class TrackForm(forms.Form):
    """The code of the receipt and a second fact that only the applicant has."""

    code = forms.CharField(
        label=gettext_lazy("Kode lacak"),
        help_text=gettext_lazy("8 huruf dan angka pada tanda terima, misalnya K7QMP3XA."),
        max_length=20,
        widget=forms.TextInput(
            attrs={"class": "govuk-input--width-10", "autocomplete": "off", "autocapitalize": "characters"}
        ),
    )
    digits = forms.RegexField(
        r"^\d{4}$",
        label=gettext_lazy("Empat angka terakhir NIK pemohon"),
        error_messages={"invalid": gettext_lazy("Isi tepat empat angka.")},
        widget=forms.TextInput(
            attrs={"class": "govuk-input--width-4", "inputmode": "numeric", "autocomplete": "off", "maxlength": "4"}
        ),
    )

    def clean_code(self) -> str:
        """The code without spaces or hyphens, in capitals."""
        return "".join(letter for letter in self.cleaned_data["code"].upper() if letter.isalnum())


@doors.public
def track(request: HttpRequest) -> HttpResponse:
    """Ask for code and digits; on the right ones lead to the status."""
    form = TrackForm(request.POST if request.method == "POST" else None, initial={"code": request.GET.get("code", "")})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            code, digits = form.cleaned_data["code"], form.cleaned_data["digits"]
            if _too_often(request, code):
                form.add_error(None, _("Terlalu banyak percobaan. Tunggu satu jam, atau tanyakan di loket."))
                status = 429
            elif found := _matching(code, digits):
                request.session[SESSION] = {"case": found, "at": clock.now().timestamp()}
                return redirect("portal:tracked")
            else:
                form.add_error(None, _("Kode lacak atau angka NIK tidak cocok. Periksa keduanya."))
    return render(request, "portal/track.html", {"form": form}, status=status)


def _too_often(request: HttpRequest, code: str) -> bool:
    """Has this address tried this code, or codes at large, too often within the hour?"""
    where = request.META.get("REMOTE_ADDR", "")
    asked = ((f"{where}|{code}", TRIES), (where, TRIES_ANY))
    counted = [(_count(blind_index(text, purpose="track")), most) for text, most in asked]
    return any(times > most for times, most in counted)


def _count(key: str) -> int:
    name = f"portal:track:{key}"
    cache.add(name, 0, SECONDS)
    try:
        return cache.incr(name)
    except ValueError:
        return 1


def _matching(code: str, digits: str) -> str:
    """The id of the case, or nothing. One query and one comparison, whatever is wrong."""
    row = Case.objects.filter(tracking_code=code).values_list("pk", "applicant__nik").first()
    known = str(row[1])[-DIGITS:] if row and row[1] else NOBODY
    same = hmac.compare_digest(known.encode(), digits.encode())
    return str(row[0]) if row and same else ""


@doors.public
@require_safe
def tracked(request: HttpRequest) -> HttpResponse:
    """The status of the case that was asked for, for half an hour. Four queries."""
    case = _asked_for(request)
    if case is None:
        return redirect("portal:track")
    held = case.intervals.filter(closed_at=None).first()
    names = agency_names([held.agency] if held and held.agency else [])
    context = {
        "case": case,
        "name": in_language(case.definition.name),
        "steps": story.steps(case),
        "now": story.now(case, held, names) if held else None,
    }
    return render(request, "portal/tracked.html", context)


def _asked_for(request: HttpRequest) -> Case | None:
    asked = request.session.get(SESSION)
    if not isinstance(asked, dict) or clock.now().timestamp() - float(asked.get("at", 0)) > SHOWN_SECONDS:
        request.session.pop(SESSION, None)
        return None
    rows = Case.objects.select_related("service_version", "service").exclude(tracking_code=None)
    return rows.filter(pk=str(asked["case"])).first()
