"""The canary drives every one of the 203 services to its proper end, and names what is broken."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from agencies.models import Lane, Membership, Role
from documents.letters import composing
from documents.letters.kinds import LetterKind
from documents.letters.models import Letter, LetterState
from mall.canary.walk import walk
from workflows.cases.models import Case
from workflows.cases.queries import to_verify
from workflows.definition.model import Shape
from workflows.definition.models import ServiceType
from workflows.invariants.check import offenders
from workflows.permits.models import Permit

pytestmark = pytest.mark.django_db(transaction=True)


def halves(shape: Shape, half: int) -> list[str]:
    rows = ServiceType.objects.filter(shape=shape, active=True).order_by("code")
    return list(rows.values_list("code", flat=True))[half::2]


@pytest.mark.parametrize("half", [0, 1])
@pytest.mark.parametrize("shape", list(Shape))
def test_the_canary_brings_every_service_of_a_shape_to_its_end(shape: Shape, half: int) -> None:
    """Every permit is drawn and sealed. Messages and receipts, worded alike for all, are delivered for one case a half;
    of the others the words are read."""
    first, *others = halves(shape, half)
    walks = [walk(first), *(walk(code, queues=("documents",)) for code in others)]
    assert [f"{one.code} at {one.steps[-1]}: {one.error}" for one in walks if not one.well] == []
    for one in walks:
        case = Case.objects.select_related("service_version").get(pk=one.case_id)
        assert case.service_version.definition.name.id in str(composing.compose(case, LetterKind.COMPLETE).plain())
    assert set(Letter.objects.filter(state=LetterState.SEALED).values_list("case_id", flat=True)) == {walks[0].case_id}
    assert [f"{one.rule}: {one.why}" for one in offenders()] == []
    rendered = Permit.objects.filter(kind="rendered")
    assert all(permit.sha256 and permit.document_id for permit in rendered)


def test_the_catalogue_holds_203_services() -> None:
    assert ServiceType.objects.filter(active=True).count() == 203


def test_the_canary_leaves_no_rights_and_no_work_behind() -> None:
    assert walk("DPMPTSP-SIP-DOKTER").well
    assert not Membership.objects.filter(user__email__endswith="uji.invalid").exists()
    assert set(Case.objects.values_list("lane", flat=True)) == {Lane.CANARY}
    from tests.factories import make_user
    from workflows.actors import Actor

    verifier = Actor.of(make_user(roles=[(Role.VERIFIER, "DPMPTSP")]))
    assert to_verify(verifier).items == []


def test_the_canary_names_the_broken_service_and_the_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mall.canary.script.sample_answers", lambda *_args, **_options: {"nomor_str": "x" * 5000})
    out = StringIO()
    with pytest.raises(CommandError, match="DPMPTSP-SIP-DOKTER"):
        call_command("canary", "DPMPTSP-SIP-DOKTER", stdout=out)
    assert "at step “answer”" in out.getvalue()
