"""Is a well-formed definition also a service that can be run to its end, lawfully?"""

from collections.abc import Mapping

from workflows.definition import check_fields, check_money, check_product, check_route
from workflows.definition.faults import Fault
from workflows.definition.model import Definition


def faults_of(definition: Definition, *, agencies: Mapping[str, str]) -> list[Fault]:
    """Everything that is wrong with the definition; empty when it may be published.

    `agencies` maps each known agency code to its kind. The faults have a path but no file or line:
    `lines.located` adds them where there is a file.
    """
    findings = [
        *check_product.check(definition),
        *check_route.check(definition, agencies),
        *check_money.check(definition),
        *check_fields.check(definition),
    ]
    return [Fault("", 0, path, sentence) for path, sentence in dict.fromkeys(findings)]
