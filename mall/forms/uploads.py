"""Boxes that take several files, and the vault's word on each beside the box."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from agencies.errors import Invalid
from documents.vault.services import Checked, read_upload
from mall.forms import faults

if TYPE_CHECKING:
    Upload = UploadedFile[bytes]


class ManyFiles(forms.FileInput):
    """A box that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, each left as it came: the vault says whether it will do."""

    def __init__(self, *, accept: str, **options: Any) -> None:
        super().__init__(required=False, widget=ManyFiles({"multiple": True, "accept": accept}), **options)

    def clean(self, data: Any, _initial: Any = None) -> "list[Upload]":
        """The files that came."""
        found = data if isinstance(data, list) else [data]
        return [one for one in found if isinstance(one, UploadedFile)]


def checked_files(form: forms.Form, name: str, check: Callable[[str, bytes], Checked]) -> list[Checked]:
    """The files of that box after `check`; what will not do is an error of the box."""
    found = []
    for upload in form.cleaned_data.get(name, []):
        try:
            found.append(check(upload.name or "", read_upload(upload)))
        except Invalid as fault:
            faults.show(form, fault, names={"file": name})
    return found
