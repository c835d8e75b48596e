"""A clerk files an objection or an appeal for the person at the counter, on a ground that is noted."""

from datetime import timedelta
from uuid import uuid4

import pytest

from agencies import clock
from agencies.models import Role
from tests.cases import DOCTOR, MALL, browser, case_of, clerk, looks_of, staff, text_of
from tests.engine import ADVISED, EngineScript, played
from workflows.objections.models import Objection, ObjectionMandate
from workflows.objections.services import answer_objection

pytestmark = pytest.mark.django_db
WHY = "Denah sudah saya serahkan pada kunjungan kedua."


@pytest.fixture
def script() -> EngineScript:
    """A refused case of somebody who applied at home."""
    return played(DOCTOR, *ADVISED, "refuse")


def pages(script: EngineScript) -> tuple[str, str, str]:
    """Of the case at the counter, of the objection, of its receipt."""
    case = f"/loket/permohonan/{script.case_id}/"
    return case, f"{case}keberatan/", f"{case}keberatan/tanda-terima/"


def said(**change: str) -> dict[str, str]:
    return {"key": str(uuid4()), "kind": "letter", "bearer": "Budi Santoso", "note": "Surat 12", "reason": WHY} | change


def test_clerk_files_an_objection_for_whoever_came_and_prints_its_receipt(script: EngineScript) -> None:
    (case, filing, receipt), user = pages(script), clerk()
    tab = browser(user)
    assert filing in text_of(tab.get(f"{case}?tujuan=counter_status"))
    assert "Hari terakhir mengajukannya" in text_of(tab.get(filing))
    assert looks_of(case_of(script).applicant)[-1].data["purpose"] == "counter_objection"
    assert tab.post(filing, said())["Location"] == receipt
    objection = Objection.objects.get()
    mandate = ObjectionMandate.objects.get(objection=objection)
    assert (mandate.kind, mandate.bearer, mandate.note, mandate.clerk_id) == (
        "letter",
        "Budi Santoso",
        "Surat 12",
        user.pk,
    )
    assert (objection.filed_by_id, objection.reason) == (user.pk, WHY)
    printed = text_of(tab.get(receipt))
    for words in ("Surat kuasa: Budi Santoso", WHY, case_of(script).reference or "-", "Dijawab paling lambat"):
        assert words in printed
    assert str(case_of(script).applicant.nik) not in printed
    shown = text_of(tab.get(f"{case}?tujuan=counter_status"))
    assert receipt in shown
    assert f'{filing}"' not in shown


def test_the_same_form_twice_files_one_objection(script: EngineScript) -> None:
    _case, filing, receipt = pages(script)
    tab, form = browser(clerk()), said()
    assert [tab.post(filing, form)["Location"] for _time in range(2)] == [receipt, receipt]
    assert Objection.objects.count() == ObjectionMandate.objects.count() == 1


def test_clerk_files_the_appeal_after_a_rejected_objection(script: EngineScript) -> None:
    _case, filing, receipt = pages(script)
    tab = browser(clerk())
    tab.post(filing, said())
    head = script.cast.player(Role.HEAD, MALL)
    answer_objection(objection_id=Objection.objects.get().pk, by=head, upheld=False, answer="a", legal_basis="b")
    assert "Kirim banding" in text_of(tab.get(filing))
    assert tab.post(filing, said(kind="present", bearer="")).status_code == 302
    assert "Banding" in text_of(tab.get(receipt))


@pytest.mark.parametrize(("change", "field"), [({"bearer": " "}, "bearer"), ({"reason": ""}, "reason")])
def test_a_faulty_form_says_so_beside_the_field_and_loses_nothing(
    script: EngineScript, change: dict[str, str], field: str
) -> None:
    _case, filing, _receipt = pages(script)
    again = browser(clerk()).post(filing, said(**change))
    assert again.status_code == 422
    assert f'id="id_{field}_error"' in text_of(again)
    assert "Surat 12" in text_of(again)
    assert not Objection.objects.exists()


def test_clerk_after_the_last_day_reads_so_and_files_nothing(script: EngineScript) -> None:
    case, filing, _receipt = pages(script)
    tab = browser(clerk())
    with clock.pretend(clock.now() + timedelta(days=60)):
        assert filing not in text_of(tab.get(f"{case}?tujuan=counter_status"))
        assert tab.get(filing)["Location"] == case
        late = tab.post(filing, said())
    assert late.status_code == 409
    assert WHY in text_of(late)
    assert not Objection.objects.exists()


@pytest.mark.parametrize("role", [Role.OFFICER, Role.APPROVER, Role.HEAD])
def test_others_of_the_staff_file_nothing_at_the_counter(script: EngineScript, role: str) -> None:
    _case, filing, receipt = pages(script)
    other = browser(staff(role))
    assert other.get(filing).status_code == other.post(filing, said()).status_code == 403
    assert other.get(receipt).status_code == 403
    assert not Objection.objects.exists()
