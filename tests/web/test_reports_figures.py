"""The manager's figures against an oracle that counts case by case, and who may read them."""

import csv
import io
from collections import Counter
from datetime import timedelta

import pytest

from agencies import clock
from mall.canary.cast import CanaryCast
from mall.reports import tables
from mall.reports.files import harmless
from mall.transparency import sql as public
from tests.cases import DOCTOR, at, browser, case_of, counted, staff, text_of
from tests.engine import DECIDED, EngineScript, TestCast
from tests.lasting import undone
from workflows import reports
from workflows.cases.models import Case
from workflows.clock.models import Interval
from workflows.definition.models import ServiceType
from workflows.definition.queries import version_for_new_case

pytestmark = pytest.mark.django_db

CARD, MIDWIFE = "DUKCAPIL-KTP-BARU", "DPMPTSP-SIP-BIDAN"
SHEETS = tuple(tables.SHEETS)
ADDRESSES = ("/laporan/", *(f"/laporan/{slug}/" for slug in SHEETS), *(f"/laporan/{slug}/unduh.csv" for slug in SHEETS))


@pytest.fixture(scope="module")
def some_cases(django_db_setup, django_db_blocker):
    """What the reports are about, for all tests of this file."""
    with undone(django_db_blocker):
        yield worked()


def worked():
    """Cases of two agencies in several states, one of them late, and one of the canary."""
    cast = TestCast()
    found = [at("submitted", cast=cast), at("checked", cast=cast), at("decided", cast=cast), at("decided", cast=cast)]
    found += [at("submitted", CARD, cast), at("decided", CARD, cast), at("drafted", cast=cast)]
    late = found[0]
    Case.objects.filter(pk=late.case_id).update(due_at=clock.now() - timedelta(days=3))
    canary = EngineScript(version_for_new_case(DOCTOR).definition, CanaryCast())
    for part in DECIDED:
        canary.play(getattr(canary, part))
    return found


def open_cases(**narrow):
    return Case.objects.filter(lane="real", closed_at=None, **narrow).exclude(state="draft")


def test_open_work_counts_each_open_case_once_and_the_late_one(some_cases):
    rows = reports.open_work(None)
    expected = Counter(open_cases().values_list("service_id", flat=True))
    assert {row.service: row.count for row in rows} == dict(expected)
    assert sum(row.late for row in rows) == 1
    assert all(row.young + row.middle + row.old == row.count for row in rows)


def test_age_follows_the_first_hand_in(some_cases):
    script = some_cases[0]
    for days, name in ((3, "young"), (10, "middle"), (40, "old")):
        Case.objects.filter(pk=script.case_id).update(submitted_at=clock.now() - timedelta(days=days))
        row = next(one for one in reports.open_work(None) if one.service == DOCTOR)
        assert getattr(row, name) >= 1
        assert row.oldest == days


def test_every_open_case_has_one_holder(some_cases):
    held = reports.holdings(None)
    assert sum(one.count for one in held) == open_cases().count()
    expected = Counter(
        Interval.objects.filter(closed_at=None, case__in=open_cases()).values_list("holder", "agency", "reason")
    )
    assert {(one.holder, one.agency, one.reason): one.count for one in held} == dict(expected)


def test_throughput_counts_by_month_of_banyuwangi(some_cases):
    months = reports.throughput(None)
    assert len(months) == 12
    assert months[-1].month == f"{clock.today():%Y-%m}"
    real = Case.objects.filter(lane="real")
    assert sum(one.submitted for one in months) == real.exclude(submitted_at=None).count()
    assert sum(one.decided for one in months) == real.exclude(decided_at=None).count() == 3
    assert sum(one.issued for one in months) == real.filter(state="issued").count()
    script = some_cases[0]
    last_year = clock.now() - timedelta(days=400)
    Case.objects.filter(pk=script.case_id).update(submitted_at=last_year)
    assert sum(one.submitted for one in reports.throughput(None)) == real.exclude(submitted_at=None).count() - 1


def test_new_year_in_banyuwangi_is_the_new_year():
    assert reports.last_months(12)[-1] == f"{clock.today():%Y-%m}"
    assert len(set(reports.last_months(30))) == 30


def test_term_kept_agrees_with_the_public_figures(some_cases):
    begin, end = clock.now() - timedelta(days=40), clock.now() + timedelta(days=1)
    told = {one.service: one for one in public.decided(begin, end) if one.service}
    rows = reports.terms_kept(None, since=clock.today() - timedelta(days=40))
    assert {row.service: (row.decided, row.kept) for row in rows} == {
        service: (one.decided, one.on_time) for service, one in told.items()
    }
    assert sum(row.decided for row in rows) == 3


def test_late_decision_is_not_kept(some_cases):
    script = some_cases[2]
    Case.objects.filter(pk=script.case_id).update(due_at=clock.now() - timedelta(days=1))
    row = next(one for one in reports.terms_kept(None, since=clock.today()) if one.service == DOCTOR)
    assert (row.decided, row.kept, row.share) == (2, 1, 50)


def test_recommendations_owed_and_given_by_agency(some_cases):
    [row] = reports.recommendations(None, since=clock.today() - timedelta(days=1))
    assert (row.agency, row.open, row.late, row.given, row.given_late) == ("DINKES", 1, 0, 2, 0)


def test_agency_manager_sees_her_agency_only(some_cases):
    tab = browser(staff("manager", "DUKCAPIL"))
    card, doctor = (ServiceType.objects.get(pk=code).name_id for code in (CARD, DOCTOR))
    for address in ("/laporan/terbuka/", "/laporan/terbuka/unduh.csv", "/laporan/tepat-waktu/"):
        shown = text_of(tab.get(address))
        assert card in shown
        assert doctor not in shown
    whole = text_of(browser(staff("manager")).get("/laporan/terbuka/"))
    assert card in whole
    assert doctor in whole


def test_reports_hold_no_case_and_no_name(some_cases):
    tab = browser(staff("manager"))
    shown = "".join(text_of(tab.get(address)) for address in ADDRESSES)
    for script in some_cases:
        case = case_of(script)
        for secret in (case.applicant.name, case.reference, case.tracking_code, str(case.pk)):
            assert secret is None or secret not in shown


def statuses(tab):
    return {address: tab.get(address).status_code for address in ADDRESSES}


@pytest.mark.parametrize("role", ["clerk", "verifier", "officer", "approver", "administrator"])
def test_only_managers_read_reports(role):
    assert statuses(browser(staff(role))) == dict.fromkeys(ADDRESSES, 403)


def test_stranger_is_led_to_the_log_in():
    assert statuses(browser(None)) == dict.fromkeys(ADDRESSES, 302)


def test_empty_mall_has_reports_too():
    assert statuses(browser(staff("manager"))) == dict.fromkeys(ADDRESSES, 200)


def test_unknown_report_is_not_found():
    assert browser(staff("manager")).get("/laporan/rahasia/").status_code == 404


def test_manager_opens_no_single_case(some_cases):
    tab = browser(staff("manager"))
    pk = some_cases[0].case_id
    for address in (f"/meja/permohonan/{pk}/", f"/loket/permohonan/{pk}/", "/loket/"):
        assert tab.get(address).status_code == 403
    assert tab.get(f"/permohonan/{pk}/").status_code != 200
    assert str(some_cases[0].case().reference) not in tab.get("/meja/").content.decode()


def test_reports_cost_the_same_for_few_and_many_cases():
    cast, tab = TestCast(), browser(staff("manager"))
    at("submitted", cast=cast)
    few = costs(tab)
    for _case in range(10):
        at("submitted", cast=cast)
    at("submitted", CARD, cast)
    assert costs(tab) == few
    assert max(few.values()) <= 22


def costs(tab):
    """Statements of each address."""
    found = {}
    for address in ADDRESSES:
        with counted() as asked:
            tab.get(address)
        found[address] = len(asked)
    return found


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " ="])
def test_no_cell_of_a_file_is_a_formula(start):
    evil = f"{start}HYPERLINK(1)"
    assert harmless(evil) == f"'{evil}"
    assert harmless("Izin = baik") == "Izin = baik"
    assert harmless(-3) == -3
    at("submitted", MIDWIFE)
    ServiceType.objects.filter(pk=MIDWIFE).update(name_id=evil)
    shown = text_of(browser(staff("manager")).get("/laporan/terbuka/unduh.csv"))
    rows = list(csv.reader(io.StringIO(shown.removeprefix("\ufeff"), newline="")))
    assert [row[2:] for row in rows if row[1] == f"'{evil}"] == [["1", "0", "1", "0", "0", "0"]]
