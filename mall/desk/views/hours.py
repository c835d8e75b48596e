"""When each site is open: the week, and the dates on which it is otherwise. These hours move legal dates."""

import re
from datetime import date, time
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from agencies import clock
from agencies.errors import Invalid, Missing
from agencies.models import OpeningException, Role, Site
from agencies.services import remove_exception, set_exception, set_week
from mall import doors
from mall.design.fields import DatePartsField
from mall.desk.admins import FAULTY, administers, user_of
from mall.forms import faults

HOURS = re.compile(r"(\d{1,2})[.:](\d{2})\s*[-–]\s*(\d{1,2})[.:](\d{2})", re.ASCII)


class HoursField(forms.CharField):
    """Opening and closing in one box, e.g. 08:00-14:00; empty means closed."""

    def __init__(self, **said: Any) -> None:
        super().__init__(required=False, max_length=20, **said)

    def to_python(self, value: Any) -> Any:
        """Two times, or None."""
        typed = str(value or "").strip()
        if not typed:
            return None
        found = HOURS.fullmatch(typed)
        try:
            numbers = [int(part) for part in found.groups()] if found else []
            return time(numbers[0], numbers[1]), time(numbers[2], numbers[3])
        except (IndexError, ValueError) as error:
            raise ValidationError(_("Tulis jam seperti 08:00-14:00, atau kosongkan bila tutup.")) from error

    def run_validators(self, value: Any) -> None:
        """Nothing more to ask of two times."""


def shown(opens: time | None, closes: time | None) -> str:
    """The same box, filled."""
    return f"{opens:%H:%M}-{closes:%H:%M}" if opens and closes else ""


class WeekForm(forms.Form):
    """Seven boxes, Monday first."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, name in WEEKDAYS.items():
            self.fields[f"day{number}"] = HoursField(label=name)


class ExceptionForm(forms.Form):
    """One date with hours of its own, or closed."""

    day = DatePartsField(label=_("Tanggal"))
    hours = HoursField(label=_("Jam layanan"), help_text=_("Misalnya 09:00-22:00. Kosong berarti tutup."))
    reason = forms.CharField(label=_("Alasan"), max_length=200, help_text=_("Dibaca masyarakat."))


@doors.staff(Role.ADMINISTRATOR)
@require_safe
def sites(request: HttpRequest) -> HttpResponse:
    """The sites. One query."""
    administers(request)
    return render(request, "desk/sites.html", {"sites": Site.objects.order_by("code")})


@doors.staff(Role.ADMINISTRATOR)
def hours(request: HttpRequest, site: str) -> HttpResponse:
    """The week of one site and its dates. Three queries."""
    administers(request)
    found = _site(site)
    rows = found.opening_hours.order_by("weekday")
    initial = {f"day{row.weekday}": shown(row.opens, row.closes) for row in rows}
    form = WeekForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        week = {number: form.cleaned_data[f"day{number}"] for number in WEEKDAYS}
        try:
            set_week(site=found.pk, week=week, by=user_of(request))
        except Invalid as fault:
            faults.show(form, fault)
        else:
            messages.success(request, _now("Jam layanan tersimpan; batas waktu hanya dapat mundur, tidak maju."))
            return redirect("desk:hours", found.pk)
    coming = found.opening_exceptions.filter(date__gte=clock.today()).order_by("date")
    listed = [(row, shown(row.opens, row.closes)) for row in coming]
    context = {"site": found, "form": form, "exceptions": listed}
    return render(request, "desk/hours.html", context, status=FAULTY if form.errors else 200)


@doors.staff(Role.ADMINISTRATOR)
def hours_exception(request: HttpRequest, site: str) -> HttpResponse:
    """One more date with hours of its own."""
    administers(request)
    found = _site(site)
    form = ExceptionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            set_exception(
                site=found.pk, date=said["day"], hours=said["hours"], reason=said["reason"], by=user_of(request)
            )
        except Invalid as fault:
            faults.show(form, fault, names={"date": "day", "closes": "hours"})
        else:
            messages.success(request, _now("Tanggal itu tersimpan."))
            return redirect("desk:hours", found.pk)
    context = {"site": found, "form": form}
    return render(request, "desk/hours_exception.html", context, status=FAULTY if form.errors else 200)


@doors.staff(Role.ADMINISTRATOR)
def exception_gone(request: HttpRequest, site: str, day: str) -> HttpResponse:
    """That date is ordinary again, after a question whether it is meant."""
    administers(request)
    try:
        found = OpeningException.objects.select_related("site").get(site_id=site, date=date.fromisoformat(day))
    except (ValueError, OpeningException.DoesNotExist) as error:
        raise Missing from error
    if request.method == "POST":
        remove_exception(site=found.site_id, date=found.date, by=user_of(request))
        messages.success(request, _now("Pada tanggal itu berlaku jam biasa lagi."))
        return redirect("desk:hours", found.site_id)
    return render(request, "desk/exception_gone.html", {"exception": found})


def _site(code: str) -> Site:
    found = Site.objects.filter(pk=code).first()
    if found is None:
        raise Missing
    return found
