"""Files of the regency that are well written and cannot be true, and what the public must not be told wrongly."""

import pytest
from django.test import Client
from django.urls import reverse

from agencies.errors import Invalid
from agencies.queries import kecamatan
from mall.regency.models import Batch, Kind
from mall.releases import publishing
from mall.releases import queries as releases
from tests.factories import make_user
from tests.publishing import counted, dataset, registered
from tests.regency import about, poverty
from tests.web.test_regency import published, steward, uploaded

pytestmark = pytest.mark.django_db
BUDGET_HEAD = "skpd,nama_skpd,akun,uraian,anggaran,realisasi\n"
AREA_HEAD = "kecamatan,indikator,nilai,dari\n"
PROGRAMME_HEAD = "program,skpd,dana,akun,kecamatan,penerima,tujuan,target,capaian,anggaran,realisasi\n"


def faults(content: str, kind: str, field: str = "file", **said: object) -> list[str]:
    """What is said of a file that must not be taken; nothing of it is kept."""
    with pytest.raises(Invalid) as refused:
        uploaded(content, kind, **said)
    assert not Batch.objects.exists() or field == "period"
    return refused.value.fields[field]


@pytest.mark.parametrize("account", ["4.4.01", "5.5", "6.3.01", "5.01", "4.1.0001", "4.1.01.01.01.01.0001"])
def test_account_that_no_law_knows_is_refused_with_its_line(account: str) -> None:
    said = faults(f"{BUDGET_HEAD}DINKES,Dinas,{account},Uraian,1,\n", Kind.BUDGET, version="murni")
    assert said == [f"Baris 2: akun “{account}” tidak dikenal; tulis seperti 5.1.01.01."]


def test_share_above_a_hundred_is_refused_and_a_part_above_its_whole() -> None:
    said = faults(f"{AREA_HEAD}35.10.01,sanitasi,875,\n35.10.02,idm,-0.5,\n35.10.03,idm,0.75,\n", Kind.DISTRICTS)
    assert said == [
        "Baris 2: nilai sanitasi harus antara 0 dan 100.",
        "Baris 3: nilai idm harus antara 0 dan 1.",
    ]
    said = faults(poverty(poor=40, extreme=41), Kind.POVERTY)
    assert len(said) == len(kecamatan())
    assert said[0] == "Baris 3: nilai lebih besar daripada keluarga_miskin di kecamatan itu."


def test_m16_half_a_year_and_its_year_are_never_public_together() -> None:
    published(poverty(), Kind.POVERTY, period="2026-S1", cut_off=about().cut_off.replace(month=6))
    for period in ("2026", "2026-Q2", "2026-03"):
        said = faults(poverty(), Kind.POVERTY, "period", period=period)
        assert said == ["Periode ini bertumpuk dengan 2026-S1 yang sudah terbit; selisihnya membuka angka kecil."]
    published(poverty(), Kind.POVERTY, period="2026-S2")


def test_m16_guard_holds_back_a_period_that_shares_months_with_another() -> None:
    from mall.releases.datasets import Frequency

    rows = counted({"A": 40, "B": 50})
    with registered(dataset(frequency=Frequency.IRREGULAR, rows=lambda _period: rows)) as one:
        publishing.publish(one.slug, "2026-S1", steward())
        with pytest.raises(publishing.HeldBack):
            publishing.publish(one.slug, "2026", steward())
        publishing.publish(one.slug, "2026-S2", steward())
        assert releases.held()[0].reasons == [{"measure": "", "place": ["2026-S1"], "rule": "overlap"}]


def test_m16_third_revision_is_compared_with_the_first_as_well() -> None:
    counts = {"A": 40, "B": 50}
    with registered(dataset(rows=lambda _period: counted(counts))) as one:
        for now, revision in ((40, 1), (46, 2), (41, 2), (52, 3)):
            counts["A"] = now
            assert publishing.publish(one.slug, "2026-05", steward()).revision == revision


def test_latest_period_is_the_one_that_ends_last() -> None:
    with registered(dataset(rows=lambda _period: counted({"A": 40, "B": 50}))) as one:
        for code in ("2025", "2025-S2", "2026-S1", "2026-05", "2026-Q3", "2026-09"):
            publishing.publish(one.slug, code, steward())
        latest = releases.latest(one.slug)
        assert latest
        assert latest.period == "2026-Q3"
        assert releases.newest_of_all()[one.slug].period == "2026-Q3"
        assert [found.period for found in releases.periods(one.slug)][-2:] == ["2025", "2025-S2"]


def test_programme_of_which_nothing_is_told_yet_is_not_shown_as_nothing_done() -> None:
    rows = "".join(f"beasiswa,DISPENDIK,APBD,,{one.code},,,40,,80000000,\n" for one in kecamatan())
    published(PROGRAMME_HEAD + rows, Kind.PROGRAMMES)
    release = releases.latest("program-beasiswa")
    assert release
    assert release.total["target"].value == 1000
    for line in release.lines:
        assert (line.cells["capaian"].value, line.cells["realisasi"].value) == (None, None), line.dims
        assert not line.cells["capaian"].suppressed


def test_official_figures_are_not_called_samples_because_others_are() -> None:
    published(poverty(), Kind.POVERTY, period="2025", cut_off=about().cut_off.replace(year=2025), sample=True)
    published(poverty(), Kind.POVERTY, period="2026")
    assert releases.of(Kind.POVERTY, "2025").is_sample
    assert not releases.of(Kind.POVERTY, "2026").is_sample


def test_steward_is_told_when_her_correction_is_held_back() -> None:
    client = Client()
    client.force_login(make_user(roles=[("steward", "DISKOMINFO")]))
    published(poverty(poor=40), Kind.POVERTY)
    for poor, told in ((41, "angka publik tidak berubah"), (60, "diterbitkan.")):
        batch = uploaded(poverty(poor=poor), Kind.POVERTY)
        page = client.post(reverse("regency:publish", args=[batch.pk]), follow=True).content.decode()
        assert told in page
