"""What the tests of payments share: a case with a bill, and the gateway's voice."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client

from agencies import clock
from mall.payments import signing
from mall.payments.simulator.calls import Caller
from mall.payments.simulator.journal import Journal
from mall.payments.simulator.server import Gateway
from tests.engine import CHECKED, EngineScript
from tests.factories import make_person, make_user
from tests.mailserver import free_port
from tests.messages import PAID, script_of
from workflows.actors import Actor
from workflows.cases.models import Case
from workflows.charges import services as charges
from workflows.charges.models import Bill, Payment, RefundTask

GATEWAY = Actor.gateway("simulator")
WEBHOOK = "/pembayaran/webhook/simulator/"


def awaiting_payment() -> EngineScript:
    """A case that is approved and not paid yet."""
    script = script_of(make_person(user=make_user()), PAID)
    for part in (*CHECKED, "recommend", "inspect", "decide"):
        script.play(getattr(script, part))
    assert script.case().state == "awaiting_payment"
    return script


def billed(case: Case, ref: str = "SIM-1") -> Bill:
    """A bill for the case, as the gateway would have made it."""
    assert case.applicant_due_at
    return charges.issue_bill(
        charge_id=case.charge.pk,
        by=GATEWAY,
        gateway="simulator",
        gateway_ref=ref,
        pay_code="8803500000000001",
        pay_url="http://127.0.0.1:1/bayar/8803500000000001",
        expires_at=case.applicant_due_at,
    )


def word_of(bill: Bill, /, **changed: Any) -> dict[str, Any]:
    """A true notice of payment for this bill, but for what is changed."""
    return {
        "bill": bill.gateway_ref,
        "payment": "PAY-1",
        "reference": str(bill.charge_id),
        "currency": "IDR",
        "amount": bill.amount,
        "paid_at": clock.now().isoformat(),
    } | changed


def post(
    client: Client, said: dict[str, Any] | bytes, *, key: str = "", at: datetime | None = None, path: str = WEBHOOK
) -> Any:
    """Send a signed notice."""
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    headers = signing.signed(key or settings.MALL_GATEWAY_KEY, body, at or clock.now())
    return client.post(path, body, content_type="application/json", headers=headers)


def money(case: Case) -> tuple[str, list[tuple[str, int]], int]:
    """State of the case, its payments, and how many of them must go back."""
    payments = Payment.objects.filter(bill__charge__case=case).order_by("recorded_at", "id")
    refunds = RefundTask.objects.filter(payment__bill__charge__case=case).count()
    return Case.objects.get(pk=case.pk).state, list(payments.values_list("status", "amount")), refunds


@contextmanager
def gateway(folder: Path, mall: str = "http://127.0.0.1:1") -> Iterator[Gateway]:
    """The simulator's own server in this process; it tells nobody unless its caller is started."""
    journal = Journal(folder / "journal.jsonl")
    caller = Caller(journal, mall + WEBHOOK, settings.MALL_GATEWAY_KEY)
    with Gateway(free_port(), journal, caller, key=settings.MALL_GATEWAY_KEY, mall=mall) as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.02], daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
