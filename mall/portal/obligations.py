"""The holder reports that she has done what a permit obliges her to, with what shows it."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agencies.errors import Invalid, Missing
from documents.vault.services import read_upload, store
from mall import doors
from mall.design import states
from mall.doors import actor_of
from mall.forms import faults, stash
from mall.forms.questions import Uploaded
from mall.portal.posts import needs_person, status_of
from workflows.permits import queries, services
from workflows.permits.obligations import OWED, Obligation

EVIDENCE = "bukti-kewajiban"
"""Document type of what is handed in as evidence."""
FILES = ("first", "second")


class ReportForm(forms.Form):
    """What was done, and up to two files that show it."""

    account = forms.CharField(
        label=gettext_lazy("Apa yang sudah Anda lakukan?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": gettext_lazy("Ceritakan apa yang sudah Anda lakukan.")},
    )
    first = Uploaded(label=gettext_lazy("Bukti"), help_text=gettext_lazy("Foto atau PDF."), required=False)
    second = Uploaded(label=gettext_lazy("Bukti lain"), help_text=gettext_lazy("Foto atau PDF."), required=False)


@doors.signed_in
@doors.keeping(stash.keep)
@needs_person
def obligation(request: HttpRequest, obligation_id: UUID) -> HttpResponse:
    """One obligation, and the form to report it while it is owed."""
    owed = _own(request, obligation_id)
    if owed.state not in OWED and request.method != "POST":
        return redirect("portal:permit", owed.permit_id)
    typed = stash.typed(request)
    form = ReportForm(typed, request.FILES if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _reported(request, owed, form):
        messages.success(request, _("Laporan Anda terkirim kepada instansi yang menetapkan kewajiban ini."))
        return redirect("portal:permit", owed.permit_id)
    context = {"form": form, "owed": owed, "look": states.of_obligation(owed.state)}
    return render(request, "portal/obligation.html", context, status=status_of(form))


def _own(request: HttpRequest, obligation_id: UUID) -> Obligation:
    """An obligation of one of her permits, or `Missing`. Two queries."""
    owed = Obligation.objects.select_related("agency").filter(pk=obligation_id).first()
    if owed is None:
        raise Missing
    owed.permit = queries.own_permit(actor_of(request), owed.permit_id)
    return owed


def _reported(request: HttpRequest, owed: Obligation, form: ReportForm) -> bool:
    """Keep the files and hand in the report; False with the faults in the form."""
    by = actor_of(request)
    try:
        evidence = [_kept(by, upload, name) for name in FILES if (upload := form.cleaned_data[name])]
        services.report_obligation(
            obligation_id=owed.pk, by=by, account=form.cleaned_data["account"], evidence=evidence
        )
    except Invalid as fault:
        faults.show(form, fault)
        return False
    return True


def _kept(by: Any, upload: Any, field: str) -> UUID:
    """The id of the file in her vault; a fault is told beside its field."""
    try:
        content = read_upload(upload)
        return store(owner_id=by.person_id, by=by, name=upload.name or "", content=content, document_type=EVIDENCE).pk
    except Invalid as fault:
        raise Invalid({field: [one for told in fault.fields.values() for one in told]}) from fault
