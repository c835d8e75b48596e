"""A session that ends while a form lies open: staff lose nothing typed, and nobody else reads it."""

import pytest

from tests.cases import MALL, at, browser, case_of, clerk, staff, text_of
from tests.engine import TestCast
from tests.factories import make_person
from workflows.cases.advice import Recommendation
from workflows.cases.verification import to_check

pytestmark = pytest.mark.django_db

TEXT = "Alasan yang panjang sekali dan sudah selesai diketik."


def pages(cast):
    """Each long form: who fills it, where, and what she typed."""
    checked, advised, taken = at("checked", cast=cast), at("advised", cast=cast), at("taken", cast=cast)
    advice = Recommendation.objects.get(case_id=checked.case_id)
    code = to_check(case_of(taken))[-1]
    case = f"/meja/permohonan/{advised.case_id}"
    return [
        (staff("officer", "DINKES"), f"/meja/rekomendasi/{advice.pk}/", {"verdict": "favourable", "reason": TEXT}),
        (staff("approver"), f"{case}/setujui/", {"revision": "1", "reason": TEXT}),
        (
            staff("approver"),
            f"{case}/tolak/",
            {"revision": "1", "reason": TEXT, "legal_basis": "X", "cites": "_answers"},
        ),
        (
            cast.user("verifier", MALL),
            f"/meja/permohonan/{taken.case_id}/periksa/",
            {"revision": "1", f"tick-{code}": "deficient", f"note-{code}": TEXT, "do": "return"},
        ),
        (clerk(), f"/loket/orang/{make_person().pk}/kontak/", {"address": TEXT}),
    ]


def test_what_was_typed_is_there_again_after_the_log_in():
    for user, address, typed in pages(TestCast()):
        tab = browser()
        sent = tab.post(address, typed)
        assert sent.status_code == 302
        assert "/akun/" in sent["Location"]
        tab.force_login(user)
        shown = tab.get(address)
        assert shown.status_code == 200, address
        assert TEXT in text_of(shown), address
        assert TEXT not in text_of(tab.get(address)), "shown once"


def test_nobody_reads_it_who_may_not_open_the_page():
    for _user, address, typed in pages(TestCast()):
        tab = browser()
        tab.post(address, typed)
        tab.force_login(staff("manager"))
        shown = tab.get(address)
        assert shown.status_code == 403
        assert TEXT not in text_of(shown)


def test_nothing_is_saved_by_the_post_that_had_no_session():
    cast = TestCast()
    script = at("advised", cast=cast)
    browser().post(f"/meja/permohonan/{script.case_id}/setujui/", {"revision": "1", "reason": TEXT})
    assert case_of(script).state == "awaiting_decision"
