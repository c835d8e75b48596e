"""Permits for the tests of documents: driven through the engine, rendered and sealed by the real worker code."""

from dataclasses import replace
from typing import Any

from agencies.ids import new_id
from documents.permits import rendering, sheet
from documents.permits.sealing.port import signer
from documents.permits.sheet import Sheet
from tests.cases import DOCTOR, at, case_of
from tests.definitions import shipped
from tests.engine import EngineScript, TestCast
from workflows.actors import Actor, ActorKind
from workflows.cases import services
from workflows.cases.machine import CaseState
from workflows.cases.models import Case
from workflows.definition.model import Definition
from workflows.definition.services import publish_version
from workflows.permits.models import Permit
from workflows.trail import relay


def granted(code: str = DOCTOR, cast: TestCast | None = None) -> Permit:
    """A permit that is granted; its document is still to be made."""
    return permit_of(case_of(at("decided", code, cast)))


def issued(code: str = DOCTOR, cast: TestCast | None = None) -> Permit:
    """A permit that is issued, with its sealed document."""
    permit = granted(code, cast)
    relay.drain("documents")
    return permit_of(permit.case)


def permit_of(case: Case) -> Permit:
    """The permit of a case as it stands in the database."""
    return Permit.objects.select_related("case__service_version", "case__agency", "case__applicant").get(case=case)


def sheet_of(permit: Permit, **changes: Any) -> Sheet:
    """What its document says, with some words changed."""
    seal = signer()
    return replace(sheet.compose(permit, seal=seal.words, certified=seal.certified), **changes)


def rendered(permit: Permit) -> bytes:
    """Its document, not yet sealed."""
    return rendering.render(sheet_of(permit))


def handed_over(code: str = DOCTOR, cast: TestCast | None = None) -> Permit:
    """A permit that its holder has, driven through the engine alone: no document is made."""
    return finished(at("drafted", code, cast))


def finished(script: EngineScript) -> Permit:
    """Take a draft that is filled in to the permit that its holder has."""
    script.play(script.submit)
    rest = script.route()[4:]
    for part in rest:
        script.play(part)
    case = case_of(script)
    if case.state == CaseState.APPROVED:
        services.attach_document(
            case_id=case.pk, by=Actor.system("documents"), document_id=new_id(), sha256=f"{case.pk.int:064x}"[-64:]
        )
    return permit_of(case)


def publish(code: str = DOCTOR, *, product: dict[str, Any] | None = None, **changes: Any) -> Definition:
    """Publish the shipped service with other words, such as a `renewal`, and without those that are None."""
    body = {key: said for key, said in {**shipped(code).body, **changes}.items() if said is not None}
    body["product"] = {**body["product"], **(product or {})}
    designer = Actor(kind=ActorKind.USER, memberships=frozenset({("administrator", "DPMPTSP")}))
    return publish_version(code, body, by=designer).definition


def approver(cast: TestCast, number: int = 1, agency: str = "DPMPTSP") -> Actor:
    """Somebody who may take back what that agency granted."""
    return cast.player("approver", agency, number)
