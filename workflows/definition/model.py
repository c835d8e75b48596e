"""The typed body of a service version.

A `Definition` is parsed once (`parse.py`), checked (`validate.py`) and never changes; a running case
keeps the one it was submitted under. Everything a page, the engine or the clock needs to know about a
service is here, so that nothing in the code names a service.
"""

from dataclasses import dataclass, field
from typing import Any

from workflows.definition.expressions import Expression
from workflows.definition.kinds import (
    MALL_SHAPES,
    SEALED_TYPES,
    ApplicantKind,
    Authority,
    DeemedRule,
    Delivery,
    Effect,
    FeeKind,
    FieldType,
    PermitFact,
    ProductKind,
    Shape,
    Silence,
    ValidityKind,
)
from workflows.definition.terms import BY_LAW, ObjectionRule, Term

__all__ = [
    "SEALED_TYPES",
    "ApplicantKind",
    "Authority",
    "DeemedRule",
    "Definition",
    "Delivery",
    "Effect",
    "Fee",
    "FeeKind",
    "FeeLine",
    "Field",
    "FieldType",
    "Inspection",
    "Numbering",
    "ObjectionRule",
    "Option",
    "PermitFact",
    "Product",
    "ProductKind",
    "Recommender",
    "Renewal",
    "Requirement",
    "Shape",
    "Silence",
    "Standard",
    "Term",
    "Text",
    "Validity",
    "ValidityKind",
]


@dataclass(frozen=True, slots=True)
class Text:
    """A text people read: Indonesian always, English when we have it."""

    id: str
    en: str = ""

    @property
    def both(self) -> tuple[str, ...]:
        """Every language we have, for searching."""
        return (self.id, self.en) if self.en else (self.id,)


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: Text


@dataclass(frozen=True, slots=True)
class Field:
    """One question. `when` hides it (and makes its answer absent) while false.

    `minimum` and `maximum` hold a value; for a date or year also `today`, for a date also the name of an
    earlier date field. `from_permit` fills the question in from the earlier permit, and where that is its `number`, the
    number that is typed names the permit.
    """

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
    sealed: bool = False
    from_permit: PermitFact | None = None

    @property
    def secret(self) -> bool:
        """Is the answer stored as ciphertext, because of its type or because the definition says so?"""
        return self.sealed or self.type in SEALED_TYPES


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
    """An agency asked for a technical recommendation; those of one stage are asked at once.

    The rule on `silence` and its law are the service's own or inherited from its agency. With `silence = escalate`,
    `grace_days` more working days after its own term let the case go on without it; 0 waits.
    """

    agency: str
    stage: int = 1
    when: Expression | None = None
    binding: bool = True
    inspects: bool = False
    term_days: int = 0
    silence: Silence = Silence.ESCALATE
    silence_law: str = ""
    grace_days: int = 0


@dataclass(frozen=True, slots=True)
class Inspection:
    """A visit that must be reported before `lead` recommends (mall) or the agency decides (agency).

    Without a `lead`, every asked recommender that `inspects` makes its own.
    """

    kind: Text
    lead: str = ""


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One line of the calculation. `amount` is in rupiah, rounded half up; the total is the sum of the lines.

    A line whose `when` is false is left out. A line that rests on another article than the whole names its own `law`.
    """

    label: Text
    amount: Expression
    when: Expression | None = None
    law: str = ""


@dataclass(frozen=True, slots=True)
class Fee:
    """What it costs, by which law. `amount` (rupiah) for fixed and known external fees.

    `valid_from` and `valid_until` are the first and last day (ISO, WIB) of the rate; empty when it is not bounded.
    """

    kind: FeeKind
    amount: int | None = None
    lines: tuple[FeeLine, ...] = ()
    law: str = ""
    valid_from: str = ""
    valid_until: str = ""
    note: Text = Text("")
    sample: bool = False
    payable_days: int = 30


@dataclass(frozen=True, slots=True)
class Validity:
    kind: ValidityKind
    amount: int = 0
    phrase: Text = Text("")


@dataclass(frozen=True, slots=True)
class Numbering:
    """Permit numbers, e.g. `503/{seq}/{unit}/{year}`; gapless per (template, unit, WIB year)."""

    template: str
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
    number_example: str = ""
    effect: Effect = Effect.NONE
    amendable: bool = False


@dataclass(frozen=True, slots=True)
class Renewal:
    """How a permit that ends by date is renewed; a service without it is simply applied for again.

    `by` is the code of the service that renews, empty for the same one. Renewing opens `opens_days` before the last
    day, and the holder is reminded so many days before it.
    """

    by: str = ""
    opens_days: int = 60
    reminders: tuple[int, ...] = (60, 30, 7)


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
    standard: Standard
    renewal: Renewal | None = None
    decision_levels: int = 1
    depends_on: tuple[str, ...] = ()
    objection: ObjectionRule = BY_LAW
    keywords: tuple[str, ...] = ()
    population_document: bool = False
    body: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def shape(self) -> Shape:
        """The route shape, by the rule of the catalogue."""
        asked = len(self.recommenders)
        visited = self.inspection is not None
        if self.authority is Authority.MALL:
            return MALL_SHAPES[min(asked, 2), visited]
        if asked:
            return Shape.A3
        if visited:
            return Shape.A2
        return Shape.A0 if self.term.working_days == 0 else Shape.A1

    @property
    def same_visit(self) -> bool:
        """Is it checked, decided and handed over while the person waits?"""
        return self.shape is Shape.A0

    @property
    def systems(self) -> frozenset[str]:
        """The national systems whose outage suspends the term: the one of the product, and those it names."""
        return frozenset({*self.depends_on, self.product.system} - {""})

    def question(self, name: str) -> Field:
        """The field of that name; `KeyError` if there is none."""
        for candidate in self.fields:
            if candidate.name == name:
                return candidate
        raise KeyError(name)
