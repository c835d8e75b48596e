"""The papers of an application: one page a requirement, and a look at what was handed in."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from agencies.errors import Invalid, Missing
from documents.vault.kinds import MOST_BYTES, by_mime
from documents.vault.models import StoredFile
from documents.vault.queries import content_of, file_for, reusable
from documents.vault.services import hand_in
from mall import doors
from mall.design import formats
from mall.doors import actor_of
from mall.forms import faults, stash
from mall.forms.questions import Asked, Uploaded
from mall.forms.words import in_language
from mall.portal.form.draft import Draft, Paper
from mall.portal.posts import from_check, needs_person, posted, status_of

ACCEPT = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}


class PaperForm(forms.Form):
    """A new file, or one that lies in the person's vault already."""

    kept = Asked(label=gettext_lazy("Anda sudah pernah mengunggah berkas ini"), widget=forms.RadioSelect)
    file = Uploaded(label=gettext_lazy("Berkas"))

    def __init__(self, paper: Paper, vault: list[StoredFile], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wanted = paper.requirement.formats
        self.fields["file"].required = paper.requirement.required
        self.fields["file"].widget.attrs["accept"] = ",".join(ACCEPT[name] for name in wanted if name in ACCEPT)
        self.fields["file"].help_text = _("%(formats)s, paling besar %(most)s MB.") % {
            "formats": ", ".join(name.upper() for name in wanted),
            "most": MOST_BYTES // 1024 // 1024,
        }
        if vault:
            choices = [(str(file.pk), _("Pakai: %(file)s") % {"file": described(file)}) for file in vault]
            self.fields["kept"].widget = forms.RadioSelect(choices=[*choices, ("", _("Unggah berkas lain"))])
        else:
            del self.fields["kept"]


def described(file: StoredFile) -> str:
    """A file in words: names are not kept, so kind, pages and day tell it apart."""
    facts = {"kind": by_mime(file.mime).name.upper(), "pages": file.pages, "day": formats.day(file.stored_at)}
    return _("%(kind)s, %(pages)s halaman, disimpan %(day)s") % facts


@doors.signed_in
@doors.keeping(stash.keep)
@needs_person
def paper(request: HttpRequest, case_id: UUID, code: str) -> HttpResponse:
    """Hand in the paper of one requirement."""
    draft = Draft.of(actor_of(request), case_id)
    if not draft.is_open:
        return redirect("portal:case", case_id)
    wanted = draft.paper(code)
    form = PaperForm(wanted, _vault(draft, wanted), *posted(request))
    if request.method == "POST" and _handed_in(request, draft, wanted, form):
        return redirect(_onward(request, Draft.of(actor_of(request), case_id), code))
    context = {
        "draft": draft,
        "case": draft.case,
        "paper": wanted,
        "form": form,
        "title": in_language(wanted.requirement.name),
        "because": in_language(wanted.requirement.because),
        "current": wanted.file and described(wanted.file),
        "name": in_language(draft.definition.name),
        "from_check": from_check(request),
        "again": request.method == "GET" and stash.take(request) is not None,
    }
    return render(request, "portal/paper.html", context, status=status_of(form))


def _vault(draft: Draft, wanted: Paper) -> list[StoredFile]:
    """Papers of this kind that need not be asked for again. One query where the definition allows it."""
    if not wanted.requirement.reusable:
        return []
    known = reusable(draft.case.applicant_id, wanted.requirement.document_type)
    return [file for file in known if wanted.file is None or file.pk != wanted.file.pk]


def _handed_in(request: HttpRequest, draft: Draft, wanted: Paper, form: PaperForm) -> bool:
    """True when there is nothing more to do on this page."""
    if not form.is_valid():
        return False
    upload, kept, by = form.cleaned_data["file"], form.cleaned_data.get("kept", ""), actor_of(request)
    if upload is None and not kept:
        if wanted.missing or wanted.to_fix:
            form.add_error("file", _("Pilih berkas yang akan diunggah."))
        return not form.errors
    kind = wanted.requirement.document_type
    try:
        file_id = _known_id(kept) if upload is None else draft.take_in(upload, kind, by=by)
        hand_in(case_id=draft.case.pk, by=by, requirement=wanted.requirement.code, file_id=file_id)
    except Invalid as fault:
        faults.show(form, fault)
    return not form.errors


def _known_id(text: str) -> UUID:
    """The id of a file of the vault; whose it is, the vault asks."""
    try:
        return UUID(text)
    except ValueError as error:
        raise Missing from error


def _onward(request: HttpRequest, fresh: Draft, code: str) -> str:
    """The next paper that is missing or to be put right, else the list."""
    if from_check(request) and fresh.whole:
        return reverse("portal:check", args=[fresh.case.pk])
    codes = [paper.requirement.code for paper in fresh.papers]
    later = fresh.papers[codes.index(code) + 1 :] if code in codes else ()
    wanting = next((paper for paper in later if paper.missing or paper.to_fix), None)
    if wanting is None:
        return reverse("portal:tasks", args=[fresh.case.pk])
    return reverse("portal:paper", args=[fresh.case.pk, wanting.requirement.code])


@doors.signed_in
@require_safe
@needs_person
def paper_file(request: HttpRequest, case_id: UUID, code: str) -> HttpResponse:
    """What was handed in for one requirement of her own case."""
    draft = Draft.of(actor_of(request), case_id)
    row = draft.case.attachments.filter(requirement=code, current=True).first()
    if row is None:
        raise Missing
    stored, _case = file_for(actor_of(request), row.file_id)
    kind = by_mime(stored.mime)
    answer = HttpResponse(content_of(stored), content_type=kind.mime)
    answer["Content-Disposition"] = f'inline; filename="{code}.{kind.name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
