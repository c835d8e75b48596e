"""What a holder may ask for once she has a permit, and the draft that opens with what we know already."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from agencies import clock
from agencies.errors import Conflict
from workflows import permissions
from workflows.actors import Actor
from workflows.cases import intake, sealing
from workflows.cases.models import Case, Channel
from workflows.definition import answers as questions
from workflows.definition import queries as definitions
from workflows.definition.kinds import Effect, PermitFact
from workflows.definition.model import Definition, Field
from workflows.definition.models import ServiceType
from workflows.permits import naming
from workflows.permits.models import Permit
from workflows.permits.work import PermitWork


@dataclass(frozen=True, slots=True)
class Way:
    """One thing that may follow a permit: by which service, and from which day on."""

    effect: Effect
    service: str
    opens_on: date | None = None

    def is_open(self, on: date) -> bool:
        """May it be asked for on that day?"""
        return self.opens_on is None or self.opens_on <= on


def ways(permit: Permit) -> list[Way]:
    """What may follow this permit as it stands, also what opens later. One query for duplicates and revocations.

    The rules are those of the service as it is published now. Read with `case__service__current`.
    """
    service = permit.case.service
    found = list(_own_ways(permit, service)) if service.active and service.current else []
    found += [Way(effect, code) for code, effect in _keepers(permit)]
    found.sort(key=lambda way: list(Effect).index(way.effect))
    return [way for way in found if naming.may_be_followed(permit, way.effect)]


def _own_ways(permit: Permit, service: ServiceType) -> Iterator[Way]:
    """Renewal and amendment, as the service itself has them."""
    assert service.current
    definition = service.current.definition
    renewal = definition.renewal
    if renewal and permit.valid_until:
        opens = date.fromordinal(permit.valid_until.toordinal() - renewal.opens_days)
        yield Way(Effect.RENEWS, renewal.by or service.code, opens)
    if definition.product.amendable:
        yield Way(Effect.AMENDS, service.code)


def _keepers(permit: Permit) -> list[tuple[str, Effect]]:
    """The services of the same agency that copy or revoke what it granted. One query."""
    rows = definitions.published().filter(
        agency_id=permit.case.agency_id,
        current__body__product__effect__in=[Effect.COPIES, Effect.REVOKES],
    )
    return [(one.code, Effect(one.current.body["product"]["effect"])) for one in rows if one.current]


@transaction.atomic
def follow(
    *,
    permit_id: UUID,
    by: Actor,
    effect: Effect,
    changes: Collection[str] = (),
    channel: str = Channel.ONLINE,
    site: str = "MPP",
) -> Case:
    """Open a draft about an earlier permit, filled in with the answers that still fit the service of today.

    In an amendment the questions named in `changes` are left open. Asked again, the draft that is open already comes
    back. At the counter the clerk opens it for the holder.

    Raises:
        Missing: not the actor's permit. Conflict: the permit or the service does not allow it, or not yet.
    """
    work = PermitWork.on_permit(permit_id, by)
    permit, earlier = work.permit, work.case
    permit.case = earlier
    if channel == Channel.COUNTER:
        permissions.require(permissions.may_open(by, own=False))
        permissions.require(permissions.not_own_business(by, earlier))
    else:
        permissions.require_seen(permissions.may_edit(by, earlier))
    if running := naming.followed(permit, effect):
        permissions.require_seen(permissions.may_edit(by, running))
        return running
    way = _open_way(permit, effect, clock.wib_date(work.at))
    version = definitions.version_for_new_case(way.service)
    case = intake.blank(
        version, earlier.applicant, by, organisation_id=earlier.organisation_id, channel=channel, site=site
    )
    case.previous_permit, case.effect = permit, effect
    case.answers = sealing.sealed(version.definition, _prefilled(version.definition, permit, effect, changes))
    facts = {"permit": str(permit.pk), "effect": str(effect), "changes": sorted(changes)}
    return intake.begun(case, by, {"service": way.service, "version": version.number, "channel": channel, **facts})


def _open_way(permit: Permit, effect: Effect, today: date) -> Way:
    way = next((one for one in ways(permit) if one.effect is effect), None)
    if way is None:
        raise Conflict(_("Untuk izin ini permohonan itu tidak tersedia."))
    if not way.is_open(today):
        raise Conflict(_("Perpanjangan izin ini belum dibuka."))
    return way


def _prefilled(definition: Definition, permit: Permit, effect: Effect, changes: Collection[str]) -> dict[str, Any]:
    """The earlier answers that are asked again and still hold, and what the permit itself answers."""
    case = permit.case
    known = {**sealing.opened(case.definition, case.answers), **_facts(definition, permit, effect)}
    known = {name: answer for name, answer in known.items() if name not in changes}
    clean, _faults = questions.check_answers(definition, known, partial=True)
    return clean


def _facts(definition: Definition, permit: Permit, effect: Effect) -> dict[str, Any]:
    said: dict[PermitFact, Any] = {
        PermitFact.NUMBER: permit.number,
        PermitFact.SERVICE: permit.case.service_id,
        PermitFact.ISSUED_ON: permit.valid_from.isoformat(),
        PermitFact.RENEWING: effect is Effect.RENEWS,
    }
    return {field.name: said[field.from_permit] for field in definition.fields if field.from_permit}


def questions_of(permit: Permit) -> list[Field]:
    """What an amendment may change: the questions that were asked, but for those the permit itself answers."""
    case = permit.case
    asked = questions.visible_fields(case.definition, sealing.opened(case.definition, case.answers))
    return [field for field in asked if field.from_permit is None]
