"""What the reference for service designers shows can be published as it stands there."""

import re
from dataclasses import fields
from pathlib import Path

import pytest
from django.conf import settings

from tests.definitions import AGENCIES
from workflows.definition import model
from workflows.definition.folder import read_folder
from workflows.definition.kinds import FieldType

GUIDE = (Path(settings.BASE_DIR) / "docs" / "definitions.md").read_text("utf-8")


def test_first_example__can_be_published(tmp_path: Path) -> None:
    example = re.search(r"```toml\n(code = .*?)```", GUIDE, re.DOTALL)
    assert example
    (tmp_path / "DINKES-SEHAT.toml").write_text(example[1], "utf-8")
    assert [one.code for one in read_folder(tmp_path, agencies=AGENCIES)] == ["DINKES-SEHAT"]


@pytest.mark.parametrize(
    "part",
    [
        model.Definition,
        model.Field,
        model.Requirement,
        model.Recommender,
        model.Term,
        model.Fee,
        model.Product,
        model.Renewal,
    ],
)
def test_every_key__is_explained(part: type) -> None:
    missing = [key.name for key in fields(part) if key.compare and not re.search(rf"\b{key.name}\b", GUIDE)]
    assert missing == []


def test_every_field_type__is_explained() -> None:
    assert [kind for kind in FieldType if f"`{kind}`" not in GUIDE] == []
