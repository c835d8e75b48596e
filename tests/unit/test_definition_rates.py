"""The law of a fee and the days of its rate."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from agencies import clock
from agencies.errors import Invalid
from agencies.ids import new_id
from agencies.models import User
from tests.cases import browser, staff, text_of
from tests.definitions import AGENCIES, asking, shipped
from tests.engine import played
from workflows.actors import Actor, ActorKind
from workflows.cases import services
from workflows.cases.models import Case
from workflows.definition.answers import fee_of
from workflows.definition.canonical import definition_from_body
from workflows.definition.folder import CATALOGUE
from workflows.definition.models import ServiceVersion
from workflows.definition.rates import in_force, not_in_force
from workflows.definition.services import publish_version
from workflows.definition.validate import faults_of

CODE = "DPMPTSP-MAKAM-PINDAH"
LAW = "Perda Kab. Banyuwangi 1/2024"
DESIGNER = Actor(kind=ActorKind.USER, memberships=frozenset({("administrator", "DPMPTSP")}))


def faults(code: str = CODE, **fee: Any) -> list[str]:
    """The paths of what is wrong with a shipped service whose fee says this."""
    body = shipped(code).body
    stated = {**body["fee"], "sample": False, "law": LAW, **fee}
    return [one.path for one in faults_of(definition_from_body({**body, "fee": stated}), agencies=AGENCIES)]


@pytest.mark.parametrize(
    "law",
    [
        LAW,
        "Perda Kab. Banyuwangi Nomor 1 Tahun 2024 tentang Pajak Daerah dan Retribusi Daerah, Pasal 88",
        "UU 1/2022 Pasal 88 ayat (3)",
        "Keputusan Bupati 188/45/KEP/429.011/2024",
    ],
)
def test_local_fee__with_an_article__is_accepted(law: str) -> None:
    assert faults(law=law) == []


@pytest.mark.parametrize("law", ["Perda contoh", "kebijakan kepala dinas", "sesuai Perda", "1/2024", "rapat 2024"])
def test_local_fee__without_kind_number_and_year__is_refused(law: str) -> None:
    assert faults(law=law) == ["fee.law"]


def test_local_fee__without_any_law__is_refused() -> None:
    assert faults(law=" ") == ["fee.law"]


def test_line__with_a_law_that_is_none__is_refused() -> None:
    body = shipped("DPMPTSP-PBG").body
    lines = [body["fee"]["lines"][0], {**body["fee"]["lines"][1], "law": "kebiasaan"}]
    assert faults("DPMPTSP-PBG", lines=lines) == ["fee.lines[2].law"]


def test_line__of_its_own_law__says_so_in_the_quote() -> None:
    lines = [
        {"label": "Sewa", "amount": "1000"},
        {"label": "Denda", "amount": "500", "law": "Perbup 5/2024"},
    ]
    quote = fee_of(asking({"type": "integer"}, fee={"kind": "formula", "law": LAW, "lines": lines}), {})
    assert [line.law for line in quote.lines] == [LAW, "Perbup 5/2024"]


@pytest.mark.parametrize(
    ("days", "path"),
    [
        ({"valid_from": "5 Januari 2024"}, "fee.valid_from"),
        ({"valid_until": "2026-02-31"}, "fee.valid_until"),
        ({"valid_until": "20261231"}, "fee.valid_until"),
        ({"valid_from": "2026-01-02", "valid_until": "2026-01-01"}, "fee.valid_until"),
    ],
)
def test_days_of_a_rate__that_are_no_days__are_refused(days: dict[str, str], path: str) -> None:
    assert faults(**days) == [path]


def test_rate__is_in_force_from_its_first_to_its_last_day() -> None:
    body = shipped(CODE).body
    days = {"valid_from": "2026-01-01", "valid_until": "2026-12-31"}
    fee = definition_from_body({**body, "fee": {**body["fee"], **days}}).fee
    on = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1)]
    assert [in_force(fee, day) for day in on] == [False, True, True, False]
    assert [bool(not_in_force(fee, day)) for day in on] == [True, False, False, True]


# --- A rate that ends while somebody fills the form -------------------------------------------------------------------


def _rated(until: date) -> None:
    """The paid service, published with a rate that ends on a day."""
    body = ServiceVersion.objects.get(service=CODE, state="published").body
    publish_version(CODE, {**body, "fee": {**body["fee"], "valid_until": until.isoformat()}}, by=DESIGNER)


@pytest.mark.django_db
def test_applicant__whose_rate_has_ended__is_told_and_loses_nothing() -> None:
    _rated(clock.today())
    script = played(CODE, "open", "answer", "attach")
    before = Case.objects.get(pk=script.case_id)
    with clock.pretend(clock.now() + timedelta(days=1)), pytest.raises(Invalid) as told:
        services.submit(case_id=script.case_id, by=script.who.actor, key=new_id())
    assert "tetap tersimpan" in told.value.fields[""][0]
    after = Case.objects.get(pk=script.case_id)
    assert (after.state, after.answers) == ("draft", before.answers)
    assert after.attachments.count() == before.attachments.count()
    assert services.submit(case_id=script.case_id, by=script.who.actor, key=new_id()).state == "submitted"


@pytest.mark.django_db
def test_administrator__cannot_publish_a_rate_that_has_ended() -> None:
    with pytest.raises(Invalid) as told:
        _rated(clock.today() - timedelta(days=1))
    assert list(told.value.fields) == ["fee.valid_until"]


def test_checking__fails_when_a_rate_has_ended(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (CATALOGUE / f"{CODE}.toml").read_text("utf-8")
    (tmp_path / f"{CODE}.toml").write_text(text.replace("[fee]", '[fee]\nvalid_until = "2025-12-31"', 1), "utf-8")
    with pytest.raises(CommandError, match="1 rates have ended"):
        call_command("check_catalogue", str(tmp_path))
    assert f"{CODE}: fee.valid_until" in capsys.readouterr().err


@pytest.mark.django_db
def test_applicant__whose_rate_has_ended__reads_it_before_she_sends__and_the_administrator_in_her_list() -> None:
    _rated(clock.today())
    script = played(CODE, "open", "answer", "attach")
    with clock.pretend(clock.now() + timedelta(days=1)):
        page = text_of(
            browser(User.objects.get(pk=script.who.actor.user_id)).get(f"/permohonan/{script.case_id}/periksa/")
        )
        listed = text_of(browser(staff("administrator")).get("/meja/administrasi/"))
    assert "tidak berlaku hari ini" in page
    assert CODE in listed
