"""Fifty approvals at one moment: fifty numbers, one after the other, and a new year begins at one."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connection

from agencies.models import Role
from tests.clockwork import CODE, Counter, assert_whole
from tests.engine import script_for
from workflows.cases import services
from workflows.duties.order import Jump
from workflows.permits import numbers
from workflows.permits.models import Permit

pytestmark = pytest.mark.django_db(transaction=True)
FIFTY = 50


def approving(counter: Counter) -> Callable[[], None]:
    """One more complete case of this service, to be approved out of turn."""
    counter.script = script_for(CODE, counter.cast)
    counter.submit("2026-10-05 09:00").accept("2026-10-05 10:00")
    case_id, by = counter.case_id, counter.cast.player(Role.APPROVER, "DPMPTSP")

    def approve() -> None:
        try:
            services.approve(case_id=case_id, by=by, reason="Lengkap", jump=Jump("related"))
        finally:
            connection.close()

    return approve


def test_m23_fifty_approvals_at_once_take_fifty_consecutive_numbers() -> None:
    counter = Counter(days=10)
    moves = [approving(counter) for _case in range(FIFTY)]
    with ThreadPoolExecutor(10) as pool:
        for done in [pool.submit(move) for move in moves]:
            done.result()
    taken = sorted(Permit.objects.values_list("seq", flat=True))
    assert taken == list(range(1, FIFTY + 1))
    assert Permit.objects.values("number").distinct().count() == FIFTY
    assert_whole()


def test_m23_numbers_begin_again_on_the_first_of_january_in_banyuwangi() -> None:
    before, after = datetime(2026, 12, 31, 16, 59, tzinfo=UTC), datetime(2026, 12, 31, 17, tzinfo=UTC)
    said = {"series": "uji", "unit": "1", "lane": "real"}
    assert [numbers.take(at=at, **said)[1] for at in (before, before, after, before)] == [1, 2, 1, 3]
