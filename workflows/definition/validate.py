"""Is a well-formed definition also a service that can be run to its end, lawfully?"""

from collections.abc import Collection, Mapping

from workflows.definition import check_fields, check_money, check_product, check_renewal, check_route
from workflows.definition.faults import Fault
from workflows.definition.model import Definition


def faults_of(
    definition: Definition, *, agencies: Mapping[str, str], services: Collection[str] | None = None
) -> list[Fault]:
    """Everything that is wrong with the definition; empty when it may be published.

    `agencies` maps each known agency code to its kind; `services` are the codes that a definition may name, None where
    they cannot be known. The faults have a path but no file or line:
    `lines.located` adds them where there is a file.
    """
    findings = [
        *check_product.check(definition),
        *check_route.check(definition, agencies),
        *check_money.check(definition, agencies),
        *check_renewal.check(definition, services),
        *check_fields.check(definition),
    ]
    return [Fault("", 0, path, sentence) for path, sentence in dict.fromkeys(findings)]
