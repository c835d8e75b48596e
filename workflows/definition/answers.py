"""What a definition asks of these answers, and whether they will do.

The conditions are applied here, on the server: what a hidden field posts is dropped, and nothing that
the definition does not ask for is kept.
"""

from collections.abc import Callable, Collection, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext as _

from agencies.errors import Invalid
from agencies.models import Region
from workflows.definition import bounds, typed
from workflows.definition.expressions import Expression, Incalculable, Unanswered
from workflows.definition.kinds import FeeKind, FieldType
from workflows.definition.model import Definition, Fee, Field, Recommender, Requirement, Text

MOST_RUPIAH: Final = 10**12
"""A fee above this is a slip in the formula or the answers, never a bill."""

Errors = dict[str, list[str]]
RegionLookup = Callable[[Collection[str]], Collection[str]]
_REGIONS = (FieldType.KECAMATAN, FieldType.VILLAGE)


class QuoteLine(NamedTuple):
    """One line of a quote, in rupiah, with the article that it rests on."""

    label: Text
    amount: int
    law: str


class FeeQuote(NamedTuple):
    """What it will cost. `total` is `None` while only the collecting agency can know it."""

    kind: FeeKind
    total: int | None
    lines: tuple[QuoteLine, ...]
    law: str
    note: Text
    sample: bool


def known_regions(codes: Collection[str]) -> Collection[str]:
    """Those of the codes that exist. One query."""
    return set(Region.objects.filter(code__in=codes).values_list("code", flat=True))


def check_answers(
    definition: Definition,
    raw: Mapping[str, Any],
    *,
    partial: bool = False,
    regions: RegionLookup = known_regions,
) -> tuple[dict[str, typed.Answer], Errors]:
    """The typed answers and, by field, Indonesian sentences about what is wrong.

    With `partial`, an unanswered question is no fault (a draft); a wrong answer always is one.
    One query if a region was answered, else none.
    """
    clean: dict[str, typed.Answer] = {}
    errors: Errors = {}
    for field in definition.fields:
        if not is_visible(field, clean):
            continue
        try:
            answer = _answer(definition, field, raw.get(field.name), clean)
        except ValueError as fault:
            errors[field.name] = [str(fault)]
            continue
        if answer is not None:
            clean[field.name] = answer
        elif field.required and not partial:
            errors[field.name] = [_missing(field)]
    _check_regions(definition, clean, errors, regions)
    return clean, errors


def _answer(definition: Definition, field: Field, given: Any, clean: Mapping[str, Any]) -> typed.Answer | None:
    text = typed.as_text(given)
    if not text:
        return None
    answer = typed.read(field, given)
    bounds.check(definition, field, answer, clean)
    return answer


def _missing(field: Field) -> str:
    if field.type is FieldType.BOOLEAN:
        return _("Pilih ya atau tidak.")
    if field.label.id.endswith("?"):
        return _("Jawab pertanyaan ini.")
    if field.type in (FieldType.CHOICE, *_REGIONS):
        return _("Pilih %(label)s.") % {"label": _lower_first(field.label.id)}
    if field.type is FieldType.FILE:
        return _("Unggah %(label)s.") % {"label": _lower_first(field.label.id)}
    return _("Isi %(label)s.") % {"label": _lower_first(field.label.id)}


def _lower_first(label: str) -> str:
    """`Luas tanah` in a sentence is `luas tanah`, but `NIK ibu` stays."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _check_regions(
    definition: Definition, clean: dict[str, typed.Answer], errors: Errors, regions: RegionLookup
) -> None:
    asked = [field for field in definition.fields if field.type in _REGIONS and field.name in clean]
    if not asked:
        return
    known = regions([str(clean[field.name]) for field in asked])
    parents = {str(clean[field.name]) for field in asked if field.type is FieldType.KECAMATAN}
    for field in asked:
        code = str(clean[field.name])
        if code not in known:
            errors[field.name] = [_("Pilih salah satu dari daftar.")]
        elif field.type is FieldType.VILLAGE and len(parents) == 1 and code[:8] not in parents:
            errors[field.name] = [_("Desa atau kelurahan ini tidak berada di kecamatan yang dipilih.")]
        if field.name in errors:
            del clean[field.name]


def is_visible(field: Field, answers: Mapping[str, Any]) -> bool:
    """Is the question asked, given the answers before it?"""
    return field.when is None or field.when.holds(answers)


def visible_fields(definition: Definition, answers: Mapping[str, Any]) -> tuple[Field, ...]:
    """The questions that these typed answers lead to, in order."""
    present: dict[str, Any] = {}
    shown: list[Field] = []
    for field in definition.fields:
        if is_visible(field, present):
            shown.append(field)
            present[field.name] = answers.get(field.name)
    return tuple(shown)


def _present(definition: Definition, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers of the questions that are asked; a stale answer of a hidden one does not count."""
    return {field.name: answers.get(field.name) for field in visible_fields(definition, answers)}


def applicable_requirements(definition: Definition, answers: Mapping[str, Any]) -> tuple[Requirement, ...]:
    """The papers that these typed answers call for."""
    present = _present(definition, answers)
    return tuple(item for item in definition.requirements if item.when is None or item.when.holds(present))


def applicable_recommenders(definition: Definition, answers: Mapping[str, Any]) -> tuple[Recommender, ...]:
    """The agencies that these typed answers call for."""
    present = _present(definition, answers)
    return tuple(item for item in definition.recommenders if item.when is None or item.when.holds(present))


def inspectors(definition: Definition, answers: Mapping[str, Any]) -> tuple[str, ...]:
    """The codes of the agencies that must report a visit for these answers."""
    if definition.inspection is None:
        return ()
    asked = [item.agency for item in applicable_recommenders(definition, answers) if item.inspects]
    if definition.inspection.lead == definition.agency:
        asked.append(definition.agency)
    return tuple(asked)


def fee_of(definition: Definition, answers: Mapping[str, Any]) -> FeeQuote:
    """What the service costs for these typed answers, exact and rounded half up to the rupiah.

    Raises:
        agencies.errors.Invalid: the formula needs an answer that is absent (named by its field), or
            gives no sensible sum.
    """
    fee = definition.fee
    if fee.kind is FeeKind.FORMULA:
        lines = _lines(fee, _present(definition, answers))
        total: int | None = sum(line.amount for line in lines)
    else:
        lines, total = (), 0 if fee.kind is FeeKind.FREE else fee.amount
    if total is not None and not 0 <= total <= MOST_RUPIAH:
        raise Invalid({"": [_("Biaya tidak dapat dihitung dari isian ini. Periksa angka-angkanya.")]})
    return FeeQuote(fee.kind, total, lines, fee.law, fee.note, fee.sample)


def _lines(fee: Fee, answers: Mapping[str, Any]) -> tuple[QuoteLine, ...]:
    try:
        wanted = [line for line in fee.lines if line.when is None or _decided(line.when, answers)]
        return tuple(
            QuoteLine(line.label, _rupiah(line.amount.amount(answers)), line.law or fee.law) for line in wanted
        )
    except Unanswered as fault:
        raise Invalid({fault.name: [_("Isi dahulu jawaban ini; biaya dihitung darinya.")]}) from fault
    except (Incalculable, ArithmeticError) as fault:
        sentence = _("Biaya tidak dapat dihitung dari isian ini. Periksa angka-angkanya.")
        raise Invalid({"": [sentence]}) from fault


def _decided(when: Expression, answers: Mapping[str, Any]) -> bool:
    """Does the line count? Money waits for the answer where a page would take "no" for granted."""
    for name in sorted(when.names):
        if name in answers and answers[name] is None:
            raise Unanswered(name)
    return when.holds(answers)


def _rupiah(amount: Decimal) -> int:
    return int(amount.to_integral_value(rounding=ROUND_HALF_UP))
