"""The manager's pages: counts by service, agency and month; no single case, no name."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agencies.errors import Missing
from agencies.models import Role
from mall import doors
from mall.doors import actor_of
from mall.reports import charts, files, tables
from mall.reports.sheet import Sheet, since
from workflows import permissions, reports
from workflows.permissions import MALL


def agencies_of(request: HttpRequest) -> frozenset[str] | None:
    """Whose figures: a manager of the mall sees all (None), one of an agency her own."""
    actor = actor_of(request)
    permissions.require(permissions.may_see_reports(actor))
    own = actor.agencies(Role.MANAGER)
    return None if MALL in own else own


@doors.staff(Role.MANAGER)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What is late, who holds it, what comes and goes. Six reads, whatever the number of cases."""
    agencies, names = agencies_of(request), tables.names_of_agencies()
    work = reports.open_work(agencies)
    kept = reports.terms_kept(agencies, since=since())
    decided = sum(one.decided for one in kept)
    context = {
        "open": sum(one.count for one in work),
        "late": sum(one.late for one in work),
        "late_services": [one for one in work if one.late][:5],
        "decided": decided,
        "kept": sum(one.kept for one in kept) * 100 // decided if decided else None,
        "flow": charts.flow(reports.throughput(agencies)),
        "held": charts.held(reports.holdings(agencies), names),
        "sheets": list(tables.SHEETS.values()),
        "whole": agencies is None,
    }
    return render(request, "reports/home.html", context)


@doors.staff(Role.MANAGER)
@require_safe
def sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """One table of figures, with how it is computed. Two reads."""
    found = _sheet(slug)
    table = found.table(agencies_of(request), tables.names_of_agencies())
    return render(request, "reports/sheet.html", {"sheet": found, "table": table if table.rows else None})


@doors.staff(Role.MANAGER)
@require_safe
def download(request: HttpRequest, slug: str) -> HttpResponse:
    """The same table as a file."""
    found = _sheet(slug)
    rows = found.rows(agencies_of(request), tables.names_of_agencies())
    response = HttpResponse(files.as_csv(found.columns, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="laporan-{found.slug}.csv"'
    response["Cache-Control"] = "private, no-store"
    return response


def _sheet(slug: str) -> Sheet:
    if slug not in tables.SHEETS:
        raise Missing
    return tables.SHEETS[slug]
