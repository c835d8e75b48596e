"""A duplicate on paper and on the page that anybody may check. Rendered by the real worker code."""

import pytest
from django.core.management import call_command

from documents.permits.queries import public_permit
from documents.permits.rendering import markup
from tests.cases import browser, case_of, text_of
from tests.engine import EngineScript, TestCast
from tests.permits import approver, issued, permit_of, sheet_of
from workflows.cases import services as cases
from workflows.definition.kinds import Effect
from workflows.permits import services
from workflows.permits.models import Permit
from workflows.trail import relay

pytestmark = pytest.mark.django_db


def _copied(permit: Permit, cast: TestCast) -> Permit:
    """The duplicate of a permit, as its holder gets it."""
    by = cast.applicant(permit.case.definition).actor
    case = services.follow(permit_id=permit.pk, by=by, effect=Effect.COPIES)
    script = EngineScript(case.definition, cast)
    script.case_id = case.pk
    cases.save_answers(case_id=case.pk, by=by, raw={"alasan": "hilang"})
    for part in ("attach", "submit", "verify", "recommend", "decide"):
        script.play(getattr(script, part))
    relay.drain("documents")
    return permit_of(case_of(script))


def test_duplicate__is_marked_keeps_the_number_and_falls_with_its_original() -> None:
    cast = TestCast()
    original = issued(cast=cast)
    copy = _copied(original, cast)
    assert copy.issued_at
    words = markup(sheet_of(copy))
    assert "SALINAN" in words
    assert "Nomor: <span data-code=" in words
    assert original.number in words
    assert "SALINAN" not in markup(sheet_of(original))
    page = text_of(browser().get(f"/v/{copy.code}"))
    assert "Ini salinan resmi" in page
    assert original.number in page
    said = {"reason": "x", "legal_basis": "x", "remedy": "x"}
    services.suspend(permit_id=original.pk, by=approver(cast), **said)
    assert str(public_permit(copy.code).standing) == "suspended"
    call_command("check_permits")
