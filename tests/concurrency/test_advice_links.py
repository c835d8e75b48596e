"""Eight threads at one link: one answer, one live link."""

from collections.abc import Iterator
from contextlib import suppress

import pytest

from agencies.errors import Conflict
from agencies.models import Agency
from tests.engine import CHECKED, EngineScript, played
from tests.linked import answer, officer, sender, sent
from tests.threads import at_once
from workflows.cases.links import AdviceLink
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shipped(transactional_db: None) -> Iterator[EngineScript]:
    """A case of a shipped service, committed; services and agencies outlive a test, so its agency is put back."""
    Agency.objects.filter(pk="DINKES").update(answers_by="link")
    yield played("DPMPTSP-SIP-DOKTER", *CHECKED)
    Agency.objects.filter(pk="DINKES").update(answers_by="screen")


def test_eight_answers_at_once_make_exactly_one(shipped: EngineScript) -> None:
    link = sent(shipped, agency="DINKES")
    won: list[str] = []

    def work() -> None:
        with suppress(Conflict):
            won.append(answer(link).state)

    at_once(work)
    assert won == ["given"]
    assert Event.objects.filter(subject_id=shipped.case_id, kind="recommendation.given").count() == 1


def test_eight_senders_at_once_leave_one_live_link(shipped: EngineScript) -> None:
    officer(shipped, agency="DINKES"), sender(shipped)
    at_once(lambda: sent(shipped, agency="DINKES"))
    assert AdviceLink.objects.filter(revoked_at=None).count() == 1
    assert AdviceLink.objects.count() == 8
