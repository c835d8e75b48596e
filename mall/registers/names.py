"""Names of agencies for people."""

from collections.abc import Collection

from agencies.models import Agency


def agency_names(codes: Collection[str]) -> dict[str, str]:
    """Agencies by code. One query when there are any."""
    return {one.pk: one.name for one in Agency.objects.filter(pk__in=codes)} if codes else {}
