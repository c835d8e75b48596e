"""Checking the papers: every requirement ticked at once, then accepted or returned."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from mall import doors
from mall.desk import actions, page
from mall.desk.facts import STAFF, Facts, find_case
from mall.desk.posts import CHANGED, FAULTY, StampedForm, Step, again, carry_out, kept, moved_on, show
from mall.doors import actor_of
from mall.forms import stash, words
from workflows.cases import sealing, services
from workflows.cases.models import Case, RequirementCheck
from workflows.cases.verification import Mark

PURPOSE = "verification"
VERIFY = Step("verify", "desk/verify.html", _("Berkas dinyatakan lengkap; permohonan diteruskan."), PURPOSE)
PASS_ON = Step("verify", "desk/pass_on.html", _("Permohonan diteruskan dengan catatan kekurangannya."), PURPOSE)
SENT_BACK = _("Berkas dikembalikan; pemohon menerima surat pengembalian.")
SEND_BACK = Step("verify", "desk/return_letter.html", SENT_BACK, PURPOSE)
MOST_LETTERS = 1000
DEFICIENT = RequirementCheck.Verdict.DEFICIENT
VERDICTS = [("ok", _("Sesuai")), ("deficient", _("Kurang"))]


class TicksForm(StampedForm):
    """One tick and one note for the form and for each requirement that applies."""

    def __init__(self, items: list[page.Paper], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        for place, item in enumerate(items, start=1):
            self.fields[f"tick-{item.code}"] = forms.ChoiceField(
                label=f"{place}. {item.name}",
                choices=VERDICTS,
                widget=forms.RadioSelect,
                error_messages={"required": _now("%(name)s: tandai sesuai atau kurang.") % {"name": item.name}},
            )
            self.fields[f"note-{item.code}"] = forms.CharField(
                label=_named(_now("Apa yang kurang"), item.name),
                help_text=_("Wajib jika kurang. Pemohon membaca kalimat ini."),
                required=False,
                validators=[MaxLengthValidator(MOST_LETTERS)],
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def clean(self) -> dict[str, Any]:
        """What is deficient says what is wrong."""
        said = super().clean() or {}
        for item in self.items:
            if said.get(f"tick-{item.code}") == DEFICIENT and not said.get(f"note-{item.code}"):
                sentence = _now("%(name)s: tulis apa yang kurang, agar pemohon tahu apa yang harus diperbaiki.")
                self.add_error(f"note-{item.code}", sentence % {"name": item.name})
        return said

    def rows(self) -> list[dict[str, Any]]:
        """Each item with its two fields, for the page."""
        return [
            {"item": item, "tick": self[f"tick-{item.code}"], "note": self[f"note-{item.code}"]} for item in self.items
        ]

    def marks(self) -> dict[str, Mark]:
        """The ticks as the service takes them; notes of what is in order are dropped."""
        said = self.cleaned_data
        return {
            item.code: (said[f"tick-{item.code}"], said[f"note-{item.code}"])
            if said[f"tick-{item.code}"] == DEFICIENT
            else (said[f"tick-{item.code}"], "")
            for item in self.items
        }

    def letter(self) -> list[tuple[str, str]]:
        """What is missing, by name: the letter that writes itself."""
        said = self.cleaned_data
        return [(item.name, said[f"note-{item.code}"]) for item in self.items if said[f"tick-{item.code}"] == DEFICIENT]

    def names(self) -> dict[str, str]:
        """The service's names of the fields, for its faults."""
        return {item.code: f"tick-{item.code}" for item in self.items}


def _named(label: str, name: str) -> SafeString:
    """A label that is told apart by ear as well."""
    return format_html('{}<span class="govuk-visually-hidden">: {}</span>', label, name)


def items_of(case: Case) -> list[page.Paper]:
    """What is to be ticked: the form itself, then each requirement. Two queries."""
    last = page.last_ticks(case).get(RequirementCheck.ANSWERS)
    answers = page.Paper(
        code=RequirementCheck.ANSWERS,
        name=_now("Isian formulir dan data pemohon"),
        required=True,
        url="",
        verdict=last.verdict if last else "",
        note=last.note if last else "",
    )
    return [answers, *page.papers(case)]


@doors.staff(*STAFF)
@doors.keeping(stash.keep)
def verify(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The checklist. A return is shown as the letter it becomes before it is sent."""
    posted = request.method == "POST"
    case = find_case(request, case_id)
    facts = Facts.of(actor_of(request), case)
    if away := moved_on(request, facts, VERIFY):
        return away
    form = TicksForm(items_of(case), stash.typed(request), initial={"revision": case.revision})
    if not posted:
        return _checklist(request, facts, form)
    if form.is_stale(case.revision) and actions.has(facts, VERIFY.action):
        return _checklist(request, facts, form, again(form, case.revision), status=CHANGED)
    if request.POST.get("do") == "edit":
        return _checklist(request, facts, form)
    if not form.is_valid():
        return _checklist(request, facts, form, status=FAULTY)
    return _decide(request, facts, form)


def _decide(request: HttpRequest, facts: Facts, form: TicksForm) -> HttpResponse:
    """Accept, show the letter, or send it."""
    case_id, by, marks = facts.case.pk, actor_of(request), form.marks()
    do = request.POST.get("do")
    if do == "accept":
        done = carry_out(
            request, facts, VERIFY, form, lambda: services.accept(case_id=case_id, by=by, marks=marks), form.names()
        )
        return done or _checklist(request, facts, form, status=FAULTY)
    if not form.letter():
        form.add_error(None, _now("Tandai dahulu apa yang kurang; tidak ada yang perlu dikembalikan."))
        return _checklist(request, facts, form, status=FAULTY)
    step, act = (
        (PASS_ON, services.pass_on_deficient) if is_last(facts.case) else (SEND_BACK, services.return_to_applicant)
    )
    if do != "send":
        return show(request, facts, step, form, {"letter": form.letter(), "kept": kept(request)})
    done = carry_out(request, facts, step, form, lambda: act(case_id=case_id, by=by, marks=marks), form.names())
    return done or _checklist(request, facts, form, status=FAULTY)


def is_last(case: Case) -> bool:
    """Has the applicant had every round that the definition allows?"""
    return case.round > case.definition.term.rounds


def _checklist(
    request: HttpRequest, facts: Facts, form: TicksForm, extra: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    case = facts.case
    context = {
        "rows": form.rows(),
        "applicant": page.applicant(case),
        "answers": words.rows(case.definition, sealing.opened(case.definition, case.answers)),
        "rounds": case.definition.term.rounds,
        "is_last": is_last(case),
        **(extra or {}),
    }
    return show(request, facts, VERIFY, form, context, status=status)
