"""The form of a refusal and the letter that it becomes, for every page of the desk that can refuse."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies import clock, signing
from agencies.queries import signatory_of
from mall.desk.posts import StampedForm
from workflows.actors import Actor
from workflows.cases.grounds import Ground
from workflows.cases.machine import Instance
from workflows.cases.models import Case
from workflows.objections import addressees, remedy


class Cites(forms.MultipleChoiceField):
    """What a refusal rests on: at least one requirement, recommendation or visit of this case."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Dasar penolakan"),
            help_text=_("Pilih setiap syarat, rekomendasi, atau pemeriksaan yang tidak terpenuhi."),
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("Sebutkan paling sedikit satu dasar penolakan.")},
            **kwargs,
        )


class RefusalForm(StampedForm):
    """An unfavourable decision: impossible without reason, law and something cited; the remedy is composed."""

    reason = forms.CharField(
        label=_("Alasan penolakan"),
        help_text=_("Sebutkan syarat yang tidak terpenuhi, dalam kalimat yang dipahami pemohon."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    cites = Cites()
    legal_basis = forms.CharField(label=_("Dasar hukum"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    remedy = forms.CharField(
        label=_("Keterangan tambahan untuk pemohon"),
        help_text=_("Cara dan batas waktu mengajukan keberatan sudah tertulis di surat."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, offered: Sequence[Ground], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, offered)

    def cited(self, offered: Sequence[Ground]) -> list[Ground]:
        """The grounds that were chosen."""
        return [one for one in offered if one.code in self.cleaned_data["cites"]]


def offer(form: forms.Form, offered: Sequence[Ground]) -> None:
    """Let the form choose among these grounds."""
    field = form.fields["cites"]
    assert isinstance(field, forms.MultipleChoiceField)
    field.choices = [(one.code, one.name) for one in offered]


def against(offered: Sequence[Ground]) -> list[str]:
    """What the file itself speaks against: ticked when the form opens."""
    return [one.code for one in offered if one.against]


def clause(case: Case, addition: str = "") -> str:
    """The remedy clause as it would be written today. One query."""
    until = addressees.last_day(case.definition, Instance.OBJECTION, clock.today())
    return remedy.clause(case.definition, case.agency, until, addition)


def letter(case: Case, form: RefusalForm, offered: Sequence[Ground]) -> Mapping[str, Any]:
    """The letter before it is sent. One query."""
    said = form.cleaned_data
    return {**said, "grounds": form.cited(offered), "remedy": clause(case, said["remedy"])}


def block(actor: Actor, case: Case) -> signing.Block | None:
    """How this person signs for the office that decides; None where nobody gave her a power. One query."""
    held = signatory_of(actor.signing(), case.agency_id)
    return signing.Block.of(held) if held else None
