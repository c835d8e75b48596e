"""The form of the nine elements."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mall.voice.satisfaction.elements import elements
from mall.voice.satisfaction.models import Age, Education, Occupation, Sex
from mall.voice.satisfaction.services import LONGEST, Profile

PROFILE = {
    "age": (_("Umur"), Age),
    "sex": (_("Jenis kelamin"), Sex),
    "education": (_("Pendidikan terakhir"), Education),
    "occupation": (_("Pekerjaan"), Occupation),
}


class RatingForm(forms.Form):
    """Nine questions, one answer each; what is asked about the respondent may stay empty."""

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        for one in elements():
            choices = [(str(score), words) for score, words in enumerate(one.answers, start=1)]
            self.fields[one.code] = forms.ChoiceField(label=one.ask, choices=choices, widget=forms.RadioSelect)
        self.fields["comment"] = forms.CharField(
            label=_("Saran Anda"),
            help_text=_("Boleh kosong. Jangan menulis nama, nomor, atau hal lain yang menunjukkan siapa Anda."),
            required=False,
            max_length=LONGEST,
            widget=forms.Textarea(attrs={"rows": 4, "maxlength": LONGEST}),
        )
        for name, (label, kinds) in PROFILE.items():
            kept = [("", _("Tidak ingin menyebutkan")), *kinds.choices]
            self.fields[name] = forms.ChoiceField(label=label, choices=kept, required=False)

    @property
    def questions(self) -> list[forms.BoundField]:
        """The nine elements."""
        return [self[one.code] for one in elements()]

    @property
    def about(self) -> list[forms.BoundField]:
        """What is asked about the respondent."""
        return [self[name] for name in PROFILE]

    @property
    def scores(self) -> dict[str, int]:
        """The answers as numbers; for a form without faults."""
        return {one.code: int(self.cleaned_data[one.code]) for one in elements()}

    @property
    def profile(self) -> Profile:
        """What she chose to say; for a form without faults."""
        return Profile(**{name: self.cleaned_data[name] for name in PROFILE})
