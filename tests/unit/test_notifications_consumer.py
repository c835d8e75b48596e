"""Which event tells a person what, by which channel."""

import pytest

from agencies.models import Lane
from notifications import consumer, queries, table
from notifications import services as messages
from notifications.models import CallTask, Delivery, Message
from tests.engine import CHECKED, INTAKE
from tests.factories import make_person, make_user
from tests.messages import PAID, PLAIN, counter_script, play, promises, script_of
from workflows.actors import Actor
from workflows.cases import services
from workflows.cases.models import Case

pytestmark = pytest.mark.django_db


def channels(case: Case) -> dict[str, str]:
    """State of the deliveries by channel; one message only."""
    return {row.channel: row.state for row in queries.ledger(case.pk)}


def told(case: Case) -> list[str]:
    """The texts that the applicant got, in order."""
    return list(Message.objects.filter(case=case).order_by("created_at", "id").values_list("template", flat=True))


def test_citizen_submits_and_is_told_by_inbox_and_email() -> None:
    case = play(script_of(make_person(user=make_user())), *INTAKE)
    message = Message.objects.get(case=case)
    assert channels(case) == {"inbox": "sent", "email": "pending"}
    assert message.subject == f"Permohonan {case.reference}"
    assert case.tracking_code
    assert case.tracking_code in message.body
    assert f"/permohonan/{case.pk}/" in message.body
    assert not CallTask.objects.exists()


def test_consumer_runs_twice_and_one_message_stays() -> None:
    case = play(script_of(make_person(user=make_user())), *INTAKE)
    before = list(Delivery.objects.values_list("id", "state", "attempts"))
    [promise] = promises(case, "case.submitted")
    for _again in range(20):
        consumer.tell_person(promise)
    assert Message.objects.count() == 1
    assert list(Delivery.objects.values_list("id", "state", "attempts")) == before


def test_person_without_email_becomes_a_call_task() -> None:
    case = play(counter_script(), *INTAKE)
    assert channels(case) == {"inbox": "sent", "call": "pending"}
    task = CallTask.objects.get()
    assert (task.person_id, task.message.case_id, task.why) == (case.applicant_id, case.pk, "no_email")


def test_person_without_account_but_with_email_is_written_to() -> None:
    case = play(counter_script(make_person(email="warga@contoh.id")), *INTAKE)
    assert channels(case) == {"inbox": "sent", "email": "pending"}


def test_canary_case_is_captured_and_never_sent() -> None:
    case = play(script_of(make_person(user=make_user(), lane=Lane.CANARY, email="x@contoh.id")), *INTAKE)
    assert case.reference
    assert case.reference.startswith("UJI-")
    assert channels(case) == {"captured": "sent"}
    assert not CallTask.objects.exists()


def test_person_who_chose_english_reads_english() -> None:
    person = make_person(user=make_user())
    script = script_of(person)
    messages.set_language(by=script.who.actor, language="en")
    message = Message.objects.get(case=play(script, *INTAKE))
    assert message.subject.startswith("Application MPP-")
    assert "WHAT YOU NEED TO DO" in message.body
    assert script.definition.name.en in message.body


def test_citizen_whose_papers_are_deficient_is_told_what_and_until_when() -> None:
    case = play(script_of(make_person(user=make_user())), *INTAKE, "send_back")
    message = Message.objects.get(template="returned")
    assert case.applicant_due_at
    assert "paling lambat" in message.body
    assert "tidak terbaca" not in message.body


def test_refused_citizen_reads_where_the_reasons_stand_and_not_the_reasons() -> None:
    case = play(script_of(make_person(user=make_user())), *CHECKED, "recommend", "inspect", "refuse")
    message = Message.objects.get(template="refused")
    assert "Alasan, dasar hukum" in message.body
    assert "tata ruang" not in message.body
    assert told(case)[-1] == "refused"


def test_thrown_away_draft_writes_no_message() -> None:
    script = script_of(make_person(user=make_user()))
    case = play(script, "open")
    services.withdraw(case_id=case.pk, by=script.who.actor)
    assert told(play(script)) == []


def test_citizen_of_a_paid_service_is_told_of_bill_payment_and_end() -> None:
    case = play(script_of(make_person(user=make_user()), PAID), *CHECKED, "recommend", "inspect", "decide", "pay")
    bill = Message.objects.get(template="to_pay")
    assert f"Rp {case.charge.amount:,}".replace(",", ".") in bill.body
    # The two of one transaction come in the order in which the workers take them.
    assert told(case)[:2] == ["received", "complete"]
    assert {"to_pay", "paid"} <= set(told(case))


def test_messages_name_nobody() -> None:
    person = make_person(user=make_user(email="rahasia@contoh.id"), name="Mbok Sulastri Rahayu", phone="081234567890")
    play(script_of(person), *CHECKED, "recommend", "inspect", "decide")
    for message in Message.objects.all():
        text = f"{message.subject}{message.title}{message.body}"
        assert all(secret not in text for secret in ("Sulastri", "rahasia", "81234567890", str(person.nik)))


def test_every_promise_of_the_consumer_is_kept() -> None:
    case = play(script_of(make_person(user=make_user()), PLAIN), *CHECKED, "recommend", "inspect", "decide")
    kinds = {delivered.event.kind for kind in table.TABLE for delivered in promises(case, kind)}
    assert {"case.submitted", "case.accepted"} <= kinds
    assert Message.objects.filter(case=case).count() == len(set(told(case)))


def test_nobody_sets_a_language_that_has_no_texts() -> None:
    from agencies.errors import Invalid, Missing

    person = make_person(user=make_user())
    assert person.user
    with pytest.raises(Invalid):
        messages.set_language(by=Actor.of(person.user), language="fr")
    with pytest.raises(Missing):
        messages.set_language(by=Actor.of(make_user()), language="en")
