"""A folder of TOML files, read whole: every definition, or every fault of all of them."""

import hashlib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Final

from agencies.directory import AGENCIES_FILE
from workflows.definition.components import COMMON_FILE
from workflows.definition.faults import DefinitionFaults, Fault
from workflows.definition.lines import located
from workflows.definition.model import Definition
from workflows.definition.parse import parse_definition
from workflows.definition.validate import faults_of

CATALOGUE: Final = Path(__file__).parent.parent / "catalogue"
"""The services that ship with the mall."""


def read_folder(folder: Path, *, agencies: Mapping[str, str]) -> list[Definition]:
    """The definitions of all `*.toml` files by code; `agencies` maps known codes to their kind.

    Raises:
        DefinitionFaults: with the faults of all files.
    """
    found: list[Definition] = []
    faults: list[Fault] = []
    services = codes_in(folder)
    for path in files_of(folder):
        try:
            found.append(read_file(path, folder, agencies=agencies, services=services))
        except DefinitionFaults as wrong:
            faults += wrong.faults
    if faults:
        raise DefinitionFaults(faults)
    return found


def read_file(
    path: Path, folder: Path, *, agencies: Mapping[str, str], services: Collection[str] | None = None
) -> Definition:
    """The checked definition in one file; raises `DefinitionFaults`.

    It may name the `services`: left out, those of the folder and of the shipped catalogue.
    """
    file = _shown(path, folder)
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        sentence = f"The file cannot be read as UTF-8 text ({type(fault).__name__})."
        raise DefinitionFaults([Fault(file, 1, "", sentence)]) from None
    definition = parse_definition(text, file=file)
    faults = faults_of(definition, agencies=agencies, services=codes_in(folder) if services is None else services)
    if definition.code != path.stem:
        faults.append(Fault("", 0, "code", f"The file must be named {definition.code}.toml."))
    if faults:
        raise DefinitionFaults(located(faults, text, file))
    return definition


def files_of(folder: Path) -> list[Path]:
    """The TOML files directly in the folder, in the order of their names."""
    return sorted(folder.glob("*.toml"))


def codes_in(folder: Path) -> frozenset[str]:
    """The codes that a definition in the folder may name: each file bears the code of its service."""
    return frozenset(path.stem for path in (*files_of(folder), *files_of(CATALOGUE)))


def folder_digest(folder: Path) -> str:
    """SHA-256 over the names and bytes of the files, and of what every service inherits."""
    seal = hashlib.sha256()
    for path in (*files_of(folder), AGENCIES_FILE, COMMON_FILE):
        content = path.read_bytes()
        seal.update(f"{path.name}\0{len(content)}\0".encode())
        seal.update(content)
    return seal.hexdigest()


def _shown(path: Path, folder: Path) -> str:
    """A short name for messages: the shipped folder is known, any other is named as it was given."""
    return f"workflows/catalogue/{path.name}" if folder == CATALOGUE else str(path)
