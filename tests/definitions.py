"""Definitions for tests: the shipped ones, and small ones with a few fields."""

from pathlib import Path
from typing import Any

import pytest

from agencies.directory import read_agencies
from workflows.definition.canonical import definition_from_body
from workflows.definition.faults import DefinitionFaults, Fault
from workflows.definition.folder import CATALOGUE, read_file
from workflows.definition.model import Definition
from workflows.definition.parse import parse_definition

AGENCIES = {entry.code: entry.kind for entry in read_agencies()}
BASE = parse_definition((CATALOGUE / "DPMPTSP-SIP-DOKTER.toml").read_text("utf-8"), file="x").body


def shipped(code: str) -> Definition:
    """The service of that code, read from its file."""
    return parse_definition((CATALOGUE / f"{code}.toml").read_text("utf-8"), file=code)


def asking(*fields: dict[str, Any], **more: Any) -> Definition:
    """A definition with these fields only."""
    items = [{"name": "isian", "label": "Isian", **field} for field in fields]
    return definition_from_body({**BASE, "fields": items, "requirements": BASE["requirements"][:1], **more})


def faults_in(tmp_path: Path, code: str, text: str) -> list[Fault]:
    """What is wrong with a file of this text."""
    path = tmp_path / f"{code}.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(DefinitionFaults) as found:
        read_file(path, tmp_path, agencies=AGENCIES)
    return found.value.faults
