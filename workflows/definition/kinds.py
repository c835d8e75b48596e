"""The closed vocabularies of a definition."""

from enum import StrEnum
from typing import Final


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


MALL_SHAPES: Final = {
    (0, False): Shape.M0,
    (0, True): Shape.M0,
    (1, False): Shape.M1,
    (1, True): Shape.M1I,
    (2, False): Shape.M2,
    (2, True): Shape.M2I,
}
"""The shape of a delegated service by the agencies it asks (two and more alike), and by whether anybody visits."""


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


class Effect(StrEnum):
    """What the product does to an earlier permit that the applicant names."""

    NONE = "none"
    RENEWS = "renews"
    AMENDS = "amends"
    COPIES = "copies"
    REVOKES = "revokes"


class PermitFact(StrEnum):
    """What a question may take over from the earlier permit; `renewing` is a yes where it is being renewed."""

    NUMBER = "number"
    SERVICE = "service"
    ISSUED_ON = "issued_on"
    RENEWING = "renewing"
