"""What anybody can read without an account: the home page, the services, the agencies, a service's standard."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agencies.errors import Missing
from agencies.models import Agency, Site
from mall import doors
from mall.design.parts import Crumb
from mall.forms.words import in_language
from mall.portal import popular, standard, themes
from mall.portal.names import agency_names
from workflows.definition import queries
from workflows.definition.categories import label
from workflows.definition.model import Definition
from workflows.definition.models import ServiceType


@doors.public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Search, life events, what people ask for most, agencies, tracking. Three queries, four once an hour."""
    context = {
        "themes": themes.shown(queries.categories()),
        "popular": popular.services(),
        "agencies": serving_agencies(),
    }
    return render(request, "portal/home.html", context)


def serving_agencies() -> list[Agency]:
    """Agencies with open services, by name. One query."""
    open_ones = ServiceType.objects.filter(active=True, current__isnull=False).values("agency_id")
    return list(Agency.objects.filter(active=True, code__in=open_ones).order_by("name_id"))


@doors.public
@require_safe
def services(request: HttpRequest) -> HttpResponse:
    """Find a service by words, agency and category. Three queries; two more for a mistyped word."""
    words = request.GET.get("q", "").strip()[:200]
    agency, category = request.GET.get("agency", ""), request.GET.get("category", "")
    found = queries.search(words, agency or None, category or None, request.GET.get("after", ""))
    context = {
        "words": words,
        "agency": agency,
        "category": category,
        "found": [(one, label(one.category)) for one in found.items],
        "next": found.next,
        "agencies": serving_agencies(),
        "categories": queries.categories(),
        "narrowed": bool(words or agency or category),
    }
    return render(request, "portal/services.html", context)


@doors.public
@require_safe
def agencies(request: HttpRequest) -> HttpResponse:
    """Every agency with services at the mall. One query."""
    return render(request, "portal/agencies.html", {"agencies": serving_agencies()})


@doors.public
@require_safe
def agency(request: HttpRequest, code: str) -> HttpResponse:
    """One agency and its services, page by page. Two queries."""
    found = Agency.objects.filter(pk=code, active=True).first()
    if found is None:
        raise Missing
    listed = queries.search(agency=code, cursor=request.GET.get("after", ""))
    context = {"agency": found, "found": [(one, label(one.category)) for one in listed.items], "next": listed.next}
    return render(request, "portal/agency.html", context)


@doors.public
@require_safe
def service(request: HttpRequest, code: str) -> HttpResponse:
    """The public standard of one service. Four queries."""
    found = ServiceType.objects.select_related("agency", "current").filter(pk=code).first()
    if found is None or found.current is None:
        raise Missing
    definition = found.current.definition
    context = {
        "service": found,
        "version": found.current,
        "definition": definition,
        "crumbs": _crumbs(definition),
        **told(definition),
        "sites": list(Site.objects.prefetch_related("opening_hours")),
    }
    return render(request, "portal/service.html", context)


def told(definition: Definition) -> dict[str, object]:
    """The standard in words, for the templates."""
    return {
        "name": in_language(definition.name),
        "summary": in_language(definition.summary),
        "fee": standard.fee(definition),
        "term": standard.term(definition),
        "deemed": standard.deemed(definition),
        "papers": standard.papers(definition),
        "validity": standard.validity(definition.product.validity),
        "delivery": standard.delivery(definition),
        "product": in_language(definition.product.name),
        "deciders": standard.deciders(definition, agency_names(_taking_part(definition))),
        "procedure": [in_language(step) for step in definition.standard.procedure],
        "complaints": in_language(definition.standard.complaints),
        "inside": _inside(definition),
    }


def _taking_part(definition: Definition) -> set[str]:
    return {definition.agency, *(one.agency for one in definition.recommenders)}


def _inside(definition: Definition) -> list[tuple[str, str]]:
    """The components about how the office works, beside the legal basis."""
    stated = definition.standard
    return [
        (_("Sarana dan prasarana"), in_language(stated.facilities)),
        (_("Kompetensi pelaksana"), in_language(stated.competence)),
        (_("Pengawasan internal"), in_language(stated.supervision)),
        (_("Jumlah pelaksana"), _("%(count)s orang") % {"count": stated.staff}),
        (_("Jaminan pelayanan"), in_language(stated.guarantee)),
        (_("Jaminan keamanan dan keselamatan"), in_language(stated.safety)),
        (_("Evaluasi kinerja pelaksana"), in_language(stated.evaluation)),
    ]


def _crumbs(definition: Definition) -> list[Crumb]:
    found = f"{reverse('portal:services')}?category={definition.category}"
    return [Crumb(_("Beranda"), "/"), Crumb(label(definition.category), found), Crumb(in_language(definition.name))]
