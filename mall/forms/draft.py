"""An application while it can still be filled: a draft, or one that came back to be put right."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.utils.translation import gettext as _

from agencies import clock
from agencies.errors import Invalid
from documents.vault.models import StoredFile
from documents.vault.queries import files_of
from documents.vault.services import hand_in, read_upload, store
from mall.forms.words import in_language
from workflows.actors import Actor
from workflows.cases import queries, sealing
from workflows.cases.machine import CaseState
from workflows.cases.models import Attachment, Case, RequirementCheck
from workflows.definition import answers as questions
from workflows.definition import rates
from workflows.definition.answers import FeeQuote
from workflows.definition.model import Definition, Requirement
from workflows.permissions import is_own

OPEN_STATES = (CaseState.DRAFT, CaseState.RETURNED)
PAPER = "paper:"
"""How the engine names a missing paper among the faults."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A requirement, what was handed in for it and, after a return, what was wrong with it."""

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


class Draft:
    """A case with its definition, its opened answers and its papers; each is read once."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.definition: Definition = case.definition
        self.answers: Mapping[str, Any] = sealing.opened(self.definition, case.answers)

    @property
    def is_open(self) -> bool:
        """Can it still be filled?"""
        return self.case.state in OPEN_STATES

    @property
    def returned(self) -> bool:
        """Did it come back to be put right?"""
        return str(self.case.state) == CaseState.RETURNED

    @cached_property
    def faults(self) -> dict[str, list[str]]:
        """What is still wrong or open in the answers, by question. At most one query."""
        return questions.check_answers(self.definition, self.answers)[1]

    @cached_property
    def deficiencies(self) -> dict[str, RequirementCheck]:
        """What the verifier found wanting in this round, by requirement. One query after a return."""
        return {check.requirement: check for check in queries.deficiencies(self.case)} if self.returned else {}

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

    @property
    def holes(self) -> dict[str, list[str]]:
        """What handing in would complain about: answers by question, papers as `paper:<code>`."""
        told = dict(self.faults)
        for paper in self.papers:
            if paper.missing:
                name = in_language(paper.requirement.name)
                told[f"{PAPER}{paper.requirement.code}"] = [_("Unggah berkas: %(name)s.") % {"name": name}]
        rate = rates.not_in_force(self.definition.fee, clock.today()) if self.case.state == CaseState.DRAFT else ""
        return {"": [rate], **told} if rate else told

    @property
    def fee(self) -> FeeQuote | None:
        """The fee of these answers; None while they do not suffice to compute it."""
        try:
            return questions.fee_of(self.definition, self.answers)
        except Invalid:
            return None

    def take_in(self, upload: "File[bytes]", document_type: str, *, by: Actor) -> UUID:
        """Put a file into the vault of who applies, or of her colleague who does it for their organisation.

        Raises `Invalid` under `file` when it will not do.
        """
        content = read_upload(upload)
        colleague = by.person_id if is_own(by, self.case) else None
        owner = colleague or self.case.applicant_id
        return store(owner_id=owner, by=by, name=upload.name or "", content=content, document_type=document_type).pk

    def hand_in(self, requirement: Requirement, upload: "File[bytes]", *, by: Actor) -> None:
        """Take a file in and hand it in for one requirement; `Invalid` under `file` when it will not do."""
        file_id = self.take_in(upload, requirement.document_type, by=by)
        hand_in(case_id=self.case.pk, by=by, requirement=requirement.code, file_id=file_id)
