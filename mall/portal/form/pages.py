"""How the questions of a definition are dealt out over pages.

A page holds few questions, and never a question together with the one its condition looks at: so the
server can decide what to ask next, and no script is needed.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

from django.utils.translation import gettext as _

from mall.forms.words import in_language
from workflows.definition import answers as questions
from workflows.definition.model import Definition, Field

MOST = 6
"""Questions on one page."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some questions that are asked together; pages are numbered from 1."""

    number: int
    of: int
    fields: tuple[Field, ...]

    @property
    def title(self) -> str:
        """The heading: the question itself where it stands alone."""
        if len(self.fields) == 1:
            return in_language(self.fields[0].label)
        if self.of == 1:
            return _("Data permohonan")
        return _("Data permohonan, bagian %(number)s dari %(of)s") % {"number": self.number, "of": self.of}

    @property
    def hint(self) -> str:
        """What is asked here, in a line; nothing where the title says it."""
        return "" if len(self.fields) == 1 else " · ".join(in_language(field.label) for field in self.fields)

    def asked(self, definition: Definition, answers: Mapping[str, Any]) -> tuple[Field, ...]:
        """The questions of this page that the answers so far lead to."""
        shown = {field.name for field in questions.visible_fields(definition, answers)}
        return tuple(field for field in self.fields if field.name in shown)


def pages_of(definition: Definition) -> tuple[Page, ...]:
    """The pages of a definition, in the order of its questions."""
    groups: list[list[Field]] = []
    size = _even_size(len(definition.fields))
    for field in definition.fields:
        if not groups or len(groups[-1]) == size or _hangs_on(field, groups[-1]):
            groups.append([])
        groups[-1].append(field)
    return tuple(Page(number, len(groups), tuple(group)) for number, group in enumerate(groups, start=1))


def _even_size(count: int) -> int:
    """Nine questions are five and four, not six and three."""
    return ceil(count / ceil(count / MOST)) if count else MOST


def _hangs_on(field: Field, others: Collection[Field]) -> bool:
    looked_at = field.when.names if field.when else frozenset()
    return any(other.name in looked_at for other in others)


def page_of(definition: Definition, name: str) -> Page | None:
    """The page on which a question stands."""
    return next((page for page in pages_of(definition) if any(f.name == name for f in page.fields)), None)
