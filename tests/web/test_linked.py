"""The public page of a one-time link: an officer without a log-in answers for her agency."""

import logging
import logging.config
import re
from datetime import timedelta
from typing import Any

import pytest
import structlog
from django.core import mail
from django.test import Client, override_settings

from agencies import clock
from agencies.models import Membership
from mall.runtime.masking import masked
from mall.settings.logs import logging as configured
from notifications import sending
from notifications.models import Message
from tests.cases import browser, case_of, looks_of, text_of
from tests.linked import AGENCY, another, asked, officer, request_of, sender, sent
from workflows.cases import services
from workflows.cases.links import token_of
from workflows.trail import relay
from workflows.trail.models import Event, OutboxRow

pytestmark = pytest.mark.django_db
WORDS = {"verdict": "favourable", "reason": "Sesuai rencana.", "legal_basis": "UU 22/2009"}


def address(link) -> str:
    return f"/meja/jawab/{token_of(link.pk)}/"


def post(link, do: str, **more: Any):
    return browser().post(address(link), WORDS | more | {"do": do})


def test_officer_opens_reads_checks_and_sends_without_a_log_in() -> None:
    script = asked()
    link = sent(script)
    tab = browser()
    assert "Permintaan rekomendasi" in text_of(tab.get(address(link)))
    shown = text_of(tab.post(address(link), {"do": "open"}))
    assert "Beri rekomendasi" in shown
    assert str(case_of(script).reference) in shown
    check = tab.post(address(link), WORDS | {"do": "check"})
    assert "Periksa rekomendasi" in text_of(check)
    assert request_of(script).state == "asked"
    done = tab.post(address(link), WORDS | {"do": "send"}, follow=True)
    assert "Rekomendasi sudah diterima" in text_of(done)
    assert (request_of(script).state, request_of(script).officer_id) == ("given", officer(script).pk)


def test_scanner_of_mail_changes_nothing_and_reads_nothing_of_the_applicant() -> None:
    script = asked()
    link = sent(script)
    person = case_of(script).applicant
    before = (Event.objects.count(), len(looks_of(person)))
    for _visit in range(3):
        page = browser().get(address(link))
        assert browser().head(address(link)).status_code == 200
        assert page.status_code == 200
        assert person.name not in text_of(page)
        assert str(case_of(script).reference) not in text_of(page)
    link.refresh_from_db()
    assert (Event.objects.count(), len(looks_of(person))) == before
    assert link.used_at is None


def test_opening_the_case_is_a_look_of_the_named_person() -> None:
    script = asked()
    link = sent(script)
    before = len(looks_of(case_of(script).applicant))
    post(link, "open")
    looks = looks_of(case_of(script).applicant)
    assert len(looks) == before + 1
    assert (looks[-1].actor_id, looks[-1].data["purpose"]) == (officer(script).pk, "recommendation")


def test_page_is_kept_by_nobody_and_tells_nobody_its_address() -> None:
    link = sent(asked())
    for response in (
        browser().get(address(link)),
        post(link, "open"),
        post(link, "check"),
        post(link, "check", reason=""),
    ):
        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "strict-origin"
        assert response["X-Robots-Tag"] == "noindex, nofollow"
        assert 'content="noindex"' in text_of(response)


def test_unknown_token_is_404_and_without_csrf_nothing_is_taken() -> None:
    script = asked()
    link = sent(script)
    assert browser().get(f"/meja/jawab/{'A' * 43}/").status_code == 404
    assert Client(enforce_csrf_checks=True).post(address(link), WORDS | {"do": "send"}).status_code == 403
    assert request_of(script).state == "asked"


def test_other_methods_are_refused() -> None:
    link = sent(asked())
    for method in ("put", "patch", "delete", "options"):
        assert getattr(browser(), method)(address(link)).status_code == 405


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"reason": ""}, "belum diisi"),
        ({"verdict": "conditional"}, "Tulis sedikitnya satu syarat."),
        ({"clause_1": "Papan nama."}, "pilih “Menyetujui dengan syarat”"),
    ],
)
def test_faulty_answer_is_explained_and_nothing_typed_is_lost(change: dict[str, str], sentence: str) -> None:
    script = asked()
    link = sent(script)
    response = post(link, "send", **change)
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert "UU 22/2009" in text_of(response)
    assert request_of(script).state == "asked"


def test_more_rows_and_going_back_keep_what_was_typed() -> None:
    link = sent(asked())
    more = text_of(post(link, "more", clause_1="Pagar."))
    assert "clause_5" in more
    assert "Pagar." in more
    assert "Sesuai rencana." in text_of(post(link, "edit"))


def test_dead_link_says_why_and_shows_nothing() -> None:
    script = asked()
    link = sent(script)
    name = case_of(script).applicant.name
    services.revoke_link(link_id=link.pk, by=sender(script))
    assert "sudah dicabut" in text_of(browser().get(address(link)))
    late = post(link, "open")
    assert late.status_code == 409
    assert name not in text_of(late)


def test_officer_who_left_reads_nothing_by_her_old_link() -> None:
    script = asked()
    link = sent(script)
    Membership.objects.filter(user=officer(script)).update(active=False)
    answer = post(link, "open")
    assert answer.status_code == 409
    assert "tidak lagi tercatat" in text_of(answer)


def test_expired_link_tells_to_ask_for_a_new_one() -> None:
    link = sent(asked())
    with clock.pretend(link.expires_at):
        assert "Mintalah tautan baru" in text_of(browser().get(address(link)))
    with clock.pretend(link.expires_at - timedelta(seconds=1)):
        assert "Buka permohonan" in text_of(browser().get(address(link)))


def test_paper_opens_by_the_link_of_its_own_case_only() -> None:
    script = asked()
    link = sent(script)
    foreign = sent(another(script))
    paper = case_of(script).attachments.filter(current=True).first()
    assert browser().get(f"{address(link)}berkas/{paper.pk}/").status_code == 405
    assert browser().post(f"{address(foreign)}berkas/{paper.pk}/").status_code == 404


@pytest.mark.usefixtures("still")
def test_too_many_requests_from_one_address_wait() -> None:
    link = sent(asked())
    statuses = [post(link, "check").status_code for _one in range(122)]
    assert statuses[0] == 200
    assert statuses[-1] == 429


@override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend")
def test_mail_carries_the_link_and_no_row_of_the_database_does() -> None:
    script = asked()
    link = sent(script, way="mail")
    relay.drain("default")
    sending.send_due()
    [letter] = [one for one in mail.outbox if one.to == [officer(script).email]]
    token = token_of(link.pk)
    assert f"{address(link)}\n" in str(letter.body)
    assert token not in letter.subject
    message = Message.objects.get(link_id=link.pk)
    rows = [*Message.objects.all(), *OutboxRow.objects.all(), *message.deliveries.all()]
    assert not [one for one in rows if token in str(vars(one))]


@override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend")
def test_mail_of_a_revoked_link_is_not_sent_any_more() -> None:
    script = asked()
    link = sent(script, way="mail")
    relay.drain("default")
    services.revoke_link(link_id=link.pk, by=sender(script))
    mail.outbox.clear()
    sending.send_due()
    assert not [one for one in mail.outbox if one.to == [officer(script).email]]
    assert Message.objects.get(link_id=link.pk).deliveries.get(channel="email").state == "gave_up"


def test_named_person_and_her_head_are_told_of_every_answer_by_link() -> None:
    script = asked()
    link = sent(script)
    head = script.cast.user("head", AGENCY)
    post(link, "send")
    relay.drain("default")
    told = set(Message.objects.filter(template="staff/linked_answer").values_list("user_id", flat=True))
    assert told == {officer(script).pk, head.pk}


def test_log_lines_hold_no_token(capfd: pytest.CaptureFixture[str]) -> None:
    link = sent(asked())
    token = token_of(link.pk)
    configuration = configured()
    logging.config.dictConfig(configuration)
    try:
        browser().get(address(link))
        Client(enforce_csrf_checks=True).post(address(link), WORDS)
        browser().get(f"/meja/jawab/{token}x/")
        logging.getLogger("django.request").error("Internal Server Error: %s", address(link))
        structlog.get_logger("mall").info("x", path=address(link))
    finally:
        told = capfd.readouterr().err
    assert re.search(r"csrf|Forbidden", told)
    assert token not in told
    assert "[link]" in told


def test_masking_hides_the_links_of_answers_and_reports() -> None:
    token = "A-b_" * 11
    assert masked(f"GET https://mall/meja/jawab/{token}/berkas/x") == "GET https://mall/meja/jawab/[link]/berkas/x"
    assert token not in masked(f"/lapor-pungutan/l/{token}/")
