"""The public standard of a service: what everybody may know before asking for it (UU 25/2009, fourteen components)."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mall.design import formats
from mall.forms.words import in_language
from workflows.definition.model import (
    Authority,
    DeemedRule,
    Definition,
    Delivery,
    FeeKind,
    ProductKind,
    Requirement,
    Validity,
    ValidityKind,
)


@dataclass(frozen=True, slots=True)
class FeeShown:
    """What it costs, in words: one large line, how it is found, and by which law."""

    headline: str
    free: bool
    lines: tuple[str, ...]
    depends_on: tuple[str, ...]
    law: str
    note: str
    sample: bool


@dataclass(frozen=True, slots=True)
class PaperShown:
    """One requirement: name, when it is asked, in which form."""

    name: str
    because: str
    conditional: bool
    required: bool
    formats: str
    reusable: bool


def fee(definition: Definition) -> FeeShown:
    """The fee before anything is known of the applicant."""
    stated = definition.fee
    labels = {field.name: in_language(field.label) for field in definition.fields}
    read = [name for line in stated.lines for name in sorted(line.amount.names)]
    return FeeShown(
        headline=_headline(definition),
        free=stated.kind is FeeKind.FREE,
        lines=tuple(in_language(line.label) for line in stated.lines),
        depends_on=tuple(dict.fromkeys(labels[name] for name in read if name in labels)),
        law=stated.law,
        note=in_language(stated.note),
        sample=stated.sample,
    )


def _headline(definition: Definition) -> str:
    stated = definition.fee
    if stated.kind is FeeKind.FREE:
        return formats.rupiah(0)
    if stated.kind is FeeKind.FORMULA:
        return _("Dihitung dari isian Anda")
    if stated.amount is None:
        return _("Dihitung oleh instansi")
    return formats.rupiah(stated.amount)


def papers(definition: Definition) -> list[PaperShown]:
    """Every paper that may be asked for."""
    return [_paper(one) for one in definition.requirements]


def _paper(one: Requirement) -> PaperShown:
    because = in_language(one.because)
    if one.when is not None and not because:
        because = _("Hanya bila jawaban Anda memerlukannya.")
    kinds = ", ".join(name.upper() for name in one.formats)
    return PaperShown(in_language(one.name), because, one.when is not None, one.required, kinds, one.reusable)


def term(definition: Definition) -> str:
    """The promise in one line."""
    days = definition.term.working_days
    if definition.same_visit:
        return _("Selesai di tempat, dalam satu kunjungan")
    return formats.working_days(days) if days else _("Selesai pada hari yang sama")


def deemed(definition: Definition) -> str:
    """What the law says when the term passes without an answer; nothing where it says nothing."""
    stated = definition.term
    if stated.deemed is not DeemedRule.GRANTED:
        return ""
    return _("Jika tidak diputuskan sampai batas waktu, permohonan dianggap dikabulkan (%(law)s).") % {
        "law": stated.deemed_law
    }


def validity(stated: Validity) -> str:
    """How long the product is valid."""
    count = stated.amount
    counted: Mapping[ValidityKind, str] = {
        ValidityKind.YEARS: ngettext("%(amount)s tahun", "%(amount)s tahun", count),
        ValidityKind.MONTHS: ngettext("%(amount)s bulan", "%(amount)s bulan", count),
        ValidityKind.DAYS: ngettext("%(amount)s hari", "%(amount)s hari", count),
    }
    if stated.kind in counted:
        return counted[stated.kind] % {"amount": stated.amount}
    if stated.kind is ValidityKind.LIFETIME:
        return _("Seumur hidup, selama datanya tidak berubah")
    return in_language(stated.phrase) or "–"


def delivery(definition: Definition) -> str:
    """How the product reaches its owner."""
    product = definition.product
    if product.kind is ProductKind.NONE:
        return _("Tidak ada dokumen; hasilnya disampaikan kepada Anda.")
    if product.kind is ProductKind.RECORDED and product.system:
        return _("Diterbitkan di %(system)s; nomornya tercatat di permohonan Anda.") % {"system": product.system}
    if product.delivery is Delivery.PICKUP:
        return _("Diambil di loket.")
    return _("Diunduh dari situs ini; dapat dicetak di mal.")


@dataclass(frozen=True, slots=True)
class Deciders:
    """Who decides, who recommends, who comes to look."""

    decider: str
    why: str | Promise
    recommenders: tuple[str, ...]
    inspection: str


def deciders(definition: Definition, names: Mapping[str, str]) -> Deciders:
    """Who has a part in the decision; `names` are the agencies by code."""
    home = names.get(definition.agency, definition.agency)
    mall = definition.authority is Authority.MALL
    why = (
        _("Kewenangan sudah dilimpahkan Bupati kepada mal; dinas teknis hanya memberi rekomendasi.")
        if mall
        else _("Instansi ini memutus sendiri di loketnya di mal.")
    )
    visit = definition.inspection
    return Deciders(
        home,
        why,
        tuple(_recommender(one.agency, one.when is not None, names) for one in definition.recommenders),
        in_language(visit.kind) if visit else "",
    )


def _recommender(code: str, conditional: bool, names: Mapping[str, str]) -> str:
    name = names.get(code, code)
    return _("%(agency)s (bila diperlukan)") % {"agency": name} if conditional else name
