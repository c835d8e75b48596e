"""The names of agencies, read once for a page."""

from collections.abc import Collection

from agencies.models import Agency


def agency_names(codes: Collection[str]) -> dict[str, str]:
    """Names by code, in the language of the page. One query, none without codes."""
    return {one.code: one.name for one in Agency.objects.filter(code__in=codes)} if codes else {}
