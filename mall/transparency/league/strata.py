"""What is compared with what: the route of a service and the length of its term, from the version a case was pinned to.

Not the service itself: a service belongs to one agency, so each agency would be compared with nobody but itself. For
the same reason the route is the shape of the catalogue without the letter that says who decides: all that the mall
decides is one agency's.
"""

from collections.abc import Mapping
from uuid import UUID

from django.utils.translation import gettext as _

from workflows.definition.model import Definition
from workflows.definition.models import ServiceVersion, VersionState

BANDS: tuple[tuple[int, str], ...] = ((0, "0"), (3, "1-3"), (7, "4-7"), (14, "8-14"))
"""Longest term in working days, and the name of the band; what is longer is the last one."""
LONGEST = "15"
MOST_ASKED = 2


def stratum(definition: Definition) -> str:
    """The code of a stratum: how many agencies are asked (two and more alike), a visit or none, the band."""
    asked, visited = min(len(definition.recommenders), MOST_ASKED), "i" if definition.inspection else ""
    return f"R{asked}{visited}.{band(definition.term.working_days)}"


def band(days: int) -> str:
    """The band of a term."""
    return next((name for most, name in BANDS if days <= most), LONGEST)


def label(code: str) -> str:
    """A stratum in words."""
    route, _dot, days = code.partition(".")
    asked = (_("Tanpa rekomendasi"), _("Satu rekomendasi"), _("Dua rekomendasi atau lebih"))[int(route[1])]
    terms = {"0": _("selesai hari itu juga"), LONGEST: _("lebih dari 14 hari kerja")}
    term = terms.get(days) or _("%(days)s hari kerja") % {"days": days}
    return ", ".join([asked, *([_("dengan kunjungan")] if route.endswith("i") else []), term])


def of_versions() -> dict[UUID, tuple[str, str]]:
    """Home agency and stratum of every version that was ever published. One query."""
    versions = ServiceVersion.objects.exclude(state=VersionState.DRAFT).select_related("service")
    return {one.pk: (one.service.agency_id, stratum(one.definition)) for one in versions}


def domain(versions: Mapping[UUID, tuple[str, str]]) -> dict[str, set[str]]:
    """By agency every stratum that its services ever had, so that a row's being there tells nothing."""
    found: dict[str, set[str]] = {}
    for agency, code in versions.values():
        found.setdefault(agency, set()).add(code)
    return found
