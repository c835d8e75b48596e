"""What is shipped: 43 agencies and the two offices above them, the regions of Banyuwangi (M26), sites; loaded once."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from agencies import directory, queries
from agencies.directory import COMPONENTS, DirectoryError, read_agencies, read_oversight, read_sites
from agencies.loader import load_agencies, load_all, load_regions, load_sites
from agencies.models import Agency, OpeningHours, Region, RegionKind, Site

KECAMATAN_VILLAGES = [5, 7, 8, 9, 10, 9, 6, 10, 5, 7, 6, 11, 10, 14, 10, 18, 6, 12, 9, 7, 9, 5, 6, 8, 10]


def test_the_file_holds_43_complete_agencies_and_another_the_two_offices_above_them() -> None:
    entries = read_agencies()
    assert len({entry.code for entry in entries}) == 43
    assert [(entry.code, entry.kind) for entry in read_oversight()] == [
        ("INSPEKTORAT", "oversight"),
        ("SETDA", "oversight"),
    ]
    assert Counter(entry.kind for entry in entries) == {
        "skpd": 20,
        "vertical": 16,
        "bumn": 3,
        "bumd": 2,
        "judicial": 2,
    }
    for entry in entries:
        assert set(entry.component_defaults) == COMPONENTS
        assert entry.component_defaults["sample"] is True
        assert entry.component_defaults["legal_basis"][-1] == "UU 25/2009 tentang Pelayanan Publik"


def test_defaults_go_from_all_to_kind_to_agency() -> None:
    entries = {entry.code: entry.component_defaults for entry in read_agencies()}
    assert "Inspektorat" in entries["DINKES"]["supervision"]["id"]
    assert "Mahkamah Agung" in entries["PN"]["supervision"]["id"]
    assert entries["DINKES"]["complaints"] == entries["PLN"]["complaints"]
    assert entries["DINKES"]["safety"] != entries["PLN"]["safety"]
    assert entries["DINKES"]["competence"] != entries["DLH"]["competence"]


GOOD = """\
[defaults.all]
sample = true
legal_basis = ["UU 25/2009"]
complaints = { id = "a", en = "a" }
facilities = { id = "a", en = "a" }
guarantee = { id = "a", en = "a" }
safety = { id = "a", en = "a" }
evaluation = { id = "a", en = "a" }
supervision = { id = "a", en = "a" }
competence = { id = "a", en = "a" }

[agency.SATU]
name_id = "Dinas Satu"
name_en = "Office One"
kind = "skpd"
role = "Does one thing."
staff = 2
"""


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('kind = "skpd"', 'kind = "club"', "agencies.toml:12: [agency.SATU]: kind must be one of"),
        ("staff = 2", "staff = 0", "staff must be a whole number"),
        ("staff = 2", "staff = true", "staff must be a whole number"),
        ("staff = 2", "staf = 2", "unknown key staf"),
        ('name_en = "Office One"\n', "", "name_en must be a text"),
        ("sample = true", "sample = 1", "sample must be true or false"),
        ('safety = { id = "a", en = "a" }', 'safety = { id = "a" }', "safety needs a text in id and in en"),
        ('["UU 25/2009"]', "[]", "legal_basis needs at least one law"),
        ("sample = true", "samples = true", "unknown component samples"),
        ("staff = 2", "staff = ", "agencies.toml: Invalid value (at line 17"),
        ("[agency.SATU]", "[agencies.SATU]", "no [agency.CODE]"),
    ],
)
def test_a_fault_is_told_with_file_and_reason(tmp_path: Path, old: str, new: str, reason: str) -> None:
    path = tmp_path / "agencies.toml"
    path.write_text(GOOD)
    assert [entry.code for entry in read_agencies(path)] == ["SATU"]
    path.write_text(GOOD.replace(old, new))
    with pytest.raises(DirectoryError, match=re.escape(reason)):
        read_agencies(path)


def test_a_site_that_closes_before_it_opens_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sites.toml"
    for hours in ('{ senin = "14:00-08:00" }', '{ monday = "08:00-14:00" }', '{ senin = "pagi" }', "7"):
        path.write_text(f'\n[site.MPP]\nname = "x"\naddress = "y"\nhours = {hours}\n')
        with pytest.raises(DirectoryError, match=re.escape("sites.toml:2: [site.MPP]")):
            read_sites(path)


@pytest.mark.django_db
@pytest.mark.usefixtures("bare")
def test_regions_of_banyuwangi() -> None:
    """M26."""
    assert load_regions() == 243
    assert Counter(Region.objects.values_list("kind", flat=True)) == {
        "kabupaten": 1,
        "kecamatan": 25,
        "kelurahan": 28,
        "desa": 189,
    }
    villages = queries.villages()
    assert len(villages) == 217
    for village in villages:
        assert re.fullmatch(r"35\.10\.\d{2}\.[12]\d{3}", village.code)
        assert village.kind == (RegionKind.KELURAHAN if village.code[9] == "1" else RegionKind.DESA)
        assert village.parent is not None
        assert village.parent.code == village.code[:8]
    assert [len(queries.villages(one.code)) for one in queries.kecamatan()] == KECAMATAN_VILLAGES
    assert load_regions() == 0


@pytest.mark.django_db
def test_postgresql_refuses_a_bps_code() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Region.objects.create(code="3510011", name="Siliragung", kind="kecamatan")


@pytest.mark.django_db
def test_a_village_is_found_by_its_name_or_its_kecamatan(django_assert_num_queries: Any) -> None:
    load_regions()
    with django_assert_num_queries(1):  # villages joined with their kecamatan
        found = [(one.name, one.parent.name if one.parent else "") for one in queries.search_villages("sumber muncar")]
    assert found
    assert all("umber" in name and kecamatan == "Muncar" for name, kecamatan in found)
    assert len(queries.search_villages("a", limit=7)) == 7
    assert queries.search_villages("  ") == []


@pytest.mark.django_db
@pytest.mark.usefixtures("bare")
def test_loading_twice_writes_once(django_assert_num_queries: Any) -> None:
    done = load_all()
    assert (done.agencies, done.sites, done.regions) == (45, 3, 243)
    assert done.holidays > 80
    with django_assert_num_queries(8):  # four reads, the transaction of all, and a savepoint about the sites
        again = load_all()
    assert (again.agencies, again.sites, again.regions, again.holidays) == (0, 0, 0, 0)


@pytest.mark.django_db
def test_only_a_changed_entry_is_written_again(tmp_path: Path) -> None:
    load_agencies()
    Agency.objects.filter(code="DINKES").update(active=False)
    path = tmp_path / "agencies.toml"
    path.write_text(directory.AGENCIES_FILE.read_text().replace('name_en = "Health Office"', 'name_en = "Health"'))
    assert load_agencies(path) == 1
    changed = Agency.objects.get(code="DINKES")
    assert (changed.name_en, changed.active) == ("Health", False)


@pytest.mark.django_db
def test_hours_changed_by_people_stay() -> None:
    load_sites()
    OpeningHours.objects.filter(site_id="MPP", weekday=0).delete()
    assert load_sites() == 0
    assert OpeningHours.objects.filter(site_id="MPP").count() == 4
    assert Site.objects.count() == 3


@pytest.mark.django_db
@pytest.mark.usefixtures("bare")
def test_the_command_says_what_it_wrote(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    call_command("load_agencies")
    assert "agencies 45, sites 3, regions 243" in capsys.readouterr().out
    call_command("load_agencies")
    assert "agencies 0, sites 0, regions 0, holidays 0 written" in capsys.readouterr().out


@pytest.mark.django_db
def test_an_agency_speaks_the_language_of_the_page() -> None:
    from django.utils import translation

    load_agencies()
    agency = Agency.objects.get(code="DINKES")
    with translation.override("en"):
        assert agency.name == "Health Office"
    with translation.override("id"):
        assert agency.name == "Dinas Kesehatan"
