"""The only writers of services and their versions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from agencies import clock
from agencies.errors import Conflict, Invalid, Missing
from agencies.models import Agency
from workflows import permissions
from workflows.actors import Actor
from workflows.definition.canonical import definition_from_body, digest
from workflows.definition.faults import DefinitionFaults
from workflows.definition.folder import CATALOGUE, files_of, folder_digest, read_folder
from workflows.definition.model import Definition
from workflows.definition.models import CatalogueStamp, ServiceType, ServiceVersion, VersionState
from workflows.definition.queries import normalised
from workflows.definition.validate import faults_of
from workflows.trail.services import record

SHIPPED: Final = "Katalog bawaan"
"""The note on a version that the shipped catalogue brought; only those are retired when their file leaves it."""
LOADED: Final = "Dimuat dari berkas"
"""The note on a version from the files of another folder. What people published is never undone by a file."""
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


@dataclass(frozen=True, slots=True)
class LoadReport:
    """How many services a load made, left, renewed and closed."""

    created: int = 0
    unchanged: int = 0
    new_versions: int = 0
    retired: int = 0


def load_catalogue(folder: Path | None = None) -> LoadReport:
    """Publish what is new in the folder; the same files twice are the same once.

    Services whose file has left the shipped catalogue are retired; another folder only adds.
    Raises `DefinitionFaults` with every fault of every file, and then writes nothing.
    """
    home = folder or CATALOGUE
    seal, name = folder_digest(home), "catalogue" if home == CATALOGUE else str(home)[-60:]
    if CatalogueStamp.objects.filter(name=name, digest=seal).exists():
        return LoadReport(unchanged=len(files_of(home)))
    definitions = read_folder(home, agencies=_agencies())
    with transaction.atomic():
        _one_loader_at_a_time()
        report = _store(definitions, SHIPPED if home == CATALOGUE else LOADED)
        CatalogueStamp.objects.update_or_create(name=name, defaults={"digest": seal, "loaded_at": clock.now()})
    return report


def _one_loader_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('catalogue', 0))")


def _agencies() -> dict[str, str]:
    return dict(Agency.objects.values_list("code", "kind"))


def _store(definitions: Sequence[Definition], note: str) -> LoadReport:
    services = {
        service.code: service
        for service in ServiceType.objects.select_for_update(of=("self",)).select_related("current")
    }
    seals = {definition.code: digest(definition.body) for definition in definitions}
    known = set(ServiceVersion.objects.values_list("service_id", "digest"))
    fresh = [one for one in definitions if one.code not in services]
    newer = [
        one for one in definitions if one.code in services and _supersedes(services[one.code], seals[one.code], known)
    ]
    gone = [
        service
        for code, service in services.items()
        if note == SHIPPED and service.active and code not in seals and _has_note(service, SHIPPED)
    ]
    ServiceType.objects.bulk_create([_apply(ServiceType(code=one.code), one) for one in fresh])
    _publish_all([*fresh, *newer], services, seals, note)
    for service in gone:
        _close(service)
    changed = len(fresh) + len(newer)
    return LoadReport(len(fresh), len(definitions) - changed, len(newer), len(gone))


def _supersedes(service: ServiceType, seal: str, known: set[tuple[str, str]]) -> bool:
    """Is the file's body to be published? An older body comes back only over another file's body."""
    if service.current is not None and service.current.digest == seal:
        return False
    return (service.code, seal) not in known or (service.active and _has_note(service, SHIPPED, LOADED))


def _has_note(service: ServiceType, *notes: str) -> bool:
    return service.current is not None and service.current.note in notes


def _apply(service: ServiceType, definition: Definition) -> ServiceType:
    """Copy what lists and the search need."""
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


def _publish_all(
    definitions: Sequence[Definition], services: Mapping[str, ServiceType], seals: Mapping[str, str], note: str
) -> None:
    """Publish many at once: a handful of statements, however many services."""
    codes = [one.code for one in definitions]
    at = clock.now()
    ServiceVersion.objects.filter(service__in=codes, state=VersionState.PUBLISHED).update(state=VersionState.RETIRED)
    highest = dict(ServiceVersion.objects.filter(service__in=codes).values_list("service").annotate(Max("number")))
    older = {
        (row.service_id, row.digest): row
        for row in ServiceVersion.objects.filter(service__in=codes, digest__in=[seals[code] for code in codes])
    }
    rows = [
        older.get((one.code, seals[one.code])) or _version(one, highest.get(one.code, 0) + 1, at, note)
        for one in definitions
    ]
    back = [row.pk for row in older.values()]
    ServiceVersion.objects.filter(pk__in=back).update(state=VersionState.PUBLISHED)
    ServiceVersion.objects.bulk_create([row for row in rows if row.pk not in back])
    heads = []
    for one, row in zip(definitions, rows, strict=True):
        head = _apply(services.get(one.code) or ServiceType(code=one.code), one)
        head.current, head.active = row, True
        heads.append(head)
    ServiceType.objects.bulk_update(heads, [*HEAD, "current", "active"])


def _version(definition: Definition, number: int, at: datetime, note: str) -> ServiceVersion:
    return ServiceVersion(
        service_id=definition.code,
        number=number,
        body=definition.body,
        digest=digest(definition.body),
        state=VersionState.PUBLISHED,
        effective_from=clock.wib_date(at),
        published_at=at,
        note=note,
    )


def _close(service: ServiceType) -> None:
    """No new cases; the running ones keep their version."""
    ServiceVersion.objects.filter(service=service, state=VersionState.PUBLISHED).update(state=VersionState.RETIRED)
    service.active = False
    service.save(update_fields=["active"])


@transaction.atomic
def publish_version(service_code: str, body: dict[str, Any], *, by: Actor, note: str = "") -> ServiceVersion:
    """Publish a new body of a service, or the first of a new one. Running cases keep theirs.

    Raises:
        Refused: the actor may not administer services.
        Invalid: the body has faults; the sentences name each path.
        Conflict: that body is the current one already.
    """
    permissions.require(permissions.may_publish(by))
    definition = _checked(service_code, body)
    _one_loader_at_a_time()
    service = ServiceType.objects.select_for_update(of=("self",)).filter(code=service_code).first()
    if service is None:
        service = _apply(ServiceType(code=service_code), definition)
        service.save(force_insert=True)
    version = _next_version(service, definition, note)
    service = _apply(service, definition)
    service.current, service.active = version, True
    service.save()
    record(
        subject_kind="service_version",
        subject_id=version.pk,
        kind="service.published",
        by=by,
        data={"service": service_code, "number": version.number, "digest": version.digest},
    )
    return version


def _checked(service_code: str, body: dict[str, Any]) -> Definition:
    try:
        definition = definition_from_body(body)
        services = frozenset(ServiceType.objects.values_list("code", flat=True))
        faults = faults_of(definition, agencies=_agencies(), services=services | {service_code})
    except DefinitionFaults as found:
        faults = found.faults
    if faults:
        raise Invalid({fault.path: [fault.sentence] for fault in faults})
    if definition.code != service_code:
        raise Invalid({"code": [_("Kode di dalam definisi tidak sama dengan kode layanan.")]})
    return definition


def _next_version(service: ServiceType, definition: Definition, note: str) -> ServiceVersion:
    versions = ServiceVersion.objects.filter(service=service)
    seal = digest(definition.body)
    again = versions.filter(digest=seal).first()
    if again is not None and again.state == VersionState.PUBLISHED:
        raise Conflict(_("Versi ini sudah berlaku."))
    versions.filter(state=VersionState.PUBLISHED).update(state=VersionState.RETIRED)
    if again is not None:
        again.state = VersionState.PUBLISHED
        again.published_at = again.published_at or clock.now()
        again.save()
        return again
    highest = versions.aggregate(highest=Max("number"))["highest"] or 0
    version = _version(definition, highest + 1, clock.now(), note)
    version.save(force_insert=True)
    return version


@transaction.atomic
def retire_service(code: str, *, by: Actor | None = None) -> ServiceType:
    """Take no new cases of this service; running cases go on.

    Raises:
        Missing: there is no such service.
        Refused: the actor may not administer services.
    """
    actor = by or Actor.system("catalogue")
    if by is not None:
        permissions.require(permissions.may_publish(by))
    service = ServiceType.objects.select_for_update(of=("self",)).filter(code=code).first()
    if service is None or service.current_id is None:
        raise Missing(_("Layanan ini tidak ada."))
    if service.active:
        _close(service)
        record(
            subject_kind="service_version",
            subject_id=service.current_id,
            kind="service.retired",
            by=actor,
            data={"service": code},
        )
    return service
