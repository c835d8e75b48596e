"""The inspectorate looks into a deemed grant: who held the application while the term ran out, and what it found."""

from datetime import datetime
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from agencies.errors import Conflict, Invalid
from agencies.models import Role
from mall import doors
from mall.design import formats
from mall.design.parts import Row
from mall.desk import history, page
from mall.desk.posts import CHANGED, FAULTY
from mall.doors import actor_of
from mall.forms import accounting, faults, stash
from workflows import looks
from workflows.cases.queries import intervals
from workflows.deemed import queries, services
from workflows.deemed.models import DeemedGrant


class AuditForm(forms.Form):
    """What was found."""

    note = forms.CharField(
        label=_("Hasil pemeriksaan"),
        help_text=_("Mengapa instansi diam sampai batas waktu, dan apa tindak lanjutnya. Hanya dibaca di dalam."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


@doors.staff(Role.INSPECTORATE)
@doors.keeping(stash.keep)
def audit(request: HttpRequest, grant_id: UUID) -> HttpResponse:
    """One deemed grant, without the applicant or her papers; opening it is a look at the case."""
    grant = queries.for_audit(actor_of(request), grant_id)
    form, status = AuditForm(stash.typed(request)), 200
    if request.method == "POST":
        status = _audited(request, grant, form)
        if not status:
            return redirect("desk:audit", grant.pk)
    else:
        looks.look(by=actor_of(request), case=grant.case, purpose="audit")
    return render(request, "desk/audit.html", {"form": form, "grant": grant, **_material(grant)}, status=status)


def _audited(request: HttpRequest, grant: DeemedGrant, form: AuditForm) -> int:
    """Note it: 0 when that is done, else the status of the page that says what is wrong, with everything typed."""
    if not form.is_valid():
        return FAULTY
    try:
        services.audit(grant_id=grant.pk, by=actor_of(request), **form.cleaned_data)
    except Invalid as fault:
        faults.show(form, fault)
        return FAULTY
    except Conflict as late:
        form.add_error(None, late.sentence)
        return CHANGED
    messages.success(request, _now("Hasil pemeriksaan tersimpan."))
    return 0


def _material(grant: DeemedGrant) -> dict[str, object]:
    """What the audit is based on. Four queries of the ledger, its names and the calendar, one of the duty."""
    case, ran = grant.case, intervals(grant.case)
    names = history.Names.of([], ran)
    duty = queries.duty_of(case)
    rows = [
        Row(_now("Nomor pernyataan"), grant.number),
        Row(_now("Instansi"), case.agency.name),
        Row(_now("Sebab"), grant.get_cause_display()),
        Row(_now("Dasar hukum"), grant.law),
        Row(_now("Batas waktu"), formats.moment(grant.term_end)),
        Row(_now("Dinyatakan"), formats.moment(grant.at)),
        Row(_now("Keputusan tertulis"), _duty(duty.done_at, duty.due_at) if duty else "–"),
    ]
    return {
        "identity": page.identity(case, named=False),
        "rows": rows,
        "ledger": history.ledger(ran, names),
        "account": accounting.table(case, ran, names.agencies),
    }


def _duty(done: datetime | None, due: datetime) -> str:
    if done:
        return _now("Terbit %(day)s") % {"day": formats.day(done)}
    return _now("Belum terbit; wajib paling lambat %(day)s") % {"day": formats.day(due)}
