"""Filling an application with the person at the counter: the questions on one page, the papers on another."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from agencies.errors import Invalid, Missing
from agencies.models import Role
from documents.vault.kinds import by_mime
from documents.vault.models import StoredFile
from documents.vault.queries import file_for, reusable
from documents.vault.services import hand_in
from mall import doors
from mall.counter.access import my_case
from mall.design import formats
from mall.doors import actor_of
from mall.forms import faults, stash
from mall.forms.draft import Draft, Paper
from mall.forms.files import download
from mall.forms.questions import AnswersForm, Uploaded
from mall.forms.words import in_language
from workflows.cases import services
from workflows.cases.models import RequirementCheck
from workflows.definition.answers import visible_fields

FAULTY = 422
ACCEPT = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}


@doors.staff(Role.CLERK)
@doors.keeping(stash.keep)
def fill(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Every question that the answers so far lead to, on one page."""
    draft = Draft(my_case(request, case_id))
    if not draft.is_open:
        return redirect("counter:case", case_id)
    posted = request.method == "POST"
    form = AnswersForm(draft.definition, stash.typed(request), request.FILES if posted else None, answers=draft.answers)
    if posted:
        fresh = _save(request, draft, form)
        if fresh is not None:
            return _onward(request, fresh, form)
    fix = draft.deficiencies.get(RequirementCheck.ANSWERS)
    context = {"form": form, "case": draft.case, "fix": fix, "title": _now("Isian formulir")}
    return render(request, "counter/fill.html", context, status=FAULTY if posted and form.errors else 200)


def _save(request: HttpRequest, draft: Draft, form: AnswersForm) -> Draft | None:
    """Keep the right answers even where others are wrong; None when something is to be put right on this page."""
    form.is_valid()
    raw: dict[str, Any] = form.raw()
    for name, upload in form.uploads().items():
        try:
            raw[name] = str(draft.take_in(upload, f"isian-{name}"[:80], by=actor_of(request)))
        except Invalid as fault:
            faults.show(form, fault, names={"file": name})
    case = draft.case
    while raw:
        try:
            case = services.save_answers(case_id=case.pk, by=actor_of(request), raw=raw)
            break
        except Invalid as fault:
            faults.show(form, fault)
            raw = {name: typed for name, typed in raw.items() if name not in fault.fields}
    fresh = Draft(case)
    if "later" not in request.POST:
        _tell_missing(form, fresh)
    return None if form.errors else fresh


def _tell_missing(form: AnswersForm, fresh: Draft) -> None:
    """What is still open among the questions of this page."""
    for name, told in fresh.faults.items():
        if name in form.fields and name not in form.errors:
            form.add_error(name, told)


def _onward(request: HttpRequest, fresh: Draft, form: AnswersForm) -> HttpResponse:
    if "later" in request.POST:
        return redirect("counter:case", fresh.case.pk)
    asked = {field.name for field in visible_fields(fresh.definition, fresh.answers)}
    if asked - set(form.fields):
        messages.info(request, _now("Jawaban tadi membuka pertanyaan baru. Isi juga pertanyaan itu."))
        return redirect("counter:fill", fresh.case.pk)
    return redirect("counter:papers", fresh.case.pk)


class PapersForm(forms.Form):
    """One upload a requirement, and where the vault has the paper already, the choice to use that."""

    def __init__(self, papers: tuple[Paper, ...], vault: list[StoredFile], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.papers = papers
        for paper in papers:
            wanted = paper.requirement
            self.fields[f"file-{wanted.code}"] = _upload(paper)
            known = [one for one in vault if wanted.reusable and one.document_type == wanted.document_type]
            choices = [(str(one.pk), described(one)) for one in known if paper.file is None or one.pk != paper.file.pk]
            if choices:
                self.fields[f"kept-{wanted.code}"] = forms.ChoiceField(
                    label=_("Atau pakai berkas yang sudah tersimpan"),
                    required=False,
                    choices=[*choices, ("", _("Tidak"))],
                    widget=forms.RadioSelect,
                )

    def tell_missing(self) -> None:
        """Say beside each paper that it is still wanted."""
        for paper in self.papers:
            name = f"file-{paper.requirement.code}"
            if (paper.missing or paper.to_fix) and name not in self.errors:
                self.add_error(name, _now("Unggah berkas: %(name)s.") % {"name": in_language(paper.requirement.name)})

    def rows(self) -> list[dict[str, Any]]:
        """Each requirement with its fields, for the page."""
        return [
            {
                "paper": paper,
                "current": paper.file and described(paper.file),
                "file": self[f"file-{paper.requirement.code}"],
                "kept": self[name] if (name := f"kept-{paper.requirement.code}") in self.fields else None,
            }
            for paper in self.papers
        ]


def _upload(paper: Paper) -> Uploaded:
    wanted = paper.requirement
    field = Uploaded(label=in_language(wanted.name), required=wanted.required)
    field.widget.attrs["accept"] = ",".join(ACCEPT[name] for name in wanted.formats if name in ACCEPT)
    formats_said = ", ".join(name.upper() for name in wanted.formats)
    field.help_text = _now("%(formats)s, paling besar 10 MB.") % {"formats": formats_said}
    if wanted.because.id:
        field.help_text = f"{in_language(wanted.because)} {field.help_text}"
    return field


def described(file: StoredFile) -> str:
    """A file in words: names are not kept, so kind, pages and day tell it apart."""
    facts = {"kind": by_mime(file.mime).name.upper(), "pages": file.pages, "day": formats.day(file.stored_at)}
    return _now("%(kind)s, %(pages)s halaman, disimpan %(day)s") % facts


@doors.staff(Role.CLERK)
def papers(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """All papers of the application: what is there, what is missing, what came back as deficient."""
    draft = Draft(my_case(request, case_id))
    if not draft.is_open:
        return redirect("counter:case", case_id)
    posted = request.method == "POST"
    data, files = (request.POST, request.FILES) if posted else (None, None)
    vault = reusable(draft.case.applicant_id)
    form = PapersForm(draft.papers, vault, data, files)
    if posted and form.is_valid():
        _hand_in(request, draft, form)
        # What came in well is kept: the page shows it as handed in.
        form.papers = Draft(draft.case).papers
        if "later" not in request.POST:
            form.tell_missing()
        if not form.errors:
            return redirect("counter:check", case_id)
    context = {"form": form, "rows": form.rows(), "case": draft.case, "title": _now("Berkas")}
    return render(request, "counter/papers.html", context, status=FAULTY if form.errors else 200)


def _hand_in(request: HttpRequest, draft: Draft, form: PapersForm) -> None:
    """Hand in every paper that came; each faulty one says so beside its own field."""
    by = actor_of(request)
    for paper in form.papers:
        code = paper.requirement.code
        upload, kept = form.cleaned_data[f"file-{code}"], form.cleaned_data.get(f"kept-{code}")
        try:
            if upload is not None:
                draft.hand_in(paper.requirement, upload, by=by)
            elif kept:
                hand_in(case_id=draft.case.pk, by=by, requirement=code, file_id=UUID(kept))
        except Invalid as fault:
            faults.show(form, fault, names=dict.fromkeys(fault.fields, f"file-{code}"))


@doors.staff(Role.CLERK)
@require_safe
def paper(request: HttpRequest, case_id: UUID, code: str) -> HttpResponse:
    """A paper of a case that this clerk opened, as it is kept."""
    case = my_case(request, case_id)
    row = case.attachments.filter(requirement=code, current=True).first()
    if row is None:
        raise Missing
    stored, _case = file_for(actor_of(request), row.file_id)
    return download(stored, name=f"berkas-{code}")
