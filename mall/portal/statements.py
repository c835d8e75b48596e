"""The statement that the law has granted an application: what it says, what follows, and that it is no permit."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.errors import Missing
from documents.permits.sheet import verify_url
from mall import doors
from mall.design import formats
from mall.design.parts import Row
from mall.doors import actor_of
from mall.forms.words import in_language
from mall.portal.form.draft import own_case
from mall.portal.posts import needs_person
from workflows.cases.models import Case
from workflows.deemed import queries
from workflows.deemed.models import DeemedGrant


@doors.signed_in
@require_safe
@needs_person
def statement(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The statement, fit to be printed or kept as PDF by the browser. Two queries of its own."""
    own = own_case(actor_of(request), case_id)
    found = queries.statement_of(own)
    if found is None:
        raise Missing
    context = {
        "case": own,
        "statement": found,
        "rows": _rows(own, found),
        "duty": queries.duty_of(own),
        "where": verify_url(found.code),
    }
    return render(request, "portal/statement.html", context)


def _rows(own: Case, found: DeemedGrant) -> list[Row]:
    return [
        Row(_("Nomor pernyataan"), found.number),
        Row(_("Tanggal"), formats.day(found.at)),
        Row(_("Permohonan"), own.reference),
        Row(_("Layanan"), in_language(own.definition.name)),
        Row(_("Instansi"), own.agency.name),
        Row(_("Sebab"), found.get_cause_display()),
        Row(_("Batas waktu berakhir"), formats.moment(found.term_end)),
        Row(_("Dasar hukum"), found.law),
        Row(_("Kode pemeriksaan"), found.code),
    ]
