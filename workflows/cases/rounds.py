"""Which defects of a return are new, and which could have been named at an earlier check.

A defect is *repeated* when the same thing, unchanged, was found in order before: the same file (or none) for a
requirement, the same answers in the form. What was named before and not put right is no new defect either way;
it stays the applicant's, so the office may ask for it again.
"""

import json
from collections.abc import Collection

from django.db.models import CharField, OuterRef, SmallIntegerField, Subquery, Value
from django.db.models.functions import Cast

from agencies.sealing import blind_index
from workflows.cases import sealing
from workflows.cases.models import Attachment, Case, RequirementCheck

Seen = dict[str, str]
"""What lies before the verifier, by code: the file's id, or the digest of the answers."""


def looked_at(case: Case) -> tuple[Seen, set[tuple[str, str]]]:
    """What lies there now, and every (code, thing) that an earlier check found in order. One query."""
    papers = case.attachments.filter(current=True).values_list(
        Value(0, SmallIntegerField()), "requirement", Cast("file_id", CharField())
    )
    before = case.checks.filter(round__lt=case.round, verdict=RequirementCheck.Verdict.OK)
    rows = list(papers.union(before.values_list("round", "requirement", "seen"), all=True))
    now = {code: thing for round_, code, thing in rows if not round_}
    now[RequirementCheck.ANSWERS] = digest_of(case)
    return now, {(code, thing) for round_, code, thing in rows if round_}


def digest_of(case: Case) -> str:
    """A keyed digest of the answers, the same for the same answers; it tells nothing of a person."""
    answers = sealing.opened(case.definition, case.answers)
    text = json.dumps(answers, sort_keys=True, separators=(",", ":"), default=str)
    return blind_index(text, purpose="answers")


def repeated(wrong: Collection[str], now: Seen, in_order: Collection[tuple[str, str]]) -> list[str]:
    """Codes of the defects that were visible at an earlier check, which found the same thing in order."""
    return [code for code in wrong if (code, now.get(code, "")) in in_order]


def visible(case: Case) -> set[str]:
    """Codes of the papers, and of the form, that a check found in order and that are still the same. One query."""
    lying = Attachment.objects.filter(case=OuterRef("case"), requirement=OuterRef("requirement"), current=True)
    ticks = case.checks.filter(verdict=RequirementCheck.Verdict.OK)
    rows = ticks.values_list("requirement", "seen", "at", Subquery(lying.values("added_at")[:1]))
    form = digest_of(case)
    return {
        code
        for code, seen, at, added in rows
        if (seen in ("", form) if code == RequirementCheck.ANSWERS else added is None or added <= at)
    }
