"""The webhook takes a true, fresh, fitting notice once, and nothing else (S-07)."""

import json
import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from agencies import clock
from agencies.models import Person
from mall.payments import signing
from mall.payments.views import WORDS
from tests.payments import WEBHOOK, awaiting_payment, billed, money, post, word_of
from workflows.cases.models import Case
from workflows.charges.models import Bill, Payment
from workflows.clock import sweep
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db
OTHER_KEY = "b3RoZXIga2V5LCBub3QgdGhlIGdhdGV3YXkncyBvbmU="
Send = Callable[[Client], Any]


@pytest.fixture
def case() -> Case:
    return awaiting_payment().case()


@pytest.fixture
def bill(case: Case) -> Bill:
    return billed(case)


def test_gateway_says_paid_and_the_case_is_approved(client: Client, case: Case, bill: Bill) -> None:
    answer = post(client, word_of(bill))
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    state, payments, refunds = money(case)
    assert state in ("approved", "issued")
    assert (payments, refunds) == ([("accepted", bill.amount)], 0)


def test_same_notice_again_changes_nothing_and_is_answered_ok(client: Client, case: Case, bill: Bill) -> None:
    word = word_of(bill)
    post(client, word)
    before, events = money(case), Event.objects.count()
    answers = [post(client, word) for _again in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert (money(case), Event.objects.count()) == (before, events)


def test_second_payment_is_kept_and_must_go_back(client: Client, case: Case, bill: Bill) -> None:
    post(client, word_of(bill))
    assert post(client, word_of(bill, payment="PAY-2")).status_code == 200
    _state, payments, refunds = money(case)
    assert (payments, refunds) == ([("accepted", bill.amount), ("double", bill.amount)], 1)


def test_payment_after_the_case_lapsed_must_go_back(client: Client, case: Case, bill: Bill) -> None:
    Case.objects.filter(pk=case.pk).update(applicant_due_at=clock.now() - timedelta(minutes=1))
    assert sweep.lapse(case.pk)
    assert post(client, word_of(bill)).status_code == 200
    assert money(case) == ("lapsed", [("late", bill.amount)], 1)


def test_payment_dated_after_the_bill_ended_must_go_back(client: Client, case: Case, bill: Bill) -> None:
    late = (bill.expires_at + timedelta(seconds=1)).isoformat()
    assert post(client, word_of(bill, paid_at=late)).status_code == 200
    assert money(case) == ("awaiting_payment", [("late", bill.amount)], 1)


def test_known_payment_number_for_another_amount_is_a_mismatch(client: Client, case: Case, bill: Bill) -> None:
    post(client, word_of(bill))
    before = money(case)
    assert post(client, word_of(bill, amount=bill.amount + 1)).status_code == 409
    assert money(case) == before


def test_refused_notice_leaves_nothing_of_a_person_in_answer_or_log(
    client: Client, case: Case, bill: Bill, caplog: pytest.LogCaptureFixture
) -> None:
    answer = post(client, word_of(bill, amount=bill.amount - 1))
    assert answer.json() == {"status": "mismatch"}
    assert answer["Cache-Control"] == "no-store"
    person = Person.objects.get(pk=case.applicant_id)
    assert person.name not in caplog.text + answer.content.decode()


# --- Two hundred ways to lie ------------------------------------------------------------------------------------------


def encoded(said: Any) -> bytes:
    return json.dumps(said).encode()


def headers(body: bytes, *, key: str = "", shift: float = 0.0) -> dict[str, str]:
    return signing.signed(key or settings.MALL_GATEWAY_KEY, body, clock.now() + timedelta(seconds=shift))


def sends(body: bytes, head: dict[str, str], *, path: str = WEBHOOK, kind: str = "application/json") -> Send:
    return lambda client: client.post(path, body, content_type=kind, headers=head)


def true_key(body: bytes) -> Send:
    """Signed by the gateway itself, and still not to be believed."""
    return sends(body, headers(body))


def forged(bill: Bill, dice: random.Random) -> Iterator[Send]:
    """Signatures that are not the gateway's, or not of this body, or not of now."""
    body = encoded(word_of(bill))
    true = headers(body)
    for length in (0, 1, 8, 32, 63, 64, 65, 128, 4096):
        guess = "".join(dice.choice("0123456789abcdef") for _digit in range(length))
        yield sends(body, true | {signing.SIGNATURE: guess})
    yield sends(body, true | {signing.SIGNATURE: "ü" * 64})
    yield sends(body, true | {signing.SIGNATURE: true[signing.SIGNATURE][:-1]})
    yield sends(body, {signing.TIMESTAMP: true[signing.TIMESTAMP]})
    yield sends(body, {signing.SIGNATURE: true[signing.SIGNATURE]})
    yield sends(body, {})
    for key in (OTHER_KEY, settings.MALL_INDEX_KEY, settings.MALL_FIELD_KEY, "AA==", ""):
        yield sends(body, {**headers(body, key=key or "AAAA")})
    for shift in (-302, -400, -3600, -86400, -(10**7), 302, 400, 3600, 86400, 10**7):
        yield sends(body, headers(body, shift=shift))
    for stamp in ("", "-1", "abc", "1e9", "١٢٣", "9" * 13, "9" * 400, "1764000000.5", " 1764000000"):
        yield sends(body, true | {signing.TIMESTAMP: stamp})
    for digit in range(5):
        moved = str(int(true[signing.TIMESTAMP]) + digit + 1)
        yield sends(body, true | {signing.TIMESTAMP: moved})


def tampered(bill: Bill, dice: random.Random) -> Iterator[Send]:
    """A true notice, changed on its way."""
    body = encoded(word_of(bill))
    true = headers(body)
    for _flip in range(60):
        place, bit = dice.randrange(len(body)), 1 << dice.randrange(8)
        yield sends(body[:place] + bytes([body[place] ^ bit]) + body[place + 1 :], true)
    for _cut in range(25):
        yield sends(body[: dice.randrange(len(body))], true)
    for added in (b" ", b"\n", b"{}", b"\0", body):
        yield sends(body + added, true)
    for field in ("amount", "bill", "payment", "reference", "currency", "paid_at"):
        yield sends(encoded(word_of(bill, **{field: "SIM-2"})), true)


def signed_nonsense(bill: Bill) -> Iterator[Send]:
    """What a broken gateway might sign."""
    for field in ("bill", "payment", "reference", "currency", "amount", "paid_at"):
        word = word_of(bill)
        del word[field]
        yield true_key(encoded(word))
        for value in (None, "", [], {}, True, -1, 1.5, "\0", "a" * 65, "../x", "SIM-1 OR 1=1", "7" * 200):
            yield true_key(encoded(word_of(bill, **{field: value})))
    yield true_key(encoded(word_of(bill, note="x")))
    yield true_key(encoded(word_of(bill, amount=str(bill.amount))))
    yield true_key(encoded(word_of(bill, amount=float(bill.amount))))
    yield true_key(encoded(word_of(bill, paid_at="2026-11-22T10:00:00")))
    yield true_key(encoded([word_of(bill)]))
    doubled = encoded(word_of(bill))[:-1] + b', "amount": 1}'
    for body in (b"", b"null", b"0", b'"x"', b"{", b"[" * 9000, b"NaN", b"\xff\xfe", b'{"amount": Infinity}', doubled):
        yield true_key(body)


def signed_mismatch(bill: Bill, other: Bill) -> Iterator[Send]:
    """Well formed and signed, and not what we billed."""
    for amount in (1, bill.amount - 1, bill.amount + 1, bill.amount * 2, bill.amount // 10, 10**12):
        yield true_key(encoded(word_of(bill, amount=amount)))
    for ref in ("SIM-9", "sim-1", "SIM-", "SIM-1-", str(bill.pk)):
        yield true_key(encoded(word_of(bill, bill=ref)))
    for reference in (str(other.charge_id), str(bill.charge.case_id), str(bill.pk), "x"):
        yield true_key(encoded(word_of(bill, reference=reference)))
    for currency in ("USD", "idr", "RP", ""):
        yield true_key(encoded(word_of(bill, currency=currency)))


def wrong_shape(bill: Bill) -> Iterator[Send]:
    """Other methods, other content types, other gateways, other sizes."""
    body = encoded(word_of(bill))
    true = headers(body)
    for method in ("GET", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"):
        yield lambda client, method=method: client.generic(method, WEBHOOK, body, "application/json", headers=true)
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", "text/json"):
        yield sends(body, true, kind=kind)
    for name in ("midtrans", "Simulator", "simulator2", "x" * 300):
        yield sends(body, true, path=f"/pembayaran/webhook/{name}/")
    for size in (16 * 1024 + 1, 64 * 1024, 1024 * 1024):
        yield true_key(body[:-1] + b" " * (size - len(body)) + b"}")


def test_webhook_200_mutations__accept_none__and_the_second_delivery_of_the_truth_changes_nothing(
    client: Client, case: Case, bill: Bill
) -> None:
    other = billed(awaiting_payment().case(), "SIM-2")
    dice = random.Random(7)
    lies = [
        *forged(bill, dice),
        *tampered(bill, dice),
        *signed_nonsense(bill),
        *signed_mismatch(bill, other),
        *wrong_shape(bill),
    ]
    assert len(lies) >= 200
    events = Event.objects.count()
    for number, lie in enumerate(lies):
        answer = lie(client)
        assert 400 <= answer.status_code < 500, (number, answer.status_code, answer.content)
        if answer["Content-Type"] == "application/json" and answer.content:
            assert answer.json() == {"status": WORDS[answer.status_code]}
        assert not Payment.objects.exists(), number
    assert Event.objects.count() == events
    assert (money(case)[0], money(other.charge.case)[0]) == ("awaiting_payment", "awaiting_payment")
    truth = word_of(bill)
    assert post(client, truth).status_code == 200
    settled, events = money(case), Event.objects.count()
    assert settled[1] == [("accepted", bill.amount)]
    assert post(client, truth).status_code == 200
    assert (money(case), Event.objects.count()) == (settled, events)


@pytest.mark.parametrize(
    ("lie", "status"),
    [
        ({"amount": 1}, 409),
        ({"bill": "SIM-9"}, 404),
        ({"reference": "another-case"}, 409),
        ({"currency": "USD"}, 400),
    ],
)
def test_signed_mismatch_is_told_by_its_status(client: Client, bill: Bill, lie: dict[str, Any], status: int) -> None:
    assert post(client, word_of(bill, **lie)).status_code == status


def test_shape_is_told_by_its_status(client: Client, bill: Bill) -> None:
    body = encoded(word_of(bill))
    assert client.get(WEBHOOK).status_code == 405
    assert client.get(WEBHOOK)["Allow"] == "POST"
    assert client.post(WEBHOOK, body, content_type="text/plain").status_code == 415
    assert client.post(WEBHOOK, body, content_type="application/json").status_code == 401
    assert post(client, b" " * 20_000).status_code == 413
    assert post(client, word_of(bill), at=clock.now() - timedelta(seconds=301)).status_code == 401
    assert post(client, word_of(bill), key=OTHER_KEY).status_code == 401
    assert post(client, word_of(bill), path="/pembayaran/webhook/lain/").status_code == 404


def test_gateway_needs_no_cookie_and_no_token(bill: Bill) -> None:
    assert post(Client(enforce_csrf_checks=True), word_of(bill)).status_code == 200
