"""Answering a repair: what an office found after the application was complete, and what the applicant says to it."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from agencies.errors import Invalid
from documents.vault.services import hand_in
from mall import doors
from mall.doors import actor_of
from mall.forms import faults, stash
from mall.forms.questions import Uploaded
from mall.forms.words import in_language
from mall.portal.form.draft import Draft
from mall.portal.names import agency_names
from mall.portal.posts import needs_person, posted, status_of
from workflows.cases import repairs, services
from workflows.definition.model import Requirement


class RepairForm(forms.Form):
    """What was put right, in words, with a new file for any of the papers."""

    answer = forms.CharField(
        label=_("Apa yang sudah Anda perbaiki?"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, papers: list[Requirement], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.papers = {f"paper-{one.code}": one for one in papers}
        for name, one in self.papers.items():
            self.fields[name] = Uploaded(label=in_language(one.name), required=False)

    def uploads(self) -> list[tuple[str, Requirement]]:
        """The fields in which a file came."""
        return [(name, one) for name, one in self.papers.items() if self.cleaned_data.get(name)]


@doors.signed_in
@doors.keeping(stash.keep)
@needs_person
def repair(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """What is asked, until when, and the answer to it."""
    draft = Draft.of(actor_of(request), case_id)
    asked = repairs.open_repair(draft.case)
    if asked is None:
        return redirect("portal:case", case_id)
    form = RepairForm([paper.requirement for paper in draft.papers], *posted(request))
    if request.method == "POST" and form.is_valid() and _answered(request, draft, form):
        return redirect("portal:case", case_id)
    context = {
        "case": draft.case,
        "repair": asked,
        "agency": agency_names({asked.agency}).get(asked.agency, asked.agency),
        "form": form,
        "name": in_language(draft.definition.name),
        "again": request.method == "GET" and stash.take(request) is not None,
    }
    return render(request, "portal/repair.html", context, status=status_of(form))


def _answered(request: HttpRequest, draft: Draft, form: RepairForm) -> bool:
    """Hand in the new papers, then the answer; True when all went well."""
    by, case_id = actor_of(request), draft.case.pk
    for name, wanted in form.uploads():
        try:
            file_id = draft.take_in(form.cleaned_data[name], wanted.document_type, by=by)
            hand_in(case_id=case_id, by=by, requirement=wanted.code, file_id=file_id)
        except Invalid as fault:
            faults.show(form, fault, names={"file": name})
            return False
    services.answer_repair(case_id=case_id, by=by, answer=form.cleaned_data["answer"])
    return True
