"""The only writers of services and their versions."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from agencies import clock
from agencies.errors import Conflict, Invalid, Missing
from workflows import permissions
from workflows.actors import Actor
from workflows.definition.canonical import definition_from_body, digest
from workflows.definition.components import with_silence
from workflows.definition.faults import DefinitionFaults
from workflows.definition.loading import LoadReport, load_catalogue
from workflows.definition.model import Definition
from workflows.definition.models import ServiceType, ServiceVersion, VersionState
from workflows.definition.rates import has_ended
from workflows.definition.samples import samples_of
from workflows.definition.validate import faults_of
from workflows.definition.versions import apply, close, kinds_of_agencies, one_writer_at_a_time, version
from workflows.trail.services import record

__all__ = ["LoadReport", "load_catalogue", "publish_version", "retire_service"]


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
    one_writer_at_a_time()
    service = ServiceType.objects.select_for_update(of=("self",)).filter(code=service_code).first()
    if service is None:
        service = apply(ServiceType(code=service_code), definition)
        service.save(force_insert=True)
    newest = _next_version(service, definition, note)
    service = apply(service, definition)
    service.current, service.active = newest, True
    service.save()
    record(
        subject_kind="service_version",
        subject_id=newest.pk,
        kind="service.published",
        by=by,
        data={"service": service_code, "number": newest.number, "digest": newest.digest},
    )
    return newest


def _checked(service_code: str, body: dict[str, Any]) -> Definition:
    try:
        definition = definition_from_body(with_silence(body))
        services = frozenset(ServiceType.objects.values_list("code", flat=True))
        faults = faults_of(definition, agencies=kinds_of_agencies(), services=services | {service_code})
    except DefinitionFaults as found:
        faults = found.faults
    if faults:
        raise Invalid({fault.path: [fault.sentence] for fault in faults})
    _refuse_unconfirmed(definition)
    if definition.code != service_code:
        raise Invalid({"code": [_("Kode di dalam definisi tidak sama dengan kode layanan.")]})
    return definition


def _refuse_unconfirmed(definition: Definition) -> None:
    """A sample is nobody's word, and a rate that has ended is no rate any more."""
    if not settings.MALL_SAMPLES_ALLOWED and (paths := samples_of(definition)):
        told = _("Bagian ini masih contoh. Isi dengan ketentuan yang sudah ditetapkan sebelum layanan diterbitkan.")
        raise Invalid({path: [told] for path in paths})
    if has_ended(definition.fee, clock.today()):
        raise Invalid({"fee.valid_until": [_("Tarif ini sudah berakhir; terbitkan dengan tarif yang berlaku.")]})


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
    fresh = version(definition, highest + 1, clock.now(), note)
    fresh.save(force_insert=True)
    return fresh


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
        close(service)
        record(
            subject_kind="service_version",
            subject_id=service.current_id,
            kind="service.retired",
            by=actor,
            data={"service": code},
        )
    return service
