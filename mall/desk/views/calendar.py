"""The holiday table: the days of a year, one more, one less, and a whole decree from a file."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from agencies import clock
from agencies.errors import Invalid, Missing
from agencies.models import Holiday, HolidayKind, Role
from agencies.queries import year_without_cuti_bersama
from agencies.services import read_holidays, remove_holiday, set_holiday, write_holidays
from agencies.services.holiday_file import Effect, HolidayRow, effects
from mall import doors
from mall.design import formats
from mall.design.fields import DatePartsField
from mall.design.parts import Column, Table
from mall.desk.admins import FAULTY, administers, user_of
from mall.forms import faults
from workflows.clock import recounting

LARGEST = 200_000
"""Bytes of a file of holidays; a decree has some 25 lines."""


class HolidayForm(forms.Form):
    """A day that is no working day, and by which decree."""

    day = DatePartsField(label=_("Tanggal"))
    name = forms.CharField(label=_("Nama hari libur"), max_length=200)
    kind = forms.ChoiceField(label=_("Jenis"), choices=HolidayKind.choices, widget=forms.RadioSelect)
    decree_no = forms.CharField(
        label=_("Nomor keputusan"), max_length=200, help_text=_("Misalnya SKB 1497/2025, 2/2025, 5/2025.")
    )


def _year(request: HttpRequest) -> int:
    typed = request.GET.get("tahun", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 4 and int(typed) else clock.today().year


@doors.staff(Role.ADMINISTRATOR)
def holidays(request: HttpRequest) -> HttpResponse:
    """The days of one year that do not count, one more, and what is still counted again. Three queries and more."""
    administers(request)
    form = HolidayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said: dict[str, Any] = dict(form.cleaned_data)
        try:
            set_holiday(date=said.pop("day"), **said, source="administrator", by=user_of(request))
        except Invalid as fault:
            faults.show(form, fault, names={"date": "day"})
        else:
            messages.success(request, _now("Hari libur tersimpan; batas waktu yang berjalan sedang dihitung ulang."))
            return redirect("desk:holidays")
    year = _year(request)
    rows = list(Holiday.objects.filter(date__year=year).order_by("date", "kind"))
    context = {"form": form, "rows": rows, "year": year, "before": year - 1, "after": year + 1}
    context["unknown_year"] = year_without_cuti_bersama()
    context["recounting"] = recounting.left()
    return render(request, "desk/holidays.html", context, status=FAULTY if form.errors else 200)


@doors.staff(Role.ADMINISTRATOR)
def holiday_gone(request: HttpRequest, day: str, kind: str) -> HttpResponse:
    """Take a day out of the table, after a question whether it is meant."""
    administers(request)
    found = Holiday.objects.filter(date=_date(day), kind=kind).first()
    if found is None:
        raise Missing
    if request.method == "POST":
        remove_holiday(date=found.date, kind=kind, by=user_of(request))
        messages.success(request, _now("Hari itu sekarang hari kerja lagi."))
        return redirect("desk:holidays")
    return render(request, "desk/holiday_gone.html", {"holiday": found})


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Missing from error


class FileForm(forms.Form):
    """A file of holidays, chosen or pasted; what was read stands in the box, so that it can be put right there."""

    chosen = forms.FileField(label=_("Berkas CSV"), required=False)
    file = forms.CharField(
        label=_("Atau tempel isinya"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text=_("Baris pertama: date,name,kind,decree_no. Tanggal seperti 2027-03-10."),
    )

    def text(self) -> str:
        """What the file says; a chosen one wins over the box.

        Raises:
            Invalid: too large, or no text in UTF-8.
        """
        upload = self.cleaned_data["chosen"]
        if upload is None:
            return str(self.cleaned_data["file"])
        if upload.size > LARGEST:
            raise Invalid({"chosen": [_now("Berkas ini terlalu besar untuk daftar hari libur.")]})
        try:
            return str(upload.read().decode())
        except UnicodeDecodeError as error:
            raise Invalid({"chosen": [_now("Berkas ini bukan teks UTF-8.")]}) from error


@doors.staff(Role.ADMINISTRATOR)
def holiday_file(request: HttpRequest) -> HttpResponse:
    """A whole decree: first what it would change, then the change. A faulty file changes nothing."""
    administers(request)
    form, rows = FileForm(request.POST or None, request.FILES or None), list[HolidayRow]()
    if request.method == "POST" and form.is_valid():
        try:
            text = form.text()
            form.data = {"file": text}
            rows = read_holidays(text)
        except Invalid as fault:
            faults.show(form, fault)
    if rows and request.POST.get("do") == "import":
        count = write_holidays(rows, source="import", by=user_of(request))
        told = ngettext("%(n)s hari libur disimpan.", "%(n)s hari libur disimpan.", count)
        messages.success(request, told % {"n": count})
        return redirect("desk:holidays")
    context = {"form": form, "preview": _preview(rows) if rows else None}
    return render(request, "desk/holiday_file.html", context, status=FAULTY if form.errors else 200)


EFFECTS: dict[Effect, Promise] = {
    Effect.NEW: _("Baru"),
    Effect.CORRECTED: _("Diperbaiki"),
    Effect.SAME: _("Sudah ada"),
}


def _preview(rows: Sequence[HolidayRow]) -> Table:
    """What the import would do, row by row. One query."""
    return Table(
        _("Yang akan berubah"),
        [Column(_("Tanggal")), Column(_("Nama")), Column(_("Jenis")), Column(_("Keputusan")), Column(_("Akibat"))],
        [
            [
                formats.day(row.date),
                row.name,
                str(HolidayKind(row.kind).label),
                row.decree_no,
                str(EFFECTS[effect]),
            ]
            for row, effect in effects(rows)
        ],
    )
