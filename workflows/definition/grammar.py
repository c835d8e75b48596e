"""What may be written in an expression: the words, and the shapes of the parsed tree.

Two nets, because the library understands far more than a definition may say: the text is cut into
allowed words before the library sees it, and the tree that it built is checked node by node.
"""

import difflib
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final, Literal

from rule_engine import ast

from workflows.definition import functions
from workflows.definition.functions import FUNCTIONS

Kind = Literal["bool", "decimal"]

MAX_LENGTH: Final = 400
MAX_TOKENS: Final = 120
MAX_DEPTH: Final = 12
MIXED: Final = "it mixes types: compare and calculate like with like"

_TOKEN = re.compile(
    r"""(?P<space>\ +)
      | (?P<number>\d{1,15}(\.\d{1,6})?(?![\w.]))
      | (?P<string>"[^"\\\n]{0,80}"|'[^'\\\n]{0,80}')
      | (?P<name>[a-z][a-z0-9_]{0,59}(?!["'\w]))
      | (?P<open>[(\[])
      | (?P<close>[)\]])
      | (?P<operator>==|!=|<=|>=|<(?!<)|>(?!>)|\*(?!\*)|/(?!/)|[-+%,?:])""",
    re.VERBOSE,
)
_WORDS: Final = frozenset({"and", "or", "not", "in", "true", "false"})
_RESERVED: Final = _WORDS | frozenset({"for", "if", "null", "inf", "nan", "elif", "else", "while"})


_SLIPS: Final = {"=": "; to compare, write '=='", "^": "; there is no power", "&": "; write 'and'", "|": "; write 'or'"}


def nearest(word: str, known: Iterable[str]) -> str:
    """What the author may have meant, as the end of a sentence; empty when nothing is near."""
    near = difflib.get_close_matches(word, list(known), n=1)
    return f"; did you mean '{near[0]}'?" if near else ""


class ExpressionFault(ValueError):
    """The expression cannot be used; the message is a sentence for the service designer."""


def reserved_names() -> frozenset[str]:
    """Words that mean something in an expression and so may not name a field."""
    return _RESERVED | frozenset(FUNCTIONS)


def names_in(source: str) -> set[str]:
    """Check the grammar's outer bounds and collect the fields that are named."""
    if not source.strip():
        raise ExpressionFault("the expression is empty.")
    if len(source) > MAX_LENGTH:
        raise ExpressionFault(f"the expression is longer than {MAX_LENGTH} characters.")
    names: set[str] = set()
    depth = count = 0
    for match in _tokens(source.strip()):
        kind, word = match.lastgroup, match.group()
        depth += (kind == "open") - (kind == "close")
        count += kind != "space"
        if depth > MAX_DEPTH or count > MAX_TOKENS:
            raise ExpressionFault("the expression is too deep or too long; split it over two fields.")
        if kind == "name" and word not in _WORDS:
            names |= _name(word, called=_is_called(match))
    return names


def _tokens(source: str) -> Iterator[re.Match[str]]:
    at = 0
    while at < len(source):
        match = _TOKEN.match(source, at)
        if match is None:
            hint = _SLIPS.get(source[at], "")
            raise ExpressionFault(f"'{source[at : at + 12]}' is not allowed at character {at + 1}{hint}.")
        yield match
        at = match.end()


def _is_called(match: re.Match[str]) -> bool:
    return match.string[match.end() :].lstrip(" ").startswith("(")


def _name(word: str, *, called: bool) -> set[str]:
    if word in _RESERVED:
        raise ExpressionFault(f"the word '{word}' is not allowed.")
    if called != (word in FUNCTIONS):
        sentence = f"there is no function '{word}'." if called else f"'{word}' needs its arguments."
        raise ExpressionFault(sentence)
    return set() if called else {word}


def check_kind(node: Any, kind: Kind) -> None:
    wanted = functions.BOOLEAN if kind == "bool" else functions.NUMBER
    if node.result_type != wanted:
        raise ExpressionFault("the result must be " + ("yes or no." if kind == "bool" else "a number."))


_PAIRS = (
    ast.ComparisonExpression,
    ast.ArithmeticComparisonExpression,
    ast.ArithmeticExpression,
    ast.AddExpression,
    ast.SubtractExpression,
)
_LEAVES = (ast.SymbolExpression, ast.FloatExpression, ast.StringExpression, ast.BooleanExpression)


def check_node(node: Any) -> None:
    """Refuse every construct that is not named here, and every mixture of types."""
    if isinstance(node, _LEAVES):
        return
    for child in _children(node):
        check_node(child)


def _children(node: Any) -> tuple[Any, ...]:
    match node:
        case ast.LogicExpression():
            return _of_type(functions.BOOLEAN, node.left, node.right)
        case ast.UnaryExpression():
            wanted = functions.BOOLEAN if node.type == "not" else functions.NUMBER
            return _of_type(wanted, node.right)
        case ast.TernaryExpression():
            _of_type(functions.BOOLEAN, node.condition)
            _of_type(node.case_true.result_type, node.case_false)
            return (node.condition, node.case_true, node.case_false)
        case ast.ContainsExpression():
            return (node.member, *_members(node))
        case ast.FunctionCallExpression():
            return tuple(node.arguments)
        case ast.FuzzyComparisonExpression():
            raise ExpressionFault("patterns are not allowed.")
        case node if type(node) in _PAIRS:
            return _of_type(node.left.result_type, node.left, node.right)
    raise ExpressionFault("this kind of expression is not allowed.")


def _of_type(wanted: Any, *nodes: Any) -> tuple[Any, ...]:
    if any(node.result_type != wanted for node in nodes):
        raise ExpressionFault(f"{MIXED}.")
    return nodes


def _members(node: Any) -> tuple[Any, ...]:
    if not isinstance(node.container, ast.ArrayExpression) or not node.container.value:
        raise ExpressionFault('\'in\' needs a list such as ["a", "b"].')
    return _of_type(node.member.result_type, *node.container.value)


def compared(node: Any) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.ComparisonExpression):
        yield from _pair(node.left, node.right)
        yield from _pair(node.right, node.left)
    if isinstance(node, ast.ContainsExpression):
        for member in node.container.value:
            yield from _pair(node.member, member)
    if not isinstance(node, _LEAVES):
        for child in _children(node):
            yield from compared(child)


def _pair(symbol: Any, literal: Any) -> Iterator[tuple[str, str]]:
    if isinstance(symbol, ast.SymbolExpression) and isinstance(literal, ast.StringExpression):
        yield symbol.name, literal.value
