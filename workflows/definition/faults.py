"""What is wrong with a definition, said so that its author can put it right."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. `line` is 0 when there is no file; `path` counts list items from 1: `fields[3].when`."""

    file: str
    line: int
    path: str
    sentence: str

    def __str__(self) -> str:
        place = f"{self.path}: " if self.path else ""
        return f"{self.file}:{self.line}: {place}{self.sentence}"

    def at(self, file: str, line: int) -> "Fault":
        """The same fault, found in a file."""
        return replace(self, file=file, line=line)


class DefinitionFaults(ValueError):
    """Everything that is wrong with one definition, at once."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = faults
