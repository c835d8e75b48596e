"""The official names of what public figures are counted by."""

from agencies.models import Agency, Region
from workflows.definition.models import ServiceType

UNKNOWN = "lain"
"""Stands for a kecamatan that nobody has said, or that lies elsewhere."""


def names() -> dict[str, str]:
    """The names of agencies and services by their codes. Two queries."""
    return agencies() | services()


def agencies() -> dict[str, str]:
    """The names of agencies by their codes. One query."""
    return dict(Agency.objects.values_list("code", "name_id"))


def services() -> dict[str, str]:
    """The names of services by their codes. One query."""
    return dict(ServiceType.objects.values_list("code", "name_id"))


def kecamatan() -> dict[str, str]:
    """The names of kecamatan by their Kemendagri codes. One query."""
    known = dict(Region.objects.filter(kind="kecamatan").order_by("code").values_list("code", "name"))
    return known | {UNKNOWN: "Tidak disebut atau di luar Banyuwangi"}
