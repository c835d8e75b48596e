"""The typed body of a service version.

A `Definition` is parsed once (`parse.py`), checked (`validate.py`) and never changes; a running case
keeps the one it was submitted under. Everything a page, the engine or the clock needs to know about a
service is here, so that nothing in the code names a service.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from workflows.definition.expressions import Expression


class Authority(StrEnum):
    """Who decides: the mall by delegation, or the agency at its own counter."""

    MALL = "mall"
    AGENCY = "agency"


class ApplicantKind(StrEnum):
    INDIVIDUAL = "individual"
    BUSINESS = "business"
    BOTH = "both"


class ProductKind(StrEnum):
    """`rendered` by us; `recorded`: made in a national or agency system, only noted here; `none`."""

    RENDERED = "rendered"
    RECORDED = "recorded"
    NONE = "none"


class FeeKind(StrEnum):
    """`external` money is collected by the agency on its own bill and never passes the mall."""

    FREE = "free"
    FIXED = "fixed"
    FORMULA = "formula"
    EXTERNAL = "external"


class FieldType(StrEnum):
    TEXT = "text"
    LONGTEXT = "longtext"
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"
    DATE = "date"
    YEAR = "year"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    GEOPOINT = "geopoint"
    NIK = "nik"
    PHONE = "phone"
    KECAMATAN = "kecamatan"
    VILLAGE = "village"
    FILE = "file"


SEALED_TYPES = frozenset({FieldType.NIK, FieldType.PHONE})
"""Answers of these types are stored as ciphertext."""


class Shape(StrEnum):
    """The nine route shapes of the catalogue; computed, never declared."""

    A0 = "A0"
    A1 = "A1"
    A2 = "A2"
    A3 = "A3"
    M0 = "M0"
    M1 = "M1"
    M1I = "M1i"
    M2 = "M2"
    M2I = "M2i"


class Silence(StrEnum):
    """What an agency's silence past its own term means: wait and escalate, or go on without it."""

    ESCALATE = "escalate"
    PROCEED = "proceed"


class DeemedRule(StrEnum):
    """Does the passing of the term grant the application by law?"""

    NONE = "none"
    GRANTED = "granted"


class ValidityKind(StrEnum):
    """`phrase` validity (per event, per shipment) has no computed end date."""

    LIFETIME = "lifetime"
    YEARS = "years"
    MONTHS = "months"
    DAYS = "days"
    PHRASE = "phrase"
    NONE = "none"


class Delivery(StrEnum):
    DIGITAL = "digital"
    PICKUP = "pickup"


@dataclass(frozen=True, slots=True)
class Text:
    """A text people read: Indonesian always, English when we have it."""

    id: str
    en: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: Text


@dataclass(frozen=True, slots=True)
class Field:
    """One question. `when` hides it (and makes its answer absent) while false."""

    name: str
    type: FieldType
    label: Text
    hint: Text = Text("")
    required: bool = True
    when: Expression | None = None
    options: tuple[Option, ...] = ()
    minimum: str = ""
    maximum: str = ""
    max_length: int = 0


@dataclass(frozen=True, slots=True)
class Requirement:
    """One paper to bring. `document_type` lets the vault offer a paper that is already there."""

    code: str
    name: Text
    document_type: str
    required: bool = True
    when: Expression | None = None
    because: Text = Text("")
    formats: tuple[str, ...] = ("pdf", "jpg", "png")
    reusable: bool = False


@dataclass(frozen=True, slots=True)
class Recommender:
    """An agency asked for a technical recommendation; those of one stage are asked at once."""

    agency: str
    stage: int = 1
    when: Expression | None = None
    binding: bool = True
    inspects: bool = False
    term_days: int = 0
    silence: Silence = Silence.ESCALATE


@dataclass(frozen=True, slots=True)
class Inspection:
    """A visit that must be reported before `lead` recommends (mall) or the agency decides (agency)."""

    lead: str
    kind: Text


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One line of the calculation. `amount` is in rupiah; lines are summed and rounded half up."""

    label: Text
    amount: Expression


@dataclass(frozen=True, slots=True)
class Fee:
    """What it costs, by which law. `amount` (rupiah) for fixed and known external fees."""

    kind: FeeKind
    amount: int | None = None
    lines: tuple[FeeLine, ...] = ()
    law: str = ""
    note: Text = Text("")
    sample: bool = False
    payable_days: int = 30


@dataclass(frozen=True, slots=True)
class Term:
    """The promise: working days from the application that is complete; 0 is the same visit."""

    working_days: int
    law: str = ""
    deemed: DeemedRule = DeemedRule.NONE
    deemed_law: str = ""
    answer_days: int = 30
    rounds: int = 2


@dataclass(frozen=True, slots=True)
class Validity:
    kind: ValidityKind
    amount: int = 0
    phrase: Text = Text("")


@dataclass(frozen=True, slots=True)
class Numbering:
    """Permit numbers, e.g. `503/{seq}/{unit}/{year}`; gapless per (series, unit, WIB year)."""

    template: str
    series: str
    unit: str


@dataclass(frozen=True, slots=True)
class Product:
    kind: ProductKind
    name: Text
    validity: Validity
    delivery: Delivery = Delivery.DIGITAL
    numbering: Numbering | None = None
    system: str = ""
    number_pattern: str = ""


@dataclass(frozen=True, slots=True)
class Standard:
    """The fourteen components of UU 25/2009 that are prose; the others follow from the definition."""

    procedure: tuple[Text, ...]
    complaints: Text
    legal_basis: tuple[str, ...]
    facilities: Text
    competence: Text
    supervision: Text
    staff: int
    guarantee: Text
    safety: Text
    evaluation: Text
    sample: bool = True


@dataclass(frozen=True, slots=True)
class Definition:
    """A service, whole. `body` is the canonical source that the digest is taken over."""

    code: str
    agency: str
    name: Text
    summary: Text
    category: str
    applicant: ApplicantKind
    authority: Authority
    term: Term
    product: Product
    fee: Fee
    fields: tuple[Field, ...]
    requirements: tuple[Requirement, ...]
    recommenders: tuple[Recommender, ...]
    inspection: Inspection | None
    decision_levels: int
    standard: Standard
    keywords: tuple[str, ...] = ()
    population_document: bool = False
    body: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def shape(self) -> Shape:
        """The route shape, by the rule of the catalogue."""
        asked = len(self.recommenders)
        visited = self.inspection is not None
        if self.authority is Authority.MALL:
            return _MALL_SHAPES[min(asked, 2), visited]
        if asked:
            return Shape.A3
        if visited:
            return Shape.A2
        return Shape.A0 if self.term.working_days == 0 else Shape.A1

    @property
    def same_visit(self) -> bool:
        """Is it checked, decided and handed over while the person waits?"""
        return self.shape is Shape.A0

    def question(self, name: str) -> Field:
        """The field of that name; `KeyError` if there is none."""
        for candidate in self.fields:
            if candidate.name == name:
                return candidate
        raise KeyError(name)


_MALL_SHAPES = {
    (0, False): Shape.M0,
    (0, True): Shape.M0,
    (1, False): Shape.M1,
    (1, True): Shape.M1I,
    (2, False): Shape.M2,
    (2, True): Shape.M2I,
}
