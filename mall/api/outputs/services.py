"""A service, as an answer describes it.

A serializer is a field too, so a key named like an attribute of fields needs an `ignore`.
"""

from rest_framework import serializers

from mall.api.outputs.common import Bool, Char, Int, Out, Words, choice
from workflows.definition.kinds import (
    ApplicantKind,
    Authority,
    DeemedRule,
    Delivery,
    FeeKind,
    FieldType,
    ProductKind,
    Shape,
    ValidityKind,
)


class AgencyOut(Out):
    code = Char()
    name = Char()


class CategoryOut(Out):
    code = Char()
    label = Char()  # type: ignore[assignment]


class ServiceLine(Out):
    code = Char()
    name = Char()
    name_en = Char(allow_blank=True)
    agency = AgencyOut()
    category = CategoryOut()
    applicant = choice(ApplicantKind)
    authority = choice(Authority)
    url = Char()


class VersionOut(Out):
    number = Int()
    digest = Char()


class TermOut(Out):
    working_days = Int()
    duration = Char(help_text="ISO 8601, over the calendar.")
    calendar = Char()
    law = Char(allow_blank=True)
    deemed = choice(DeemedRule)
    deemed_law = Char(allow_blank=True)
    answer_days = Int()
    rounds = Int()


class FeeOut(Out):
    kind = choice(FeeKind)
    amount = Int(allow_null=True, help_text="Rupiah; null when it follows from the answers or the agency.")
    lines = Words(many=True)
    law = Char(allow_blank=True)
    note = Words()
    sample = Bool()


class ValidityOut(Out):
    kind = choice(ValidityKind)
    amount = Int()
    phrase = Words()


class ProductOut(Out):
    kind = choice(ProductKind)
    name = Words()
    validity = ValidityOut()
    delivery = choice(Delivery)
    system = Char(allow_blank=True)


class RequirementOut(Out):
    code = Char()
    name = Words()
    required = Bool()  # type: ignore[assignment]
    when = Char(allow_null=True, help_text="Condition over the answers; null: always.")
    because = Words()
    formats = serializers.ListField(child=Char())
    reusable = Bool()


class OptionOut(Out):
    value = Char()
    label = Words()  # type: ignore[assignment]


class FieldOut(Out):
    name = Char()
    type = choice(FieldType)
    label = Words()  # type: ignore[assignment]
    hint = Words()
    required = Bool()  # type: ignore[assignment]
    when = Char(allow_null=True)
    options = OptionOut(many=True)
    minimum = Char(allow_null=True)
    maximum = Char(allow_null=True)
    max_length = Int(allow_null=True)


class RecommenderOut(Out):
    agency = Char()
    stage = Int()
    when = Char(allow_null=True)
    binding = Bool()
    inspects = Bool()


class StandardOut(Out):
    procedure = Words(many=True)
    legal_basis = serializers.ListField(child=Char())
    staff = Int()
    sample = Bool()
    complaints = Words()
    facilities = Words()
    competence = Words()
    supervision = Words()
    guarantee = Words()
    safety = Words()
    evaluation = Words()


class ServiceOut(ServiceLine):
    version = VersionOut()
    summary = Words()
    route = choice(Shape)
    term = TermOut()
    fee = FeeOut()
    product = ProductOut()
    requirements = RequirementOut(many=True)
    fields = FieldOut(many=True)  # type: ignore[assignment]
    recommenders = RecommenderOut(many=True)
    inspection = Words(allow_null=True)
    standard = StandardOut()
