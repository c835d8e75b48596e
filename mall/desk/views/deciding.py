"""The decision with its reasons, and the product that another system made."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from mall import doors
from mall.design.fields import DatePartsField
from mall.desk import actions, page, refusing
from mall.desk.facts import STAFF, Facts, find_case
from mall.desk.posts import CHANGED, StampedForm, Step, again, carry_out, kept, moved_on, show, status_of
from mall.desk.refusing import RefusalForm
from mall.desk.turns import jump_of
from mall.doors import actor_of
from mall.forms import stash, words
from workflows import permissions
from workflows.cases import grounds, sealing, services
from workflows.definition.model import Authority

APPROVE = Step("approve", "desk/approve.html", _("Keputusan tersimpan."), "decision")
REFUSED = _("Permohonan ditolak; pemohon menerima alasan dan cara keberatannya.")
REFUSE = Step("refuse", "desk/refuse.html", REFUSED, "decision")
CONFIRM = Step("refuse", "desk/refuse_confirm.html", REFUSED, "decision")
RECORD = Step("record", "desk/record.html", _("Nomor produk tercatat; permohonan selesai."), "handover")


class ApprovalForm(StampedForm):
    """A favourable decision."""

    reason = forms.CharField(label=_("Alasan keputusan"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))
    legal_basis = forms.CharField(
        label=_("Dasar hukum"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    against_reason = forms.CharField(
        label=_("Alasan tidak mengikuti rekomendasi"),
        help_text=_("Ada rekomendasi tidak mengikat yang tidak menyetujui; jelaskan mengapa Anda memutus lain."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def asking(self, *, why_against: bool) -> "ApprovalForm":
        """The form, with the question why advice is not followed only where some is passed over."""
        if not why_against:
            del self.fields["against_reason"]
        return self


class ProductForm(forms.Form):
    """What the issuing system gave."""

    number = forms.CharField(label=_("Nomor produk"), max_length=120)
    issued_on = DatePartsField(label=_("Tanggal terbit"))
    valid_until = DatePartsField(
        label=_("Berlaku sampai"),
        help_text=_("Kosongkan jika mengikuti masa berlaku layanan ini."),
        required=False,
    )


@doors.staff(*STAFF)
@doors.keeping(stash.keep)
def approve(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Decide favourably."""
    facts = _deciding(request, case_id)
    if away := moved_on(request, facts, APPROVE):
        return away
    form = ApprovalForm(stash.typed(request), initial=_initial(facts)).asking(why_against=bool(facts.passed_over))
    if refused := _stale(request, facts, form, APPROVE):
        return refused
    if request.method == "POST" and form.is_valid():
        said, jump = _said(form), jump_of(request)
        done = carry_out(
            request, facts, APPROVE, form, lambda: services.approve(case_id=case_id, by=facts.actor, jump=jump, **said)
        )
        if done:
            return done
    return show(request, facts, APPROVE, form, _material(facts), status=status_of(request, form))


@doors.staff(*STAFF)
@doors.keeping(stash.keep)
def refuse(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Decide unfavourably; the letter is shown before it is sent."""
    facts = _deciding(request, case_id)
    if away := moved_on(request, facts, REFUSE):
        return away
    offered = grounds.offered(facts.case)
    initial = _initial(facts) | {"cites": refusing.against(offered)}
    form = RefusalForm(stash.typed(request), initial=initial, offered=offered)
    if refused := _stale(request, facts, form, REFUSE):
        return refused
    if request.method == "POST" and request.POST.get("do") != "edit" and form.is_valid():
        if request.POST.get("do") != "send":
            letter = refusing.letter(facts.case, form, offered)
            return show(request, facts, CONFIRM, form, {"letter": letter, "kept": kept(request)})
        said, jump = _said(form), jump_of(request)
        done = carry_out(
            request, facts, REFUSE, form, lambda: services.refuse(case_id=case_id, by=facts.actor, jump=jump, **said)
        )
        if done:
            return done
    extra = {**_material(facts), "clause": refusing.clause(facts.case)}
    return show(request, facts, REFUSE, form, extra, status=status_of(request, form))


@doors.staff(*STAFF)
@doors.keeping(stash.keep)
def record(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Note the number that the agency's or a national system gave."""
    facts = _facts(request, case_id)
    permissions.require(permissions.may_record_product(facts.actor, facts.case))
    if away := moved_on(request, facts, RECORD):
        return away
    form = ProductForm(stash.typed(request))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        done = carry_out(
            request, facts, RECORD, form, lambda: services.record_product(case_id=case_id, by=facts.actor, **said)
        )
        if done:
            return done
    product = facts.case.definition.product
    return show(request, facts, RECORD, form, {"product": product}, status=status_of(request, form))


def _facts(request: HttpRequest, case_id: UUID) -> Facts:
    return Facts.of(actor_of(request), find_case(request, case_id))


def _deciding(request: HttpRequest, case_id: UUID) -> Facts:
    facts = _facts(request, case_id)
    permissions.require(permissions.may_decide(facts.actor, facts.case))
    return facts


def _stale(request: HttpRequest, facts: Facts, form: StampedForm, step: Step) -> HttpResponse | None:
    """The same page again when the case changed under it but may still be decided; the service says the rest."""
    if request.method != "POST" or not form.is_stale(facts.case.revision) or not actions.has(facts, step.action):
        return None
    extra = again(form, facts.case.revision) | _material(facts)
    return show(request, facts, step, form, extra, status=CHANGED)


def _said(form: StampedForm) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name != "revision"}


def _initial(facts: Facts) -> dict[str, Any]:
    law = facts.case.definition.standard.legal_basis
    return {"revision": facts.case.revision, "legal_basis": "\n".join(law)}


def _material(facts: Facts) -> dict[str, Any]:
    """What it is taken on (recommendations, visits, answers, papers), and how she signs. Three queries, and regions."""
    case = facts.case
    return {
        "facts": facts,
        "answers": words.rows(case.definition, sealing.opened(case.definition, case.answers)),
        "papers": page.papers(case),
        "visits": [visit for visit in facts.visits if visit.state == "held"],
        "levels": case.definition.decision_levels,
        "block": refusing.block(facts.actor, case),
        "must_sign": case.definition.authority is Authority.MALL,
    }
