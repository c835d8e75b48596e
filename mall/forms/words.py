"""Answers in words: what a person, a clerk or a verifier reads of what was filled in."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agencies.identifiers import mask_nik
from agencies.models import Region
from mall.design import formats
from mall.design.parts import Row
from workflows.definition.answers import visible_fields
from workflows.definition.kinds import FieldType
from workflows.definition.model import Definition, Field, Text
from workflows.definition.typed import thousands

REGIONS = (FieldType.KECAMATAN, FieldType.VILLAGE)
NOTHING = "–"


def in_language(text: Text) -> str:
    """The text in the language of the page, Indonesian where there is no English."""
    return text.en if text.en and (get_language() or "").startswith("en") else text.id


def rows(definition: Definition, answers: Mapping[str, Any], *, change_url: str = "", masked: bool = True) -> list[Row]:
    """One line a question that is asked, with its answer in words. One query where a region was answered.

    `change_url` becomes the change link, led to the question's own field; a NIK shows whole only when not `masked`.
    """
    fields = visible_fields(definition, answers)
    regions = _regions(fields, answers)
    return [
        Row(
            in_language(field.label),
            in_words(field, answers.get(field.name), regions, masked=masked),
            f"{change_url}#id_q-{field.name}" if change_url else "",
        )
        for field in fields
    ]


def _regions(fields: tuple[Field, ...], answers: Mapping[str, Any]) -> dict[str, str]:
    codes = [answers[field.name] for field in fields if field.type in REGIONS and answers.get(field.name)]
    return dict(Region.objects.filter(pk__in=codes).values_list("code", "name")) if codes else {}


def in_words(field: Field, answer: Any, regions: Mapping[str, str], *, masked: bool = True) -> str:
    """One stored answer as people write it."""
    if answer is None or answer == "":
        return NOTHING
    if field.type in REGIONS:
        return regions.get(answer, str(answer))
    if field.type is FieldType.CHOICE:
        return next((in_language(one.label) for one in field.options if one.value == answer), str(answer))
    if field.type is FieldType.NIK and masked:
        return mask_nik(str(answer))
    if field.type is FieldType.FILE:
        return _("Berkas terunggah")
    return _plain(field.type, answer)


def _plain(kind: FieldType, answer: Any) -> str:
    if kind is FieldType.BOOLEAN:
        return _("Ya") if answer else _("Tidak")
    if kind is FieldType.MONEY:
        return formats.rupiah(int(answer))
    if kind is FieldType.DATE:
        return formats.day(date.fromisoformat(str(answer)))
    if kind is FieldType.INTEGER:
        return thousands(int(answer))
    if kind is FieldType.DECIMAL:
        return thousands(Decimal(str(answer)))
    if kind is FieldType.GEOPOINT:
        return str(answer).replace(",", ", ")
    return str(answer)
