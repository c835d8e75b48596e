"""What stands on a permit, word for word: composed from what was frozen at approval and never changes."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.conf import settings

from agencies import signing
from agencies.models import Lane, Region
from documents.permits import wording
from workflows.cases.decisions import signature_of
from workflows.definition.kinds import Authority, FieldType
from workflows.definition.model import Definition
from workflows.permits.models import Permit

GOVERNMENT = "Pemerintah Kabupaten Banyuwangi"
REGENT = "Bupati Banyuwangi"
PLACE = "Banyuwangi"
REGIONS = (FieldType.KECAMATAN, FieldType.VILLAGE)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table of data."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """Every word of the document. Two equal sheets of one layout give equal bytes."""

    number: str
    code: str
    verify_url: str
    service: str
    product: str
    law: tuple[str, ...]
    holder: str
    holder_address: str
    lines: tuple[Line, ...]
    clauses: tuple[str, ...]
    validity: str
    reference: str
    place: str
    granted_on: str
    created: str
    government: str
    agency: str
    on_behalf: str
    heading: tuple[str, ...]
    signer: str
    footing: tuple[str, ...]
    seal: str
    certified: bool
    canary: bool
    copied: str = ""
    """Of a duplicate: when it was made, and on which application."""

    @property
    def spaced_code(self) -> str:
        """The code in groups of four, as people read it."""
        return " ".join(self.code[start : start + 4] for start in range(0, len(self.code), 4))

    @property
    def fingerprint(self) -> bytes:
        """16 bytes that stand for these words; the identifier inside the PDF."""
        words = asdict(self)
        if not self.copied:
            del words["copied"]  # originals that were drawn before there were duplicates stay the same bytes
        text = json.dumps(words, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).digest()[:16]


def compose(permit: Permit, *, seal: str, certified: bool) -> Sheet:
    """The sheet of a permit; `seal` is what the signer wants printed about its seal. At most five queries.

    Read besides `permit.frozen`: the block of the signature, which the decision keeps for good, the pinned
    definition (labels of choices), names of regions and of the agency, and the address that verifies permits.
    A duplicate says what its original says.
    """
    frozen, case = permit.frozen, (permit.copy_of or permit).case
    definition = case.definition
    block = signing.Block.kept(signature_of(case))
    granted_on = date.fromisoformat(frozen["granted_on"])
    until = date.fromisoformat(frozen["valid_until"]) if frozen["valid_until"] else None
    return Sheet(
        number=frozen["number"],
        code=frozen["code"],
        verify_url=verify_url(frozen["code"]),
        service=frozen["service"],
        product=frozen["product"],
        law=tuple(frozen["law"]),
        holder=frozen["holder"],
        holder_address=frozen["holder_address"],
        lines=_lines(definition, frozen["answers"]),
        clauses=tuple(frozen["clauses"]),
        validity=wording.validity(definition.product.validity, granted_on, until),
        reference=frozen["reference"],
        place=PLACE,
        granted_on=wording.day(granted_on),
        created=permit.granted_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        government=GOVERNMENT,
        agency=case.agency.name_id,
        on_behalf=REGENT if definition.authority is Authority.MALL else "",
        heading=block.heading,
        signer=block.name,
        footing=block.footing,
        seal=seal,
        certified=certified,
        canary=permit.lane == Lane.CANARY,
        copied=_copied(frozen.get("copy")),
    )


def _copied(made: Mapping[str, str] | None) -> str:
    """What marks a duplicate as one; empty on an original."""
    if not made:
        return ""
    return f"dibuat {wording.day(date.fromisoformat(made['on']))} atas permohonan nomor {made['reference']}"


def verify_url(code: str) -> str:
    """Where anybody can ask whether the permit is valid."""
    return f"{settings.MALL_BASE_URL}/v/{code}"


def _lines(definition: Definition, answers: list[Mapping[str, Any]]) -> tuple[Line, ...]:
    """The answers in words. Papers that were handed in do not belong on a permit."""
    regions = _regions(answers)
    fields = {field.name: field for field in definition.fields}
    shown = [one for one in answers if fields[one["name"]].type is not FieldType.FILE]
    return tuple(Line(one["label"], wording.answer(fields[one["name"]], one["value"], regions)) for one in shown)


def _regions(answers: list[Mapping[str, Any]]) -> dict[str, str]:
    codes = [one["value"] for one in answers if one["type"] in REGIONS and one["value"]]
    return dict(Region.objects.filter(pk__in=codes).values_list("code", "name")) if codes else {}
