"""Texts and rates that nobody published: fit for the demo, kept as drafts elsewhere."""

from pathlib import Path

import pytest
from django.core.management import call_command

from agencies.errors import Invalid, Missing
from tests.catalogue import a_folder
from workflows.actors import Actor, ActorKind
from workflows.definition import queries
from workflows.definition.components import INHERITED
from workflows.definition.folder import CATALOGUE
from workflows.definition.loading import Held
from workflows.definition.models import ServiceType, ServiceVersion
from workflows.definition.services import LoadReport, load_catalogue, publish_version

pytestmark = pytest.mark.django_db

DESIGNER = Actor(kind=ActorKind.USER, memberships=frozenset({("administrator", "DPMPTSP")}))
CODE = "DPMPTSP-SIP-DOKTER"
CONFIRMED = "\n".join(
    ["sample = false", "staff = 3"]
    + [f'{part} = "Sudah ditetapkan."' for part in INHERITED if part not in ("staff", "complaints")]
)
"""A standard that an office has confirmed: nothing of it is inherited."""


def with_a_rate(tmp_path: Path, sample: str) -> Path:
    """A folder with one paid service with a confirmed standard, whose rate is a sample or not."""
    text = (CATALOGUE / "DPMPTSP-MAKAM-PINDAH.toml").read_text("utf-8").replace("DPMPTSP-MAKAM-PINDAH", "DPMPTSP-BARU")
    text = text.replace('law = "Perda Kab. Banyuwangi tentang', 'law = "Perda Kab. Banyuwangi 1/2024 tentang')
    text = text.replace("[standard]", f"[standard]\n{CONFIRMED}")
    (tmp_path / "DPMPTSP-BARU.toml").write_text(text.replace("sample = true", f"sample = {sample}", 1), "utf-8")
    return tmp_path


def test_loader__outside_the_demo__keeps_a_sample_rate_as_a_draft_until_it_is_confirmed(tmp_path, settings) -> None:
    settings.MALL_SAMPLES_ALLOWED = False
    folder = with_a_rate(tmp_path, "true")
    assert load_catalogue(folder) == LoadReport(held=(Held("DPMPTSP-BARU", ("fee",)),))
    assert list(ServiceVersion.objects.filter(service="DPMPTSP-BARU").values_list("state", "number")) == [("draft", 1)]
    with pytest.raises(Missing):
        queries.version_for_new_case("DPMPTSP-BARU")

    report = load_catalogue(with_a_rate(tmp_path, "false"))
    assert (report.new_versions, report.held) == (1, ())
    assert queries.version_for_new_case("DPMPTSP-BARU").number == 1
    assert ServiceVersion.objects.filter(service="DPMPTSP-BARU").count() == 1


def test_loader__in_the_demo__opens_a_sample_rate(tmp_path) -> None:
    assert load_catalogue(with_a_rate(tmp_path, "true")) == LoadReport(created=1)


def test_loader__where_samples_are_forbidden_later__closes_what_files_had_opened(tmp_path, settings) -> None:
    folder = with_a_rate(tmp_path, "true")
    load_catalogue(folder)
    settings.MALL_SAMPLES_ALLOWED = False
    assert load_catalogue(folder).held == (Held("DPMPTSP-BARU", ("fee",)),)
    assert not ServiceType.objects.get(code="DPMPTSP-BARU").active


def test_administrator__outside_the_demo__cannot_publish_a_sample_rate(settings) -> None:
    settings.MALL_SAMPLES_ALLOWED = False
    code = "DPMPTSP-MAKAM-PINDAH"
    body = ServiceVersion.objects.get(service=code, state="published").body
    with pytest.raises(Invalid) as refused:
        publish_version(code, {**body, "decision_levels": 2}, by=DESIGNER)
    assert list(refused.value.fields) == ["fee", "standard"]
    real = {**body["fee"], "sample": False, "law": "Perda Kab. Banyuwangi 1/2024"}
    standard = {**body["standard"], "sample": False}
    assert publish_version(code, {**body, "fee": real, "standard": standard}, by=DESIGNER).state == "published"


def test_loader__outside_the_demo__opens_nothing_whose_texts_are_samples(tmp_path, settings) -> None:
    settings.MALL_SAMPLES_ALLOWED = False
    assert load_catalogue(a_folder(tmp_path, CODE)).held == (Held(CODE, ("standard",)),)


def test_checking__prints_how_many_services_hold_a_sample(capsys) -> None:
    call_command("check_catalogue")
    assert "services with samples" in capsys.readouterr().out
