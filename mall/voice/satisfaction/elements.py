"""The nine elements and their answers, read from `elements.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

FILE = Path(__file__).parent / "elements.toml"


@dataclass(frozen=True, slots=True)
class Element:
    """One element, with its question and its four answers, the worst (1) first."""

    code: str
    name_id: str
    name_en: str
    ask_id: str
    ask_en: str
    answers_id: tuple[str, ...]
    answers_en: tuple[str, ...]

    @property
    def name(self) -> str:
        """In the reader's language."""
        return self.name_en if get_language() == "en" else self.name_id

    @property
    def ask(self) -> str:
        """The question in the reader's language."""
        return self.ask_en if get_language() == "en" else self.ask_id

    @property
    def answers(self) -> tuple[str, ...]:
        """In the reader's language."""
        return self.answers_en if get_language() == "en" else self.answers_id


@cache
def elements() -> tuple[Element, ...]:
    """All nine, in the order of the law."""
    said = tomllib.loads(FILE.read_text("utf-8"))
    return tuple(
        Element(
            code,
            one["id"],
            one["en"],
            one["ask"],
            one["ask_en"],
            tuple(one["answers"]),
            tuple(one["answers_en"]),
        )
        for code, one in said.items()
    )
