"""What may be done to a permit at the desk: each act with its form, its words and its service function."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workflows import permissions
from workflows.actors import Actor
from workflows.permits import services
from workflows.permits.actions import PermitAction
from workflows.permits.models import Permit, PermitStatus

REASON = _("Alasan, dalam kalimat yang dipahami pemegang")


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=REASON, max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))


class GroundsForm(ReasonForm):
    """Why, by which law, and what the holder can do against it (UU 30/2014)."""

    legal_basis = forms.CharField(label=_("Dasar hukum"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    remedy = forms.CharField(
        label=_("Cara mengajukan keberatan"), max_length=2000, widget=forms.Textarea(attrs={"rows": 6})
    )


@dataclass(frozen=True, slots=True)
class Act:
    """One act: its address, words, form and service; `warning` says what follows."""

    slug: str
    title: Promise
    warning: Promise
    done: Promise
    form: type[forms.Form]
    do: Callable[..., Permit]
    heavy: bool = True


SUSPEND: Final = Act(
    "bekukan",
    _("Bekukan izin"),
    _("Izin tidak boleh dipakai sampai dipulihkan. Halaman pemeriksaan menampilkannya seketika."),
    _("Izin dibekukan; pemegangnya menerima alasan dan cara keberatannya."),
    GroundsForm,
    services.suspend,
)
RESUME: Final = Act(
    "pulihkan",
    _("Akhiri pembekuan"),
    _("Izin berlaku kembali sampai akhir masa berlakunya."),
    _("Izin berlaku kembali; pemegangnya diberi tahu."),
    ReasonForm,
    services.resume,
    heavy=False,
)
PROPOSE: Final = Act(
    "cabut",
    _("Usulkan pencabutan"),
    _("Pencabutan berlaku setelah pejabat lain ikut menandatangani, dan tidak dapat dibatalkan sesudahnya."),
    _("Usul tercatat dan menunggu tanda tangan pejabat lain."),
    GroundsForm,
    services.propose_revocation,
)
CONFIRM: Final = Act(
    "sahkan",
    _("Sahkan pencabutan"),
    _("Izin dicabut seketika dan tidak dapat dipulihkan di sini."),
    _("Izin dicabut; pemegangnya menerima alasan dan cara keberatannya."),
    forms.Form,
    services.confirm_revocation,
)
DROP: Final = Act(
    "batalkan",
    _("Batalkan usul pencabutan"),
    _("Izin tetap seperti sekarang."),
    _("Usul pencabutan dibatalkan."),
    ReasonForm,
    services.drop_revocation,
    heavy=False,
)
ACTS: Final[dict[str, Act]] = {one.slug: one for one in (SUSPEND, RESUME, PROPOSE, CONFIRM, DROP)}


def legal(actor: Actor, permit: Permit, proposal: PermitAction | None) -> list[Act]:
    """The acts that are open to this person now; the service asks again. No query."""
    if not permissions.may_sanction(actor, permit.case):
        return []
    found: list[Act] = []
    if permit.status == PermitStatus.ACTIVE:
        found.append(SUSPEND)
    if permit.status == PermitStatus.SUSPENDED:
        found.append(RESUME)
    if permit.may_be_revoked:
        found += _of_revocation(actor, proposal)
    return found


def _of_revocation(actor: Actor, proposal: PermitAction | None) -> list[Act]:
    if proposal is None:
        return [PROPOSE]
    return [DROP] if actor.is_also(proposal.by_id) else [CONFIRM, DROP]


def said(form: forms.Form) -> dict[str, Any]:
    """What was typed, as the service takes it."""
    return dict(form.cleaned_data)
