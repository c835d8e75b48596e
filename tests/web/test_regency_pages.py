"""Pages of the regency as they are read: whose an indicator is, its unit, what comes first, in both languages."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from mall.regency.models import Kind
from tests.regency import BUDGET, poverty
from tests.web.test_regency import published

pytestmark = pytest.mark.django_db
PERFORMANCE = (
    "skpd,nama_skpd,sasaran,indikator,satuan,manual,arah,target,capaian,bukti\n"
    "DINKES,Dinas Kesehatan,Sehat,Prevalensi stunting,%,Rumus,lower,14,12.6,\n"
    "DINSOS,Dinas Sosial,Sejahtera,Angka kemiskinan,%,Rumus,lower,7,7.7,\n"
)


def page(name: str) -> str:
    """A page of the regency."""
    return Client().get(reverse(f"regency:{name}")).content.decode()


def test_everybody_reads_whose_an_indicator_is_and_which_way_is_better() -> None:
    published(PERFORMANCE, Kind.PERFORMANCE)
    captions = re.findall(r"<caption[^>]*>(.*?)</caption>", page("performance"))
    assert captions == ["Dinas Kesehatan", "Dinas Sosial"]
    assert len(re.findall(r">\s*turun\s*<", page("performance"))) == 2


def test_page_with_several_parts_begins_with_what_is_on_it() -> None:
    published("kecamatan,indikator,nilai,dari\n35.10.01,sanitasi,87.5,\n", Kind.DISTRICTS)
    published(poverty(), Kind.POVERTY)
    shown = page("districts")
    assert re.findall(r'href="#(bagian-\d)">(.*?)<', shown) == [
        ("bagian-1", "Pembangunan kecamatan, 2026"),
        ("bagian-2", "Kemiskinan menurut kecamatan, 2026"),
    ]
    assert "Rumah tangga dengan sanitasi layak (%)" in shown


def test_accounts_are_read_with_their_code_and_a_deficit_with_its_sign() -> None:
    published(BUDGET, version="murni")
    assert "6.1 Penerimaan pembiayaan" in page("budget")
    assert "−Rp\u00a0100" in page("budget")
    shown = Client().get("/data/apbd-murni/2026/").content.decode()
    assert "4.1.02 Retribusi" in shown


def test_nobody_is_told_that_small_amounts_of_the_budget_are_hidden() -> None:
    published(BUDGET, version="murni")
    published(poverty(), Kind.POVERTY)
    budget, poor = (Client().get(f"/data/{slug}/2026/").content.decode() for slug in ("apbd-murni", "kemiskinan"))
    assert "disembunyikan" not in budget
    assert "Angka di bawah 10" in poor
    assert "Tidak memuat angka tentang orang." in Client().get("/data/apbd-murni/").content.decode()


def test_titles_are_in_the_language_of_the_page() -> None:
    published(BUDGET, version="murni")
    assert "APBD murni" in Client().get("/data/").content.decode()
    client = Client()
    client.cookies["django_language"] = "en"
    with override("id"):  # which a request would leave behind in English
        shown = client.get("/data/").content.decode()
    assert "APBD murni" not in shown
