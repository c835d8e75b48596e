"""Messages meet a mail server that refuses, stalls, lies or is not there (F-09), and everything runs twice (F-10)."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from pytest_django import Settings

from agencies import clock
from notifications import consumer, queries, sending
from notifications.models import CallTask, Delivery, Message
from tests.engine import INTAKE
from tests.factories import make_person, make_user
from tests.mailserver import Server, dawdles, drops, refuses
from tests.messages import play, promises, script_of, tell
from tests.threads import at_once
from workflows.cases.models import Case

MINUTE = timedelta(minutes=1)


@pytest.fixture
def server(settings: Settings) -> Iterator[Server]:
    """A mail server that works, and the settings that lead to it."""
    server = Server()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 1
    server.start()
    yield server
    server.stop()


@pytest.fixture
def case(db: None) -> Case:
    """A case whose applicant has just been written to."""
    return play(script_of(make_person(user=make_user("warga-uji@contoh.id"))), *INTAKE)


def email(case: Case) -> Delivery:
    """The e-mail of the case's first message."""
    return Delivery.objects.filter(message__case=case, channel="email").order_by("created_at", "id")[0]


def later(moment: timedelta) -> time_machine.travel:
    """So much later."""
    return time_machine.travel(clock.now() + moment)


def test_sender_hands_a_mail_to_the_server_and_notes_it(server: Server, case: Case) -> None:
    assert sending.send_due() == 1
    sent = email(case)
    [mail] = server.box.taken
    assert (sent.state, sent.attempts, sent.last_error) == ("sent", 1, "")
    assert server.box.recipients == ["warga-uji@contoh.id"]
    assert mail["Subject"] == f"Permohonan {case.reference}"
    assert mail["Message-ID"] == sent.provider_ref
    payload = mail.get_payload(decode=True)
    assert isinstance(payload, bytes)
    assert f"/permohonan/{case.pk}/" in payload.decode()
    assert sending.send_due() == 0
    assert len(server.box.taken) == 1


def test_server_is_gone_and_the_mail_goes_out_when_it_is_back(server: Server, case: Case) -> None:
    server.stop()
    sending.send_due()
    failed = email(case)
    assert (failed.state, failed.attempts) == ("failed", 1)
    assert failed.last_error == "unreachable builtins.ConnectionRefusedError"
    assert failed.next_attempt_at
    assert failed.next_attempt_at > clock.now()
    server.start()
    with later(2 * MINUTE):
        assert sending.send_due() == 1
    assert email(case).state == "sent"
    assert len(server.box.taken) == 1


def test_unreachable_server_costs_one_attempt_in_half_a_minute(server: Server, case: Case) -> None:
    for _more in range(5):
        tell(case)
    server.stop()
    assert sending.send_due() == 1
    assert sending.send_due() == 0
    server.start()
    with later(timedelta(seconds=31)):
        assert sending.send_due() == 5
    with later(2 * MINUTE):
        assert sending.send_due() == 1
    assert len(server.box.taken) == 6


@pytest.mark.parametrize("answer", ["451 greylisted", "421 busy", "452 full", "554 policy"])
def test_server_refuses_for_now_and_the_mail_is_tried_again(server: Server, case: Case, answer: str) -> None:
    server.box.on_rcpt = refuses(answer)
    sending.send_due()
    assert (email(case).state, email(case).last_error.split()[0]) == ("failed", "later")
    assert not CallTask.objects.exists()
    server.box.on_rcpt = lambda _server: None
    with later(2 * MINUTE):
        sending.send_due()
    assert (email(case).state, email(case).attempts) == ("sent", 2)


def test_one_refused_mail_does_not_stop_the_next(server: Server, case: Case) -> None:
    second = tell(case)
    answers = iter(["451 greylisted", None])
    server.box.on_rcpt = lambda _server: next(answers)
    assert sending.send_due() == 2
    assert email(case).state == "failed"
    assert Delivery.objects.get(message=second, channel="email").state == "sent"


@pytest.mark.parametrize("answer", ["550 no such user", "551 moved", "553 bad name"])
def test_address_does_not_exist_and_the_counter_calls_at_once(server: Server, case: Case, answer: str) -> None:
    server.box.on_rcpt = refuses(answer)
    sending.send_due()
    assert (email(case).state, email(case).attempts) == ("gave_up", 1)
    task = CallTask.objects.get()
    assert (task.message_id, task.why) == (email(case).message_id, "gave_up")
    assert {row.channel: row.state for row in queries.ledger(case.pk)} == {
        "inbox": "sent",
        "email": "gave_up",
        "call": "pending",
    }


@pytest.mark.parametrize("answer", ["451 later", "554 spam"])
def test_server_refuses_the_content_and_the_mail_is_tried_again(server: Server, case: Case, answer: str) -> None:
    server.box.on_data = refuses(answer)
    sending.send_due()
    assert email(case).last_error == "later smtplib.SMTPDataError"
    assert server.box.taken == []


def test_server_drops_the_line_after_taking_the_mail_and_both_copies_have_one_key(server: Server, case: Case) -> None:
    server.box.on_data = drops
    sending.send_due()
    assert (email(case).state, email(case).last_error) == ("failed", "unreachable smtplib.SMTPServerDisconnected")
    server.box.on_data = lambda _server: None
    with later(2 * MINUTE):
        sending.send_due()
    assert email(case).state == "sent"
    assert [mail["Message-ID"] for mail in server.box.taken] == [email(case).provider_ref] * 2


def test_server_dawdles_and_the_worker_goes_on(server: Server, case: Case) -> None:
    server.box.on_data = dawdles
    before = clock.now()
    sending.send_due()
    assert clock.now() - before < timedelta(seconds=5)
    assert (email(case).state, email(case).last_error.split()[0]) == ("failed", "unreachable")


def test_three_days_of_outage_end_on_the_call_list(server: Server, case: Case) -> None:
    """Every attempt is in the ledger, the last one at 72 hours, and then a human has it."""
    server.stop()
    moments = []
    for _attempt in range(40):
        due = email(case)
        if due.state == "gave_up":
            break
        assert due.next_attempt_at
        with time_machine.travel(due.next_attempt_at + timedelta(seconds=1)):
            moments.append(clock.now() - due.created_at)
            assert sending.send_due() == 1
    last = email(case)
    assert last.state == "gave_up"
    assert last.attempts == len(moments) == 21
    assert timedelta(hours=72) <= moments[-1] < timedelta(hours=72, minutes=1)
    assert moments == sorted(moments)
    assert CallTask.objects.get().why == "gave_up"


def test_pauses_between_attempts_grow_to_six_hours() -> None:
    waits = [sending.wait_after(attempt) for attempt in range(1, 13)]
    assert waits[:5] == [MINUTE, 2 * MINUTE, 4 * MINUTE, 8 * MINUTE, 16 * MINUTE]
    assert waits[-1] == sending.wait_after(60_000) == timedelta(hours=6)


def test_nothing_of_a_person_stands_in_ledger_or_log(
    server: Server, case: Case, caplog: pytest.LogCaptureFixture
) -> None:
    server.box.on_rcpt = refuses("550 <warga-uji@contoh.id>: no such user")
    sending.send_due()
    assert "warga-uji" not in email(case).last_error
    assert "550" not in email(case).last_error
    ours = [record.getMessage() for record in caplog.records if record.name != "mail.log"]
    assert any("notifications.attempt_failed" in line for line in ours)
    assert not any("warga-uji" in line for line in ours)


def test_worker_dies_while_sending_and_the_mail_waits_for_its_lease(server: Server, case: Case) -> None:
    taken = sending._take(clock.now())
    assert taken
    assert sending.send_due() == 0
    with later(sending.LEASE + timedelta(seconds=1)):
        assert sending.send_due() == 1
        assert (email(case).state, email(case).attempts) == ("sent", 2)
        # The first worker comes back from the dead: what it knows no longer counts.
        sending._failed(taken, TimeoutError())
    assert email(case).state == "sent"
    assert not CallTask.objects.exists()


def test_person_gives_up_her_address_and_the_counter_calls(server: Server, case: Case) -> None:
    person = case.applicant
    person.user = None
    person.save(update_fields=["user"])
    sending.send_due()
    assert email(case).state == "gave_up"
    assert CallTask.objects.get().person_id == person.pk
    assert server.box.tries == 0


@pytest.mark.django_db(transaction=True)
def test_eight_workers_hear_of_one_event_and_one_message_is_written(server: Server, case: Case) -> None:
    [promise] = promises(case, "case.submitted")
    Delivery.objects.all().delete()
    Message.objects.all().delete()
    at_once(lambda: consumer.tell_person(promise))
    assert Message.objects.count() == 1
    assert sorted(Delivery.objects.values_list("channel", flat=True)) == ["email", "inbox"]


@pytest.mark.django_db(transaction=True)
def test_eight_senders_at_once_send_each_mail_once(server: Server, case: Case) -> None:
    for _more in range(19):
        tell(case)
    at_once(sending.send_due)
    assert len(server.box.taken) == 20
    assert len({mail["Message-ID"] for mail in server.box.taken}) == 20
    assert set(Delivery.objects.filter(channel="email").values_list("state", "attempts")) == {("sent", 1)}
