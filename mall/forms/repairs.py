"""Answering a repair, at home and at the counter: what is asked, and what was put right in words and papers."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from agencies.errors import Invalid
from mall.forms import faults
from mall.forms.draft import Draft
from mall.forms.questions import Uploaded
from mall.forms.words import in_language
from workflows.actors import Actor
from workflows.cases import services
from workflows.cases.models import Case, RequirementCheck
from workflows.cases.repair import Repair
from workflows.definition.model import Requirement


class RepairForm(forms.Form):
    """What was put right, in words, with a new file for any of the papers."""

    answer = forms.CharField(
        label=_("Apa yang sudah Anda perbaiki?"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, papers: Sequence[Requirement], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.papers = {f"paper-{one.code}": one for one in papers}
        for name, one in self.papers.items():
            self.fields[name] = Uploaded(label=in_language(one.name), required=False)

    def uploads(self) -> list[tuple[str, Requirement]]:
        """The fields in which a file came."""
        return [(name, one) for name, one in self.papers.items() if self.cleaned_data.get(name)]


def form_for(draft: Draft, *posted: Any) -> RepairForm:
    """The form of a case that is asked for a repair. Two queries."""
    return RepairForm([paper.requirement for paper in draft.papers], *posted)


def answered(draft: Draft, form: RepairForm, *, by: Actor) -> bool:
    """Hand in the new papers, then the answer; True when all went well, else the faults stand in the form."""
    for name, wanted in form.uploads():
        try:
            draft.hand_in(wanted, form.cleaned_data[name], by=by)
        except Invalid as fault:
            faults.show(form, fault, names={"file": name})
            return False
    try:
        services.answer_repair(case_id=draft.case.pk, by=by, answer=form.cleaned_data["answer"])
    except Invalid as fault:
        faults.show(form, fault)
        return False
    return True


def things(case: Case, asked: Repair) -> list[tuple[str, str]]:
    """Each thing to put right, and the paper that it speaks of by name, where it speaks of one."""
    names = {one.code: in_language(one.name) for one in case.definition.requirements}
    names[RequirementCheck.ANSWERS] = _now("Isian formulir dan data pemohon")
    about = [*asked.about, *[""] * len(asked.what)]
    return [(text, names.get(code, code)) for text, code in zip(asked.what, about, strict=False)]
