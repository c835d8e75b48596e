"""What loading from files and publishing by people share: the row of a service and the row of a version."""

from datetime import datetime
from typing import Final

from django.db import connection

from agencies import clock
from agencies.models import Agency, AgencyKind
from workflows.definition.canonical import digest
from workflows.definition.model import Definition
from workflows.definition.models import ServiceType, ServiceVersion, VersionState
from workflows.definition.queries import normalised

HEAD: Final = (
    "agency",
    "category",
    "name_id",
    "name_en",
    "keywords",
    "searchable",
    "shape",
    "authority",
    "applicant",
)


def one_writer_at_a_time() -> None:
    """Wait for whoever else writes to the catalogue, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('catalogue', 0))")


def kinds_of_agencies() -> dict[str, str]:
    """Every agency that serves, with its kind; a definition can name no other. One query."""
    return dict(Agency.objects.exclude(kind=AgencyKind.OVERSIGHT).values_list("code", "kind"))


def apply(service: ServiceType, definition: Definition) -> ServiceType:
    """Copy onto the service what lists and the search need; it is not saved."""
    service.agency_id = definition.agency
    service.category = definition.category
    service.name_id, service.name_en = definition.name.id, definition.name.en
    service.keywords = "\n".join(definition.keywords)
    service.searchable = normalised(
        " ".join((definition.code, *definition.name.both, *definition.summary.both, *definition.keywords))
    )
    service.shape, service.authority = definition.shape, definition.authority
    service.applicant = definition.applicant
    return service


def version(
    definition: Definition, number: int, at: datetime, note: str, state: str = VersionState.PUBLISHED
) -> ServiceVersion:
    """A version that is not saved yet; a draft has no day of publication."""
    published = state == VersionState.PUBLISHED
    return ServiceVersion(
        service_id=definition.code,
        number=number,
        body=definition.body,
        digest=digest(definition.body),
        state=state,
        effective_from=clock.wib_date(at) if published else None,
        published_at=at if published else None,
        note=note,
    )


def close(service: ServiceType) -> None:
    """No new cases; the running ones keep their version."""
    ServiceVersion.objects.filter(service=service, state=VersionState.PUBLISHED).update(state=VersionState.RETIRED)
    service.active = False
    service.save(update_fields=["active"])
