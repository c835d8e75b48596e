"""The applicant's own application while she can still fill it: its pages, and what is still to put right."""

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.utils.translation import gettext as _

from agencies.errors import Missing
from mall.forms import draft
from mall.forms.draft import OPEN_STATES, Paper
from mall.forms.words import in_language
from mall.portal.form.pages import Page, pages_of
from workflows import permissions
from workflows.actors import Actor
from workflows.cases import queries
from workflows.cases.models import Case
from workflows.definition.model import Field

__all__ = ["OPEN_STATES", "Draft", "Lack", "Paper", "own_case"]


def own_case(actor: Actor, case_id: UUID) -> Case:
    """The actor's own case, or her organisation's; `Missing` for any other, for staff as well. One query.

    Staff read the cases of others on their own pages, where the look is recorded.
    """
    case = queries.seen_case(actor, case_id)
    permissions.require_seen(permissions.Reply(permissions.is_own(actor, case)))
    return case


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing a verifier found wanting: what, and why in her words."""

    what: str
    why: str


class Draft(draft.Draft):
    """A draft cut into pages, one small group of questions each."""

    @classmethod
    def of(cls, actor: Actor, case_id: UUID) -> "Draft":
        """The actor's own application. One query."""
        return cls(own_case(actor, case_id))

    @property
    def retired(self) -> bool:
        """Is this a draft of a service that takes no new applications?"""
        return not (self.returned or self.case.service.active)

    @cached_property
    def pages(self) -> tuple[tuple[Page, tuple[Field, ...]], ...]:
        """The pages that have something to ask, with the questions that are asked."""
        asked = ((page, page.asked(self.definition, self.answers)) for page in pages_of(self.definition))
        return tuple((page, fields) for page, fields in asked if fields)

    def page(self, number: int) -> tuple[Page, tuple[Field, ...]]:
        """One page that has something to ask, or `Missing`."""
        for page, fields in self.pages:
            if page.number == number:
                return page, fields
        raise Missing

    def page_after(self, number: int) -> Page | None:
        """The next page that has something to ask."""
        return next((page for page, _fields in self.pages if page.number > number), None)

    @property
    def lacks(self) -> list[Lack]:
        """What must be put right, for the applicant to read."""
        names = {one.code: in_language(one.name) for one in self.definition.requirements}
        form = _("Isian formulir")
        return [Lack(names.get(code, form), check.note) for code, check in self.deficiencies.items()]

    def paper(self, code: str) -> Paper:
        """The paper of one requirement, or `Missing`."""
        for paper in self.papers:
            if paper.requirement.code == code:
                return paper
        raise Missing

    @property
    def whole(self) -> bool:
        """Is everything there that handing in asks for?"""
        return not self.faults and not any(paper.missing for paper in self.papers)
