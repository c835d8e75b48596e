"""The shipped catalogue, read once a process, and folders of definitions for tests of the loader."""

from pathlib import Path

from tests.definitions import AGENCIES
from workflows.definition.folder import CATALOGUE, read_folder

SERVICES = {one.code: one for one in read_folder(CATALOGUE, agencies=AGENCIES)}


def a_folder(tmp_path: Path, *codes: str) -> Path:
    """A folder with copies of these shipped definitions."""
    for code in codes:
        (tmp_path / f"{code}.toml").write_text((CATALOGUE / f"{code}.toml").read_text("utf-8"), "utf-8")
    return tmp_path
