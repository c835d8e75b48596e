"""Conditions and formulas of a definition: small, typed, exact and bounded.

There is one evaluator, the `rule-engine` library, behind a narrower grammar of our own: comparisons,
`and or not in`, arithmetic on exact decimals, `condition ? a : b` and seven functions. No attribute,
index, regular expression, loop or clock can be written, so every expression ends in microseconds.
"""

import decimal
import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rule_engine import Context, Rule, ast, errors

from workflows.definition import functions
from workflows.definition.functions import FUNCTIONS
from workflows.definition.grammar import (
    MIXED,
    ExpressionFault,
    Kind,
    check_kind,
    check_node,
    compared,
    names_in,
    nearest,
)
from workflows.definition.kinds import FieldType

__all__ = ["Expression", "ExpressionFault", "Incalculable", "Unanswered", "compile_expression"]

_EXACT = decimal.Context(
    prec=40,
    rounding=decimal.ROUND_HALF_EVEN,
    Emin=-60,
    Emax=60,
    traps=[decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow],
)


class Unanswered(ValueError):
    """A formula needs a field that has no answer; `name` says which."""

    def __init__(self, name: str) -> None:
        super().__init__(f"The field '{name}' has no answer.")
        self.name = name


class Incalculable(ValueError):
    """The formula has no value for these answers, for example because it divides by zero."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A checked expression. Equal sources over equally typed fields are equal expressions."""

    source: str
    kind: Kind
    types: tuple[tuple[str, str], ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """The fields that the expression reads."""
        return frozenset(name for name, _ in self.types)

    @property
    def compared(self) -> frozenset[tuple[str, str]]:
        """Every (field, text literal) that the expression compares."""
        return frozenset(compared(_rule(self).statement.expression))

    def evaluate(self, answers: Mapping[str, Any]) -> bool | Decimal:
        """The truth of a condition, or the exact value of a formula.

        A comparison over an absent answer is neither true nor false, and a condition that stays
        undecided is false. A formula over an absent answer raises `Unanswered`.
        """
        if self.kind == "decimal":
            return self.amount(answers)
        return self.holds(answers)

    def holds(self, answers: Mapping[str, Any]) -> bool:
        """Is the condition true for these answers?"""
        with decimal.localcontext(_EXACT):
            return _truth(_rule(self).statement.expression, _values(self, answers)) is True

    def amount(self, answers: Mapping[str, Any]) -> Decimal:
        """The exact value of the formula; raises `Unanswered` or `Incalculable`."""
        try:
            value = _rule(self).evaluate(_values(self, answers))
        except (errors.EngineError, ArithmeticError) as fault:
            raise Incalculable(f"'{self.source}' cannot be calculated.") from fault
        if not isinstance(value, Decimal) or not value.is_finite():
            raise Incalculable(f"'{self.source}' gives no number.")
        return value


def compile_expression(source: str, *, fields: Mapping[str, FieldType], kind: Kind) -> Expression:
    """Check `source` against the types of the definition's fields; raises `ExpressionFault`."""
    names = names_in(source)
    unknown = sorted(name for name in names if name not in fields)
    if unknown:
        raise ExpressionFault(f"there is no field '{unknown[0]}'{nearest(unknown[0], fields) or '.'}")
    types = tuple((name, str(fields[name])) for name in sorted(names))
    for name, type_ in types:
        if type_ not in functions.DATA_TYPES:
            raise ExpressionFault(f"the field '{name}' is a {type_}, which no expression may read.")
    if kind == "bool" and not types:
        raise ExpressionFault("a condition must look at a field.")
    expression = Expression(source.strip(), kind, types)
    try:
        check_kind(_rule(expression).statement.expression, kind)
    except ExpressionFault as fault:
        raise ExpressionFault(_with_types(str(fault), types)) from fault
    return expression


def _with_types(sentence: str, types: tuple[tuple[str, str], ...]) -> str:
    """The sentence with what each field is, where a mixture of types is the matter."""
    if MIXED not in sentence or not types:
        return sentence
    return f"{sentence} Here " + ", ".join(f"'{name}' is of the type {type_}" for name, type_ in types) + "."


@functools.lru_cache(maxsize=8192)
def _rule(expression: Expression) -> Rule:
    """The parsed rule; parsing is the slow part, so it is done once per process."""
    types = {name: functions.DATA_TYPES[type_] for name, type_ in expression.types}
    context = Context(
        resolver=_resolve,
        type_resolver={**functions.SIGNATURES, **types},
        default_timezone="utc",
        decimal_context=_EXACT,
        mapping_attribute_lookup=False,
    )
    try:
        with decimal.localcontext(_EXACT):
            rule = Rule(expression.source, context=context)
    except (errors.EngineError, ArithmeticError, RecursionError, ValueError, TypeError) as fault:
        raise ExpressionFault(f"'{expression.source}' cannot be read ({_reason(fault)}).") from fault
    check_node(rule.statement.expression)
    return rule


def _reason(fault: Exception) -> str:
    reason = str(getattr(fault, "message", "")) or type(fault).__name__
    if "type mismatch" in reason:
        return f"{reason}; {MIXED}"
    # The library counts lines of the expression, which a reader would take for lines of the file.
    return re.sub(r"syntax error at: line \d+:(\d+)", r"syntax error near character \1", reason)


def _resolve(values: Mapping[str, Any], name: str) -> Any:
    if name in FUNCTIONS:
        return FUNCTIONS[name]
    value = values.get(name)
    if value is None:
        raise Unanswered(name)
    return value


def _values(expression: Expression, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that are read, as the evaluator's own types; what cannot be one is absent."""
    return {name: functions.native(type_, answers.get(name)) for name, type_ in expression.types}


def _truth(node: Any, values: dict[str, Any]) -> bool | None:
    """Three-valued logic: `None` is "not known", because an answer is absent."""
    if isinstance(node, ast.LogicExpression):
        stop = node.type == "or"
        sides = (_truth(side, values) for side in (node.left, node.right))
        first = next(sides)
        if first is stop:
            return stop
        second = next(sides)
        return stop if second is stop else (None if None in (first, second) else not stop)
    if isinstance(node, ast.UnaryExpression):
        inner = _truth(node.right, values)
        return None if inner is None else not inner
    try:
        return bool(node.evaluate(values))
    except (Unanswered, errors.EngineError, ArithmeticError):
        return None
