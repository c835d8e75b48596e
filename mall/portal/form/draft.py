"""An application while its applicant can still fill it: a draft, or one that came back to be put right."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from agencies.errors import Missing
from documents.vault.models import StoredFile
from documents.vault.queries import files_of
from mall.forms.words import in_language
from mall.portal.form.pages import Page, pages_of
from workflows import permissions
from workflows.actors import Actor
from workflows.cases import queries, sealing
from workflows.cases.machine import CaseState
from workflows.cases.models import Attachment, Case, RequirementCheck
from workflows.definition import answers as questions
from workflows.definition.model import Definition, Field, Requirement

OPEN_STATES = (CaseState.DRAFT, CaseState.RETURNED)


def own_case(actor: Actor, case_id: UUID) -> Case:
    """The actor's own case, or her organisation's; `Missing` for any other, for staff as well. One query.

    Staff read the cases of others on their own pages, where the look is recorded.
    """
    case = queries.seen_case(actor, case_id)
    permissions.require_seen(permissions.Reply(permissions.is_own(actor, case)))
    return case


@dataclass(frozen=True, slots=True)
class Paper:
    """A requirement with what was handed in for it and, after a return, what was wrong with it."""

    requirement: Requirement
    attachment: Attachment | None = None
    file: StoredFile | None = None
    deficiency: str = ""
    deficient_since: datetime | None = None

    @property
    def to_fix(self) -> bool:
        """Was it found deficient, and not replaced since?"""
        if not self.deficient_since:
            return False
        return self.attachment is None or self.attachment.added_at <= self.deficient_since

    @property
    def missing(self) -> bool:
        """Is it required and not there?"""
        return self.requirement.required and self.attachment is None


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing a verifier found wanting: what, and why in her words."""

    what: str
    why: str


class Draft:
    """A case with its definition, its opened answers and its papers; each is read once."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.definition: Definition = case.definition
        self.answers: Mapping[str, Any] = sealing.opened(self.definition, case.answers)

    @classmethod
    def of(cls, actor: Actor, case_id: UUID) -> "Draft":
        """The actor's own application. One query."""
        return cls(own_case(actor, case_id))

    @property
    def is_open(self) -> bool:
        """Can it still be filled?"""
        return self.case.state in OPEN_STATES

    @property
    def returned(self) -> bool:
        """Did it come back to be put right?"""
        return str(self.case.state) == CaseState.RETURNED

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

    @cached_property
    def faults(self) -> dict[str, list[str]]:
        """What is still wrong or open in the answers, by question. At most one query."""
        return questions.check_answers(self.definition, self.answers)[1]

    @cached_property
    def deficiencies(self) -> dict[str, RequirementCheck]:
        """What the verifier found wanting in this round, by requirement. One query after a return."""
        return {check.requirement: check for check in queries.deficiencies(self.case)} if self.returned else {}

    @property
    def lacks(self) -> list[Lack]:
        """What must be put right, for the applicant to read."""
        names = {one.code: in_language(one.name) for one in self.definition.requirements}
        form = _("Isian formulir")
        return [Lack(names.get(code, form), check.note) for code, check in self.deficiencies.items()]

    @cached_property
    def papers(self) -> tuple[Paper, ...]:
        """Every paper these answers call for. Two queries, three after a return."""
        rows = {row.requirement: row for row in self.case.attachments.filter(current=True)}
        files = files_of([row.file_id for row in rows.values()])
        wanted = questions.applicable_requirements(self.definition, self.answers)
        return tuple(self._paper(requirement, rows.get(requirement.code), files) for requirement in wanted)

    def _paper(self, requirement: Requirement, row: Attachment | None, files: Mapping[UUID, StoredFile]) -> Paper:
        found = self.deficiencies.get(requirement.code)
        stored = files.get(row.file_id) if row else None
        return Paper(requirement, row, stored, found.note if found else "", found.at if found else None)

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
