"""M20: the fee is known before sending, nobody can take cash, and another sum than the bill's is refused."""

import re
import tomllib
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from agencies import clock
from agencies.errors import Conflict, Refused
from agencies.models import Role, User
from tests.cases import browser, text_of
from tests.engine import DECIDED, TestCast, make_applicant, played
from tests.payments import awaiting_payment, billed
from workflows.actors import Actor
from workflows.charges import services as charges
from workflows.charges.models import Charge, Payment
from workflows.charges.receipts import Receipt

pytestmark = pytest.mark.django_db

TOWER = "DPMPTSP-MENARA"
CASH = re.compile(r"cash|tunai|kasir|bayar-di", re.IGNORECASE)


def test_m20_fee_is_shown_line_by_line_with_its_article_before_sending() -> None:
    script = played(TOWER, "open", "answer", "attach")
    page = text_of(browser(User.objects.get(pk=script.who.actor.user_id)).get(f"/permohonan/{script.case_id}/periksa/"))
    for line in script.definition.fee.lines:
        assert line.label.id.split("(")[0] in page or line.when is not None
    assert script.definition.fee.law in page
    assert re.search(r'class="portal-sum">Rp\s[\d.]+<', page)


def test_m20_api_tells_the_fee_line_by_line_before_sending() -> None:
    script = played(TOWER, "open", "answer", "attach")
    mine = browser(User.objects.get(pk=script.who.actor.user_id))
    answer = mine.get(f"/api/v1/cases/{script.case_id}")
    assert answer.status_code == 200, answer.content
    fee = answer.json()["fee"]
    assert fee["total"] == sum(line["amount"] for line in fee["lines"]) > 0
    assert {line["law"] for line in fee["lines"]} == {fee["law"]} == {script.definition.fee.law}


def test_m20_free_service_says_rp_0_in_large_letters_everywhere() -> None:
    script = played("DPMPTSP-SIP-DOKTER", "open", "answer", "attach")
    mine = browser(User.objects.get(pk=script.who.actor.user_id))
    assert re.search(r'portal-facts__large">Rp\s0<', text_of(mine.get("/layanan/DPMPTSP-SIP-DOKTER/")))
    assert re.search(r'portal-sum">Rp\s0<', text_of(mine.get(f"/permohonan/{script.case_id}/periksa/")))


def test_m20_payment_of_another_amount_is_refused_and_leaves_nothing() -> None:
    bill = billed(awaiting_payment().case())
    for amount in (bill.amount - 1, bill.amount + 1, 1):
        with pytest.raises(Conflict):
            charges.take_payment(
                by=Actor.gateway("simulator"),
                gateway="simulator",
                gateway_ref=bill.gateway_ref,
                payment_ref="PAY-1",
                amount=amount,
                paid_at=clock.now(),
            )
    assert not Payment.objects.exists()


def test_m20_no_role_can_record_a_payment() -> None:
    bill = billed(awaiting_payment().case())
    for role in Role:
        with pytest.raises(Refused):
            charges.take_payment(
                by=TestCast().player(role, "DPMPTSP"),
                gateway="simulator",
                gateway_ref=bill.gateway_ref,
                payment_ref="PAY-1",
                amount=bill.amount,
                paid_at=clock.now() - timedelta(minutes=1),
            )


def test_m20_matrix_has_no_door_for_cash_and_lets_machines_only_take_payments() -> None:
    home = Path(__file__).parent.parent / "security" / "matrix"
    rows = [row for path in home.glob("*.toml") for row in tomllib.loads(path.read_text("utf-8")).get("service", [])]
    taking = next(row for row in rows if row["name"] == "workflows.charges.services.take_payment")
    allowed = {who for told in taking["yes"].values() for who in told.split()}
    assert allowed <= {"machine", "gateway"}
    assert [name for name in addresses() if CASH.search(name)] == []


def addresses(resolver: URLResolver | None = None, prefix: str = "") -> list[str]:
    """Every address of the mall, as patterns."""
    found: list[str] = []
    for entry in (resolver or get_resolver()).url_patterns:
        path = prefix + str(entry.pattern)
        found += addresses(entry, path) if isinstance(entry, URLResolver) else [path]
        assert isinstance(entry, URLPattern | URLResolver)
    return found


# --- The receipt ------------------------------------------------------------------------------------------------------


def test_payer_reads_and_prints_her_receipt() -> None:
    script = played("DPMPTSP-REKLAME-INSIDENTIL", *DECIDED, "pay")
    mine = browser(User.objects.get(pk=script.who.actor.user_id))
    receipt = Receipt.objects.get(payment__bill__charge__case_id=script.case_id)
    assert receipt.number in text_of(mine.get(f"/permohonan/{script.case_id}/"))
    page = text_of(mine.get(f"/permohonan/{script.case_id}/kuitansi/"))
    charge = Charge.objects.get(case_id=script.case_id)
    for told in (receipt.number, receipt.code, charge.law, charge.lines[0]["label"].split("×")[0]):
        assert told in page


def test_nobody_else_reads_it_and_an_unpaid_fee_has_none() -> None:
    script = played("DPMPTSP-REKLAME-INSIDENTIL", *DECIDED)
    mine = browser(User.objects.get(pk=script.who.actor.user_id))
    address = f"/permohonan/{script.case_id}/kuitansi/"
    assert mine.get(address).status_code == 404
    script.play(script.pay)
    assert mine.get(address).status_code == 200
    stranger = make_applicant().actor
    assert browser(User.objects.get(pk=stranger.user_id)).get(address).status_code == 404
