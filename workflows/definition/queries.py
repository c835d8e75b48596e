"""Readers of services. Each docstring names its queries."""

import difflib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from agencies.errors import Conflict, Missing
from workflows import paging
from workflows.definition import categories as names
from workflows.definition.models import ServiceType, ServiceVersion

SEARCH_PAGE = 20
MOST_WORDS = 8
CLOSE_ENOUGH = 0.75
RENEW_AHEAD = timedelta(days=30)
"""How long before the end of a rate its successor is asked for."""


@dataclass(frozen=True, slots=True)
class Category:
    """A group of services and how many are open in it."""

    code: str
    label: str
    count: int


def normalised(text: str) -> str:
    """Lower case without accents or punctuation, as the search column holds it."""
    plain = unicodedata.normalize("NFKD", text.lower())
    return " ".join(re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c))))


def published() -> QuerySet[ServiceType]:
    """The services open to new cases, by code, with agency and current version. One query."""
    return (
        ServiceType.objects.filter(active=True, current__isnull=False)
        .select_related("agency", "current")
        .order_by("code")
    )


def search(
    text: str = "",
    agency: str | None = None,
    category: str | None = None,
    cursor: str | None = None,
    limit: int = SEARCH_PAGE,
) -> paging.Page[ServiceType]:
    """Open services that match every word, those whose name matches first.

    One query; two more when nothing matches and a word is mistyped. Raises `Invalid` for a foreign cursor.
    """
    words = normalised(text).split()[:MOST_WORDS]
    narrowed = _narrowed(agency, category)
    found = _page(narrowed, words, cursor, limit)
    if words and not found.items and not cursor:
        corrected = _corrected(words, narrowed)
        if corrected != words:
            return _page(narrowed, corrected, cursor, limit)
    return found


def _narrowed(agency: str | None, category: str | None) -> QuerySet[ServiceType]:
    rows = published().defer("current__body")
    if agency:
        rows = rows.filter(agency_id=agency)
    return rows.filter(category=category) if category else rows


def _page(rows: QuerySet[ServiceType], words: list[str], cursor: str | None, limit: int) -> paging.Page[ServiceType]:
    in_name = Q()
    for word in words:
        rows = rows.filter(searchable__contains=word)
        in_name &= Q(name_id__icontains=word) | Q(code__icontains=word)
    rank = Case(When(in_name, then=Value(0)), default=Value(1)) if words else Value(0)
    ranked = rows.annotate(rank=Case(When(pk__isnull=False, then=rank), output_field=IntegerField()))
    return paging.page(ranked, order=("rank", "code"), cursor=cursor or "", limit=limit)


def _corrected(words: list[str], rows: QuerySet[ServiceType]) -> list[str]:
    """Each word as it stands in the catalogue, or the nearest that does."""
    vocabulary = sorted({word for text in rows.values_list("searchable", flat=True) for word in text.split()})
    return [_nearest(word, vocabulary) for word in words]


def _nearest(word: str, vocabulary: Iterable[str]) -> str:
    known = list(vocabulary)
    if any(word in candidate for candidate in known):
        return word
    return next(iter(difflib.get_close_matches(word, known, n=1, cutoff=CLOSE_ENOUGH)), word)


def version_for_new_case(code: str) -> ServiceVersion:
    """The version that a case opened now is pinned to. One query.

    Raises:
        Missing: there is no such service.
        Conflict: it takes no new cases any more.
    """
    service = ServiceType.objects.filter(code=code).select_related("current").first()
    if service is None or service.current is None:
        raise Missing(_("Layanan ini tidak ada."))
    if not service.active:
        raise Conflict(_("Layanan ini sudah tidak dibuka lagi."))
    return service.current


def categories() -> list[Category]:
    """The groups that have open services, by label. One query."""
    rows = (
        ServiceType.objects.filter(active=True, current__isnull=False)
        .values_list("category")
        .annotate(count=Count("code"))
        .order_by()
    )
    return sorted((Category(code, names.label(code), count) for code, count in rows), key=lambda one: one.label)


def rates_to_renew(on: date) -> list[tuple[ServiceType, date]]:
    """Open services whose rate has ended or ends within thirty days of `on`, the most urgent first. One query."""
    soon = (on + RENEW_AHEAD).isoformat()
    rows = published().filter(current__body__fee__valid_until__lte=soon)
    found = [
        (service, date.fromisoformat(service.current.body["fee"]["valid_until"])) for service in rows if service.current
    ]
    return sorted(found, key=lambda pair: (pair[1], pair[0].code))
