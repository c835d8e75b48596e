"""Objecting to a refusal, or appealing after a rejected objection: one question in one wording, for every face."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agencies import clock
from workflows.cases.machine import Instance
from workflows.cases.models import Case
from workflows.objections.filing import Opening, open_to

TITLES = {Instance.OBJECTION: _("Ajukan keberatan"), Instance.APPEAL: _("Ajukan banding")}
SENDS = {Instance.OBJECTION: _("Kirim keberatan"), Instance.APPEAL: _("Kirim banding")}


class ObjectionForm(forms.Form):
    """Why the applicant does not agree."""

    reason = forms.CharField(
        label=_("Alasan keberatan"),
        help_text=_("Tulis bagian keputusan yang menurut Anda keliru, dan mengapa."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


def may_file(case: Case) -> Opening | None:
    """What the applicant may still file today, or nothing. No query unless the case is refused, then at most four."""
    opening = open_to(case)
    return opening if opening and opening.is_open(clock.today()) else None


def words(opening: Opening | None) -> dict[str, Any]:
    """What `design/parts/objecting.html` shows; the instance is the objection where nothing can be filed any more."""
    instance = opening.instance if opening else Instance.OBJECTION
    return {"opening": opening, "title": TITLES[instance], "send": SENDS[instance]}
