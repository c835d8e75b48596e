"""What is still to do in an application: pages of questions, papers, and at last to check and send it."""

from collections.abc import Collection
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from mall.design.parts import Task, TaskStatus
from mall.forms.words import in_language
from mall.portal.form.draft import Draft, Paper
from mall.portal.form.pages import Page
from workflows.cases.models import RequirementCheck
from workflows.definition.model import Field


@dataclass(frozen=True, slots=True)
class Tasks:
    """The task list in three parts."""

    answers: list[Task]
    papers: list[Task]
    check: list[Task]
    left: int
    """How many of answers and papers are not done."""


def tasks_of(draft: Draft, looked_at: Collection[int] = ()) -> Tasks:
    """The list for a draft; `looked_at` are pages that were saved again since the application came back."""
    answers = [_page_task(draft, page, fields, page.number in looked_at) for page, fields in draft.pages]
    papers = [_paper_task(draft, paper) for paper in draft.papers]
    left = sum(task.status not in ("done", "none") for task in (*answers, *papers))
    return Tasks(answers, papers, [_check_task(draft)], left)


def _page_task(draft: Draft, page: Page, fields: tuple[Field, ...], looked_at: bool) -> Task:
    url = reverse("portal:page", args=[draft.case.pk, page.number])
    return Task(page.title, _page_status(draft, fields, looked_at), url, page.hint)


def _page_status(draft: Draft, fields: tuple[Field, ...], looked_at: bool) -> TaskStatus:
    if RequirementCheck.ANSWERS in draft.deficiencies and not looked_at:
        return "fix"
    if not any(field.name in draft.faults for field in fields):
        return "done"
    return "doing" if any(draft.answers.get(field.name) not in (None, "") for field in fields) else "todo"


def _paper_task(draft: Draft, paper: Paper) -> Task:
    requirement = paper.requirement
    url = reverse("portal:paper", args=[draft.case.pk, requirement.code])
    hint = paper.deficiency if paper.to_fix else in_language(requirement.because)
    return Task(in_language(requirement.name), _paper_status(paper), url, hint)


def _paper_status(paper: Paper) -> TaskStatus:
    if paper.to_fix:
        return "fix"
    if paper.attachment is not None:
        return "done"
    return "todo" if paper.requirement.required else "none"


def _check_task(draft: Draft) -> Task:
    title = _("Periksa dan kirim perbaikan") if draft.returned else _("Periksa dan kirim")
    if draft.whole and not draft.retired:
        return Task(title, "todo", reverse("portal:check", args=[draft.case.pk]))
    return Task(title, "wait")
