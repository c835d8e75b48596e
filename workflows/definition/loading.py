"""From the files of a folder to published services: by digest, all or nothing, and again is harmless."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import Max, QuerySet

from agencies import clock
from workflows.definition.canonical import digest
from workflows.definition.folder import CATALOGUE, files_of, folder_digest, read_folder
from workflows.definition.model import Definition
from workflows.definition.models import CatalogueStamp, ServiceType, ServiceVersion, VersionState
from workflows.definition.samples import samples_of
from workflows.definition.versions import HEAD, apply, close, kinds_of_agencies, one_writer_at_a_time, version

SHIPPED: Final = "Katalog bawaan"
"""The note on a version that the shipped catalogue brought; only those are retired when their file leaves it."""
LOADED: Final = "Dimuat dari berkas"
"""The note on a version from the files of another folder. What people published is never undone by a file."""
Services = dict[str, ServiceType]


class Held(NamedTuple):
    """A service that stays a draft, because these parts of it are samples."""

    code: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LoadReport:
    """How many services a load made, left, renewed and closed, and which it held back."""

    created: int = 0
    unchanged: int = 0
    new_versions: int = 0
    retired: int = 0
    held: tuple[Held, ...] = ()


def load_catalogue(folder: Path | None = None) -> LoadReport:
    """Publish what is new in the folder; the same files twice are the same once.

    Services whose file has left the shipped catalogue are retired; another folder only adds. Where samples are not
    allowed (`MALL_SAMPLES_ALLOWED`), a service that holds one is kept as a draft and takes no cases.
    Raises `DefinitionFaults` with every fault of every file, and then writes nothing.
    """
    home = folder or CATALOGUE
    seal, name = _seal(home), "catalogue" if home == CATALOGUE else str(home)[-60:]
    if CatalogueStamp.objects.filter(name=name, digest=seal).exists():
        return LoadReport(unchanged=len(files_of(home)))
    definitions = read_folder(home, agencies=kinds_of_agencies())
    with transaction.atomic():
        one_writer_at_a_time()
        report = _store(definitions, SHIPPED if home == CATALOGUE else LOADED)
        CatalogueStamp.objects.update_or_create(name=name, defaults={"digest": seal, "loaded_at": clock.now()})
    return report


def _seal(home: Path) -> str:
    """Of the files, and of whether their samples may be published."""
    return hashlib.sha256(f"{folder_digest(home)} {settings.MALL_SAMPLES_ALLOWED}".encode()).hexdigest()


def _store(definitions: Sequence[Definition], note: str) -> LoadReport:
    services = {
        service.code: service
        for service in ServiceType.objects.select_for_update(of=("self",)).select_related("current")
    }
    gone = _left(services, {one.code for one in definitions}) if note == SHIPPED else []
    held = _hold_back(definitions, services, note)
    told = _publish([one for one in definitions if one.code not in held], services, note)
    for service in gone:
        close(service)
    unchanged = len(definitions) - sum(told) - len(held)
    return LoadReport(told[0], unchanged, told[1], len(gone), tuple(Held(*one) for one in sorted(held.items())))


def _left(services: Services, codes: set[str]) -> list[ServiceType]:
    """Open services of the shipped catalogue whose file is there no more."""
    rows = services.values()
    return [one for one in rows if one.active and one.code not in codes and _has_note(one, SHIPPED)]


def _has_note(service: ServiceType, *notes: str) -> bool:
    return service.current is not None and service.current.note in notes


def _hold_back(definitions: Iterable[Definition], services: Services, note: str) -> dict[str, tuple[str, ...]]:
    """Keep as drafts the services that hold a sample, where that is not allowed; their codes with the paths.

    What a person has published meanwhile is open and stays so.
    """
    if settings.MALL_SAMPLES_ALLOWED:
        return {}
    held = {one.code: tuple(found) for one in definitions if (found := samples_of(one))}
    for one in definitions:
        if one.code in held:
            _keep_as_draft(one, services, note)
    return held


def _keep_as_draft(definition: Definition, services: Services, note: str) -> None:
    """A draft of the file's body; a sample that files have opened before is closed."""
    service = services.get(definition.code)
    if service is None:
        service = apply(ServiceType(code=definition.code), definition)
        service.save(force_insert=True)
    elif service.active and service.current and samples_of(service.current.definition):
        close(service)
    _file_drafts([definition.code]).delete()
    versions = ServiceVersion.objects.filter(service=service)
    known = versions.filter(digest=digest(definition.body)) | versions.filter(state=VersionState.DRAFT)
    if service.current is None and not known.exists():
        number = (versions.aggregate(highest=Max("number"))["highest"] or 0) + 1
        version(definition, number, clock.now(), note, VersionState.DRAFT).save(force_insert=True)


def _file_drafts(codes: Sequence[str]) -> QuerySet[ServiceVersion]:
    """Drafts that a file has left behind; those of people are theirs."""
    return ServiceVersion.objects.filter(service__in=codes, state=VersionState.DRAFT, note__in=(SHIPPED, LOADED))


def _publish(definitions: Sequence[Definition], services: Services, note: str) -> tuple[int, int]:
    """Open what is new or newer; how many of each."""
    seals = {definition.code: digest(definition.body) for definition in definitions}
    opened = ServiceVersion.objects.exclude(state=VersionState.DRAFT)
    known = set(opened.values_list("service_id", "digest"))
    fresh = [one for one in definitions if one.code not in services]
    newer = [
        one for one in definitions if one.code in services and _supersedes(services[one.code], seals[one.code], known)
    ]
    ServiceType.objects.bulk_create([apply(ServiceType(code=one.code), one) for one in fresh])
    _publish_all([*fresh, *newer], services, seals, note)
    return len(fresh), len(newer)


def _supersedes(service: ServiceType, seal: str, known: set[tuple[str, str]]) -> bool:
    """Is the file's body to be published? An older body comes back only over another file's body."""
    if service.current is not None and service.current.digest == seal:
        return False
    return (service.code, seal) not in known or (service.active and _has_note(service, SHIPPED, LOADED))


def _publish_all(definitions: Sequence[Definition], services: Services, seals: Mapping[str, str], note: str) -> None:
    """Publish many at once: a handful of statements, however many services."""
    codes = [one.code for one in definitions]
    at = clock.now()
    _file_drafts(codes).delete()
    ServiceVersion.objects.filter(service__in=codes, state=VersionState.PUBLISHED).update(state=VersionState.RETIRED)
    highest = dict(ServiceVersion.objects.filter(service__in=codes).values_list("service").annotate(Max("number")))
    older = {
        (row.service_id, row.digest): row
        for row in ServiceVersion.objects.filter(service__in=codes, digest__in=[seals[code] for code in codes])
    }
    rows = [
        older.get((one.code, seals[one.code])) or version(one, highest.get(one.code, 0) + 1, at, note)
        for one in definitions
    ]
    back = [row.pk for row in older.values()]
    ServiceVersion.objects.filter(pk__in=back).update(state=VersionState.PUBLISHED)
    ServiceVersion.objects.bulk_create([row for row in rows if row.pk not in back])
    heads = []
    for one, row in zip(definitions, rows, strict=True):
        head = apply(services.get(one.code) or ServiceType(code=one.code), one)
        head.current, head.active = row, True
        heads.append(head)
    ServiceType.objects.bulk_update(heads, [*HEAD, "current", "active"])
