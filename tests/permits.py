"""Permits for the tests of documents: driven through the engine, rendered and sealed by the real worker code."""

from dataclasses import replace
from typing import Any

from documents.permits import rendering, sheet
from documents.permits.sealing.port import signer
from documents.permits.sheet import Sheet
from tests.cases import DOCTOR, at, case_of
from tests.engine import TestCast
from workflows.cases.models import Case
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
