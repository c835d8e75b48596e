"""A worker that is killed while it makes a letter leaves one letter, with the words it had first."""

from datetime import timedelta

import pytest

from agencies import clock
from documents import blobs
from documents.letters import queries
from documents.letters.kinds import LetterKind
from documents.letters.models import Letter, LetterState
from documents.permits.sealing.local import LocalSigner
from tests.faults import test_permit_worker as permits
from tests.letters import complete
from workflows.trail import relay
from workflows.trail.models import OutboxRow

pytestmark = pytest.mark.django_db(transaction=True)

OURS = "from documents.letters import composing, rendering, services\n"
POINTS = {
    "before composing": 'dies(composing, "compose")',
    "after composing, before the row": 'dies(composing, "compose", after=True)',
    "after the words, before rendering": 'dies(rendering, "render")',
    "after rendering, before the file": 'dies(rendering, "render", after=True)',
    "after the file, before its row": 'dies(blobs, "write", after=True)',
    "after the row, before the seal": 'dies(LocalSigner, "seal")',
    "after the seal, before its file": 'dies(LocalSigner, "verify", after=True)',
    "after the sealed file, before its row": 'dies(blobs, "write", on_call=2, after=True)',
    "after everything, before the outbox": 'dies(services, "produce", after=True)',
}


def survives(where: str, env: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Kill one there, let its lease pass, and let another go on."""
    complete()
    before = set(blobs.everything())
    monkeypatch.setattr(permits, "KILLED_AT", permits.KILLED_AT.replace('drain("documents")', 'drain("letters")'))
    permits.killed(OURS + where, env)
    kept = Letter.objects.values_list("words", flat=True).first()
    OutboxRow.objects.filter(state="pending").update(leased_until=clock.now() - timedelta(seconds=1))
    relay.drain("letters")
    letter = Letter.objects.get()
    content = queries.content_of(letter)
    assert (letter.kind, letter.state) == (LetterKind.COMPLETE, LetterState.SEALED)
    assert kept in (None, letter.words)
    assert LocalSigner().verify(content).valid
    assert OutboxRow.objects.get(consumer="documents.letter", state="done").attempts >= 2
    assert len({path for path in blobs.everything() if path not in before}) <= 3  # at most one orphan


def test_worker_dies_between_the_file_of_a_letter_and_its_row(
    program_env: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    survives(POINTS["after the file, before its row"], program_env, monkeypatch)


@pytest.mark.long
@pytest.mark.parametrize("point", sorted(POINTS))
def test_worker_dies_at_every_point_of_a_letter(
    point: str, program_env: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    survives(POINTS[point], program_env, monkeypatch)
