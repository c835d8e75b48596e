"""The official outlines of the kecamatan come in whole or not at all; every fault is told with its feature."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.template import Context, Template

from agencies.models import RegionOutline
from agencies.outlines import tiles
from agencies.queries import kecamatan
from mall.design.maps import Area, AreaMap

pytestmark = pytest.mark.django_db


def square(at: int) -> list[list[list[float]]]:
    """A tenth of a degree somewhere near Banyuwangi."""
    west, north = 114 + at % 5 / 10, -8 - at // 5 / 10
    places = [(0.0, 0.0), (0.1, 0.0), (0.1, -0.1), (0.0, -0.1), (0.0, 0.0)]
    return [[[west + x, north + y] for x, y in places]]


def features() -> list[dict[str, Any]]:
    return [
        {
            "type": "Feature",
            "properties": {"kode": region.code.replace(".", "") if at % 2 else region.code},
            "geometry": {"type": "Polygon", "coordinates": square(at)},
        }
        for at, region in enumerate(kecamatan())
    ]


def load(folder: Path, body: object) -> str:
    (folder / "batas.geojson").write_text(json.dumps(body), "utf-8")
    said = StringIO()
    call_command(
        "load_outlines", folder / "batas.geojson", source="BIG, 2026", licence="CC-BY-4.0", stdout=said, no_color=True
    )
    return said.getvalue()


def collection(members: object) -> dict[str, object]:
    return {"type": "FeatureCollection", "features": members}


def picture() -> str:
    areas = [Area(one.code, one.name, at or None, str(at)) for at, one in enumerate(kecamatan())]
    shown = AreaMap("Diputus", "Terendah satu.", areas)
    return Template("{% load design %}{% area_map shown %}").render(Context({"shown": shown}))


def test_map_is_schematic_until_a_file_is_imported_and_then_drawn_from_it(tmp_path: Path) -> None:
    before = picture()
    assert "Peta skematis" in before
    assert before.count("<g ") == 25
    assert load(tmp_path, collection(features())) == "25 outlines written\n"
    after = picture()
    assert "Batas wilayah: BIG, 2026 (CC-BY-4.0)" in after
    assert (after.count("<g "), "Peta skematis" in after) == (25, False)


def test_every_area_says_its_name_and_figure_and_what_is_withheld_is_hatched() -> None:
    drawn = picture()
    assert all(f"<title>{one.name}: {at}</title>" in drawn for at, one in enumerate(kecamatan()))
    assert drawn.count("mall-map__area--none") == 2
    assert "tidak ditampilkan atau belum ada" in drawn


def test_loading_again_replaces_all(tmp_path: Path) -> None:
    load(tmp_path, collection(features()))
    load(tmp_path, collection(features()))
    assert RegionOutline.objects.count() == 25


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda found: found.pop(3), "Kecamatan 35.10.04 tidak ada dalam berkas."),
        (lambda found: found[2]["properties"].update(kode="35.10.99"), "Bentuk 3: kode kecamatan “35.10.99”"),
        (lambda found: found.append(found[0]), "Bentuk 26: kecamatan 35.10.01 sudah ada."),
        (lambda found: found[1]["geometry"].update(type="Point"), "Bentuk 2: harus Polygon atau MultiPolygon."),
        (lambda found: found[1]["geometry"].update(coordinates=[[["x", 1]]]), "Bentuk 2: titiknya tidak terbaca"),
        (lambda found: found[1]["geometry"].update(coordinates=[[[500, 1]] * 4]), "Bentuk 2: titiknya tidak terbaca"),
        (lambda found: found[1]["geometry"].update(coordinates=[]), "Bentuk 2: tidak berisi bidang."),
        (lambda found: found.append({}), "Bentuk 26: tidak lengkap."),
    ],
)
def test_faulty_file_is_told_and_changes_nothing(tmp_path: Path, spoil: Any, told: str) -> None:
    found = features()
    spoil(found)
    with pytest.raises(CommandError, match=told.replace(".", r"\.")):
        load(tmp_path, collection(found))
    assert not RegionOutline.objects.exists()


@pytest.mark.parametrize("body", [[], {}, "x", {"type": "FeatureCollection"}, {"type": "Feature", "features": []}])
def test_another_kind_of_file_is_refused(tmp_path: Path, body: object) -> None:
    with pytest.raises(CommandError, match="bukan GeoJSON"):
        load(tmp_path, body)


def test_no_two_kecamatan_share_a_tile_and_none_is_without() -> None:
    found = tiles()
    assert set(found) == {one.code for one in kecamatan()}
    assert len({(one.column, one.row) for one in found.values()}) == 25


LISTED = '{"properties": ["35.10.01"], "geometry": {"type": "Polygon", "coordinates": []}}'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[" * 100_000, "bukan GeoJSON"),
        ('{"type": "FeatureCollection", "features": 7}', "bukan GeoJSON"),
        (f'{{"type": "FeatureCollection", "features": [{LISTED}]}}', "Bentuk 1: tidak lengkap."),
        ('{"type": "FeatureCollection", "features": ["x"]}', "Bentuk 1: tidak lengkap."),
    ],
)
def test_file_that_only_looks_like_one_is_refused_in_words(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "batas.geojson").write_text(text, "utf-8")
    with pytest.raises(CommandError, match=told):
        call_command("load_outlines", tmp_path / "batas.geojson", source="BIG, 2026", licence="CC-BY-4.0")
    assert not RegionOutline.objects.exists()
