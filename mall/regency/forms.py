"""What the uploader says of a file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mall.design.fields import DatePartsField
from mall.regency.kinds import Told
from mall.regency.models import KipClass
from mall.regency.services import About


def _line(**options: Any) -> forms.CharField:
    return forms.CharField(widget=forms.TextInput(attrs={"autocomplete": "off"}), **options)


class UploadForm(forms.Form):
    """A file, and whose it is, of when, and until when the next one comes."""

    file = forms.FileField(label=_("Berkas CSV atau XLSX"), allow_empty_file=True)
    version = forms.ChoiceField(label=_("Versi"), required=False)
    period = _line(label=_("Periode"), help_text=_("Misalnya 2026, 2026-S1, atau 2026-09."), max_length=7)
    owner = _line(label=_("Perangkat daerah yang bertanggung jawab"), max_length=200)
    source = _line(label=_("Dokumen sumber"), help_text=_("Judul dan nomor dokumen resminya."), max_length=300)
    cut_off = DatePartsField(label=_("Tanggal batas"), help_text=_("Hari terakhir yang dihitung, misalnya 30 9 2026."))
    next_due = DatePartsField(label=_("Berkas berikutnya paling lambat"), help_text=_("Misalnya 31 1 2027."))
    licence = _line(label=_("Lisensi"), initial="CC BY 4.0", max_length=60)
    kip_class = forms.ChoiceField(label=_("Kelas informasi (UU 14/2008)"), choices=KipClass.choices)

    def __init__(self, told: Told, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        version = self.fields["version"]
        assert isinstance(version, forms.ChoiceField)
        version.choices = list(told.versions)
        version.required = bool(told.versions)
        if not told.versions:
            del self.fields["version"]

    @property
    def about(self) -> About:
        """What was said; for a form without faults."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "file"}
        return About(**said)
