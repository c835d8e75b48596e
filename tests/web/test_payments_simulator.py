"""The simulator as the program that it is, against a mall that listens: every button, and a mall that was away."""

import http.client
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from mall.payments import services
from mall.payments.simulator.journal import Journal
from mall.payments.simulator.pages import BANNER, BUTTONS
from tests.mailserver import free_port
from tests.payments import awaiting_payment, money
from workflows.cases.models import Case
from workflows.charges.models import Bill

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 20.0


class Program:
    """The program, and a person's browser in front of it."""

    def __init__(self, folder: Path, env: dict[str, str], mall: str) -> None:
        self.port, self.journal = free_port(), folder / "journal.jsonl"
        self._argv = [sys.executable, "-m", "mall.payments.simulator", "--port", str(self.port)]
        self._argv += ["--mall", mall, "--journal", str(self.journal)]
        self._env = env
        self._running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        self._running = subprocess.Popen(self._argv, env=self._env)
        until(lambda: self.get("/")[0] == 200)

    def stop(self) -> int | None:
        """Ask it to end; its exit code."""
        if self._running is None:
            return None
        self._running.terminate()
        code = self._running.wait(10)
        self._running = None
        return code

    def get(self, path: str) -> tuple[int, str]:
        """Status and text of a page; 0 when nobody listens."""
        return self._ask("GET", path)

    def press(self, bill: Bill, button: str) -> int:
        """Press a button on a bill's page."""
        return self._ask("POST", f"/bayar/{bill.pay_code}", urlencode({"cara": button}))[0]

    def _ask(self, method: str, path: str, body: str = "") -> tuple[int, str]:
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            link.request(method, path, body, {"Content-Type": "application/x-www-form-urlencoded"})
            answer = link.getresponse()
            return answer.status, answer.read().decode()
        except OSError:
            return 0, ""
        finally:
            link.close()


def until(true: Callable[[], bool]) -> None:
    """Wait for it, or fail."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.1)


@pytest.fixture(scope="module")
def running(
    tmp_path_factory: pytest.TempPathFactory, program_env: dict[str, str], live_server: LiveServer
) -> Iterator[Program]:
    """The program, started once; a test that stops it starts it again."""
    program = Program(tmp_path_factory.mktemp("simulator"), program_env, live_server.url)
    program.start()
    yield program
    assert program.stop() == 0


@pytest.fixture
def program(running: Program, settings: Settings) -> Program:
    """The running program, which the mall knows as its gateway."""
    settings.MALL_GATEWAY_URL = f"http://127.0.0.1:{running.port}"
    return running


@pytest.fixture
def case(program: Program) -> Case:
    case = awaiting_payment().case()
    services.bill(case.charge.pk)
    return case


@pytest.fixture
def bill(case: Case) -> Bill:
    return Bill.objects.get(charge__case=case)


def test_payer_sees_her_bill_and_that_no_money_moves(program: Program, bill: Bill) -> None:
    status, page = program.get(f"/bayar/{bill.pay_code}")
    assert status == 200
    assert page.count(BANNER) == 2
    assert f"Rp {bill.amount:,}".replace(",", ".") in page
    assert all(label in page for label, _told in BUTTONS.values())
    assert "<script" not in page
    assert "style=" not in page
    assert bill.pay_code in program.get("/")[1]
    assert BANNER in program.get("/")[1]


def test_unknown_pay_code_is_not_found(program: Program) -> None:
    status, page = program.get("/bayar/8803500000000000")
    assert status == 404
    assert BANNER in page
    assert program.get("/api/bills/SIM-1/payments")[0] == 401


def test_payer_pays_and_the_case_is_approved(program: Program, case: Case, bill: Bill) -> None:
    assert program.press(bill, "full") == 303
    until(lambda: money(case)[0] in ("approved", "issued"))
    assert money(case)[1:] == ([("accepted", bill.amount)], 0)
    until(lambda: "diterima mal" in program.get(f"/bayar/{bill.pay_code}")[1])


def test_payer_pays_twice_and_one_payment_goes_back(program: Program, case: Case, bill: Bill) -> None:
    program.press(bill, "twice")
    until(lambda: len(money(case)[1]) == 2)
    assert money(case)[1:] == ([("accepted", bill.amount), ("double", bill.amount)], 1)


def test_payer_pays_the_wrong_sum_and_nothing_is_taken(program: Program, case: Case, bill: Bill) -> None:
    program.press(bill, "wrong")
    until(lambda: "ditolak mal (kode 409)" in program.get(f"/bayar/{bill.pay_code}")[1])
    assert money(case) == ("awaiting_payment", [], 0)


def test_payer_pays_late_and_it_goes_back(program: Program, case: Case, bill: Bill) -> None:
    program.press(bill, "late")
    until(lambda: bool(money(case)[1]))
    assert money(case) == ("awaiting_payment", [("late", bill.amount)], 1)


def test_unknown_button_does_nothing(program: Program, case: Case, bill: Bill) -> None:
    assert program.press(bill, "gratis") == 404
    assert Journal(program.journal).latest()[0].payments == []


def test_mall_was_away_and_the_notice_is_told_again_after_a_restart(
    program: Program, case: Case, bill: Bill, program_env: dict[str, str]
) -> None:
    assert program.stop() == 0
    deaf = Program(program.journal.parent, program_env, "http://127.0.0.1:1")
    deaf.start()
    try:
        deaf.press(bill, "full")
        until(lambda: "mal belum menjawab" in deaf.get(f"/bayar/{bill.pay_code}")[1])
    finally:
        deaf.stop()
    assert money(case)[1] == []
    program.start()
    until(lambda: money(case)[1] == [("accepted", bill.amount)])


def test_journal_survives_a_line_cut_short(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    first = Journal(path)
    made = first.make("a-charge", 1000, "2026-11-22T00:00:00+00:00", "MPP-2026-000001")
    first.pay(made, 1000, "2026-11-22T00:00:00+00:00")
    path.write_text(path.read_text() + '{"paid": "SIM', encoding="utf-8")
    second = Journal(path)
    second.make("b-charge", 2000, "2026-11-22T00:00:00+00:00", "MPP-2026-000002")
    third = Journal(path)
    assert [(one.reference, len(one.payments)) for one in third.latest()] == [("b-charge", 0), ("a-charge", 1)]
    assert third.make("a-charge", 1000, "", "").bill == made.bill
