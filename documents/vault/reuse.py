"""Papers that need not be asked for again: what a draft calls for and the vault holds is handed in at once."""

from uuid import UUID

from django.db import transaction

from documents.vault.kinds import by_mime
from documents.vault.models import StoredFile
from documents.vault.queries import reusable
from documents.vault.services import hand_in
from workflows.actors import Actor
from workflows.cases import sealing
from workflows.cases.models import Case
from workflows.definition import answers as questions
from workflows.permissions import is_own


@transaction.atomic
def hand_in_known(*, case_id: UUID, by: Actor) -> int:
    """Hand in, for every reusable requirement of a draft that has no paper, the newest that is still valid.

    How many; raises what `hand_in` raises. One query for the vault, and those of each paper.
    """
    case = Case.objects.select_related("service_version").get(pk=case_id)
    have = set(case.attachments.filter(current=True).values_list("requirement", flat=True))
    wanted = questions.applicable_requirements(case.definition, sealing.opened(case.definition, case.answers))
    open_ones = [one for one in wanted if one.reusable and one.code not in have]
    if not open_ones:
        return 0
    owner = by.person_id if is_own(by, case) and by.person_id else case.applicant_id
    vault = reusable(owner)
    found = {one.code: _newest(vault, one.document_type, one.formats) for one in open_ones}
    known = {code: file for code, file in found.items() if file}
    for code, file in known.items():
        hand_in(case_id=case_id, by=by, requirement=code, file_id=file.pk)
    return len(known)


def _newest(vault: list[StoredFile], document_type: str, formats: tuple[str, ...]) -> StoredFile | None:
    """The vault is read newest first."""
    fitting = (one for one in vault if one.document_type == document_type and by_mime(one.mime).name in formats)
    return next(fitting, None)
