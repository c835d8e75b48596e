"""Out of turn: the page that was sent is shown again with a list of reasons, and nothing typed is lost."""

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from workflows.duties.lines import Overtaking
from workflows.duties.order import Jump, OutOfTurn

HELD = "_turn"


class TurnForm(forms.Form):
    """Why this case goes first."""

    overtaking = forms.ChoiceField(
        label=_("Alasan mendahulukan"),
        help_text=_("Alasan ini tercatat, dan jumlahnya diumumkan kepada masyarakat."),
        choices=[("", _("Pilih alasan")), *Overtaking.Code.choices],
        required=False,
    )
    overtaking_note = forms.CharField(
        label=_("Keterangan"), help_text=_("Wajib jika memilih alasan lain."), required=False, max_length=400
    )


def jump_of(request: HttpRequest) -> Jump | None:
    """The reason that was sent with the page, or None."""
    code = request.POST.get("overtaking", "")
    return Jump(code, request.POST.get("overtaking_note", "")[:400]) if code else None


def ask(request: HttpRequest, form: forms.Form, late: OutOfTurn) -> None:
    """Let the page ask for a reason."""
    form.add_error(None, late.sentence)
    setattr(request, HELD, True)


def asks(request: HttpRequest) -> bool:
    """Was it refused for its turn just now?"""
    return bool(getattr(request, HELD, False))


def form_of(request: HttpRequest) -> TurnForm | None:
    """The list of reasons, where the page asks for one or one was given already."""
    return TurnForm(request.POST) if asks(request) or "overtaking" in request.POST else None
