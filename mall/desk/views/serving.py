"""A same-visit service: check, decide and hand over while the person waits, on one page."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from agencies import clock
from mall import doors
from mall.design.fields import DatePartsField
from mall.desk import actions, page, refusing
from mall.desk.facts import STAFF, Facts, find_case
from mall.desk.posts import CHANGED, StampedForm, Step, again, carry_out, moved_on, show, status_of
from mall.doors import actor_of
from mall.forms import stash, words
from workflows import permissions
from workflows.cases import grounds, sealing, services
from workflows.cases.grounds import Ground
from workflows.definition.model import ProductKind

SERVE = Step("serve", "desk/serve.html", _("Layanan selesai."), "verification")


class ServingForm(StampedForm):
    """Check, decision and product of one visit."""

    checked = forms.BooleanField(label=_("Berkas dan isian sudah saya periksa bersama pemohon."))
    outcome = forms.ChoiceField(
        label=_("Keputusan"), choices=[("approve", _("Disetujui")), ("refuse", _("Ditolak"))], widget=forms.RadioSelect
    )
    reason = forms.CharField(label=_("Alasan"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    number = forms.CharField(
        label=_("Nomor produk"),
        help_text=_("Jika disetujui: nomor dari sistem penerbit."),
        required=False,
        max_length=120,
    )
    issued_on = DatePartsField(label=_("Tanggal terbit"), required=False)
    legal_basis = forms.CharField(
        label=_("Dasar hukum"),
        help_text=_("Wajib jika ditolak."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    cites = refusing.Cites(required=False)
    remedy = forms.CharField(
        label=_("Keterangan tambahan untuk pemohon"),
        help_text=_("Jika ditolak. Cara dan batas waktu mengajukan keberatan sudah tertulis di surat."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, recorded: bool, offered: Sequence[Ground], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        refusing.offer(self, offered)
        if not recorded:
            del self.fields["number"], self.fields["issued_on"]

    def said(self) -> dict[str, Any]:
        """As the service takes it; what belongs to a refusal is left out of an approval."""
        said = dict(self.cleaned_data)
        approved = said["outcome"] == "approve"
        wanted = ("reason", "number", "issued_on") if approved else ("reason", "legal_basis", "cites", "remedy")
        return {"approved": approved} | {name: said[name] for name in wanted if name in said}


@doors.staff(*STAFF)
@doors.keeping(stash.keep)
def serve(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Serve one person, whole."""
    posted = request.method == "POST"
    case = find_case(request, case_id)
    facts = Facts.of(actor_of(request), case)
    permissions.require(permissions.may_serve(facts.actor, case))
    if away := moved_on(request, facts, SERVE):
        return away
    recorded = case.definition.product.kind is ProductKind.RECORDED
    form = ServingForm(stash.typed(request), recorded=recorded, offered=grounds.offered(case), initial=_initial(facts))
    if posted and form.is_stale(case.revision) and actions.has(facts, SERVE.action):
        return show(request, facts, SERVE, form, again(form, case.revision) | _material(facts), status=CHANGED)
    if posted and form.is_valid():
        said = form.said()
        done = carry_out(request, facts, SERVE, form, lambda: services.serve(case_id=case_id, by=facts.actor, **said))
        if done:
            return done
    return show(request, facts, SERVE, form, _material(facts), status=status_of(request, form))


def _initial(facts: Facts) -> dict[str, Any]:
    return {
        "revision": facts.case.revision,
        "reason": _now("Persyaratan lengkap dan sesuai."),
        "issued_on": clock.today(),
        "legal_basis": "\n".join(facts.case.definition.standard.legal_basis),
    }


def _material(facts: Facts) -> dict[str, Any]:
    case = facts.case
    return {
        "applicant": page.applicant(case),
        "answers": words.rows(case.definition, sealing.opened(case.definition, case.answers)),
        "papers": page.papers(case),
        "product": case.definition.product,
    }
