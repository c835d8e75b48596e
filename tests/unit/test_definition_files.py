"""Faults of whole files."""

from pathlib import Path

import pytest

from tests.definitions import AGENCIES, faults_in
from workflows.definition.faults import DefinitionFaults
from workflows.definition.folder import CATALOGUE, read_file

DOKTER = "DPMPTSP-SIP-DOKTER"


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    text = (CATALOGUE / f"{DOKTER}.toml").read_text("utf-8")
    text = text.replace('authority = "mall"', 'authority = "x"').replace("working_days = 5", "working_days = true")
    text = text.replace('type = "date"', 'type = "tgl"').replace("[provenance]", "[asal]")
    sentences = [fault.sentence for fault in faults_in(tmp_path, DOKTER, text)]
    assert len(sentences) == 4


def test_a_file_under_another_name__is_refused(tmp_path: Path) -> None:
    (tmp_path / "LAIN.toml").write_text((CATALOGUE / f"{DOKTER}.toml").read_text("utf-8"), "utf-8")
    with pytest.raises(DefinitionFaults, match=r"must be named DPMPTSP-SIP-DOKTER\.toml"):
        read_file(tmp_path / "LAIN.toml", tmp_path, agencies=AGENCIES)


def test_bytes_that_are_no_text__are_refused(tmp_path: Path) -> None:
    (tmp_path / "X.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DefinitionFaults, match="cannot be read as UTF-8"):
        read_file(tmp_path / "X.toml", tmp_path, agencies=AGENCIES)


def test_circle_of_two_fields__is_named(tmp_path: Path) -> None:
    text = (CATALOGUE / f"{DOKTER}.toml").read_text("utf-8")
    text = text.replace('name = "perpanjangan"\n', 'name = "perpanjangan"\nwhen = \'urutan_sip == "sip_1"\'\n')
    text = text.replace('name = "urutan_sip"\n', 'name = "urutan_sip"\nwhen = "perpanjangan"\n')
    assert any("a circle" in fault.sentence for fault in faults_in(tmp_path, DOKTER, text))


def test_name_that_is_a_table__is_a_fault_like_any_other(tmp_path: Path) -> None:
    text = (CATALOGUE / f"{DOKTER}.toml").read_text("utf-8").replace('name = "perpanjangan"', "name = {}")
    sentences = [fault.sentence for fault in faults_in(tmp_path, DOKTER, text)]
    assert "must be a text, not a table." in sentences
