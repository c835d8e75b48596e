"""Whatever stands in a file: a definition, or faults that can be read; never another exception, never a hang."""

import contextlib
import json
import random
import time
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import catalogue
from tests.definitions import AGENCIES
from workflows.definition.answers import check_answers, fee_of, visible_fields
from workflows.definition.canonical import canonical, definition_from_body, digest
from workflows.definition.expressions import ExpressionFault, Incalculable, Unanswered, compile_expression
from workflows.definition.faults import DefinitionFaults, Fault
from workflows.definition.folder import CATALOGUE
from workflows.definition.lines import line_map
from workflows.definition.model import Definition, FieldType
from workflows.definition.parse import parse_definition
from workflows.definition.validate import faults_of

FILES = sorted(CATALOGUE.glob("*.toml"))
SERVICES = tuple(catalogue.SERVICES.values())
TOKENS = [
    "[", "]", "[[", "]]", "{", "}", '"', "'", '"""', "=", ",", ".", "\\", "#", "\n", "\t", "\x00", "\u202e", "é", "😀",
    "true", "false", "-1", "0", "99999999999999999999", "1e400", "inf", "nan", "2026-11-22", "07:32:00", "when",
    "fields", "[[fields]]", "[term]", "[product]", "kind", "options", 'when = "a.b"', "amount = 1", "= {}", "= []",
    "= [[]]", "{seq}", "{0}", "%s", "{{", "$now", "**", "=~", "(a+)+$", "x" * 5000,
]  # fmt: skip
QUICK = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def outcome(work: Callable[[], Definition]) -> tuple[Definition | None, list[Fault]]:
    """What came of it, within a second."""
    started = time.process_time()
    try:
        definition = work()
    except DefinitionFaults as found:
        return None, found.faults
    finally:
        assert time.process_time() - started < 1
    return definition, faults_of(definition, agencies=AGENCIES)


def read(text: str) -> Definition | None:
    """Parse and validate; faults must be printable and, from the parser, have a line inside the file."""
    definition, faults = outcome(lambda: parse_definition(text, file="f.toml"))
    assert definition or faults
    assert all(fault.sentence for fault in faults)
    if definition is None:
        assert all(1 <= fault.line <= text.count("\n") + 1 for fault in faults)
    return definition


def mutate_and_read(seed: int, count: int) -> None:
    dice = random.Random(seed)
    text = dice.choice(FILES).read_text("utf-8")
    for _ in range(count):
        at = dice.randrange(len(text) + 1)
        end = min(len(text), at + dice.choice([0, 0, 1, 3, 20, 200]))
        text = text[:at] + dice.choice([*TOKENS, ""]) + text[end:]
    definition = read(text)
    if definition is not None:
        assert definition_from_body(definition.body) == definition


MUTATIONS = {"seed": st.integers(0, 2**32), "count": st.integers(1, 6)}


@given(**MUTATIONS)
@settings(QUICK, max_examples=250)
def test_mutated_file__is_a_definition_or_faults(seed: int, count: int) -> None:
    mutate_and_read(seed, count)


@pytest.mark.long
@given(**MUTATIONS)
@settings(QUICK, max_examples=10_000)
def test_mutated_file__ten_thousand_times(seed: int, count: int) -> None:
    mutate_and_read(seed, count)


@given(seed=st.integers(0, 2**32))
@settings(QUICK, max_examples=150)
def test_shuffled_lines__are_a_definition_or_faults(seed: int) -> None:
    dice = random.Random(seed)
    lines = dice.choice(FILES).read_text("utf-8").split("\n")
    for _ in range(dice.randrange(1, 5)):
        lines.insert(dice.randrange(len(lines)), lines.pop(dice.randrange(len(lines))))
    read("\n".join(lines))


@given(text=st.text(max_size=400))
@settings(QUICK, max_examples=200)
def test_any_text__is_faults_or_a_definition(text: str) -> None:
    read(text)


ODD = st.text(st.characters(), max_size=30) | st.just("\ud800")
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | ODD
JSON = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4)
)


@given(index=st.integers(0, 202), path=st.lists(st.integers(0, 50), min_size=1, max_size=4), value=JSON)
@settings(QUICK, max_examples=250)
def test_body_with_any_value_anywhere__is_a_definition_or_faults(index: int, path: list[int], value: object) -> None:
    body = json.loads(json.dumps(SERVICES[index].body))
    spot: object = body
    for depth, step in enumerate(path):
        keys = list(spot) if isinstance(spot, dict) else list(range(len(spot))) if isinstance(spot, list) else []
        if not keys:
            break
        key = keys[step % len(keys)]
        if depth == len(path) - 1:
            spot[key] = value  # type: ignore[index]
        else:
            spot = spot[key]  # type: ignore[index]
    definition, faults = outcome(lambda: definition_from_body(body))
    assert definition or faults
    if definition is not None:
        assert len(digest(definition.body)) == 64


WORDS = st.sampled_from([
    "a", "n", "b", "d", "c", "and", "or", "not", "in", "true", "false", "null", "for", "if", "(", ")", "[", "]",
    "{", "}", ",", "?", ":", "==", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/", "//", "%", "**", ".", "&", "|",
    "^", "<<", ">>", "=~", "!~", "??", "$now", "$re_groups", "min", "max", "round", "days", "0", "1", "0.1", "1e9",
    "1e999", "inf", "nan", "'x'", '"y"', "r'\\'", "b'x'", "d'2026'", "t'P1D'", "#", "\\", "\n",
])  # fmt: skip
TYPES = {
    "a": FieldType.TEXT,
    "n": FieldType.DECIMAL,
    "b": FieldType.BOOLEAN,
    "d": FieldType.DATE,
    "c": FieldType.CHOICE,
}


@given(
    words=st.lists(WORDS, max_size=60),
    glue=st.sampled_from(["", " ", "  "]),
    kind=st.sampled_from(["bool", "decimal"]),
    answers=st.fixed_dictionaries({}, optional=dict.fromkeys(TYPES, JSON)),
)
@settings(QUICK, max_examples=600)
def test_any_expression__ends_quickly_in_a_value_or_a_fault(
    words: list[str], glue: str, kind: str, answers: dict[str, object]
) -> None:
    started = time.process_time()
    with contextlib.suppress(ExpressionFault, Unanswered, Incalculable):
        compile_expression(glue.join(words), fields=TYPES, kind=kind).evaluate(answers)  # type: ignore[arg-type]
    assert time.process_time() - started < 1


@given(source=st.text(max_size=300))
@settings(QUICK, max_examples=200)
def test_any_text_as_expression__is_a_fault_or_an_expression(source: str) -> None:
    with contextlib.suppress(ExpressionFault):
        assert compile_expression(source, fields=TYPES, kind="bool").names


@given(index=st.integers(0, 202), data=st.data())
@settings(QUICK, max_examples=200)
def test_any_answers__give_clean_values_or_sentences(index: int, data: st.DataObject) -> None:
    definition = SERVICES[index]
    raw = data.draw(st.fixed_dictionaries({}, optional={field.name: JSON for field in definition.fields}))
    clean, errors = check_answers(definition, raw, regions=set)
    shown = {field.name for field in visible_fields(definition, clean)}
    assert set(clean) <= shown
    assert not set(clean) & set(errors)
    assert all(isinstance(sentence, str) and sentence for told in errors.values() for sentence in told)
    assert check_answers(definition, clean, regions=set, partial=True) == (clean, {})
    json.dumps(clean)
    if not errors:
        fee_of(definition, clean)


@given(index=st.integers(0, 202), seed=st.integers(0, 2**16))
@settings(QUICK, max_examples=100)
def test_order_of_keys__does_not_matter(index: int, seed: int) -> None:
    def shuffled(value: object) -> object:
        if isinstance(value, dict):
            items = [(key, shuffled(inner)) for key, inner in value.items()]
            random.Random(seed).shuffle(items)
            return dict(items)
        return [shuffled(item) for item in value] if isinstance(value, list) else value

    body = SERVICES[index].body
    other = shuffled(body)
    assert isinstance(other, dict)
    assert canonical(other) == canonical(body)
    assert digest(definition_from_body(other).body) == digest(body)


def test_line_map__knows_every_line_of_every_file() -> None:
    for path in FILES:
        text = path.read_text("utf-8")
        lines = line_map(text)
        rows = text.split("\n")
        for where, line in lines.items():
            last = where.rsplit(".", 1)[-1].split("[")[0]
            assert last in rows[line - 1] or where.endswith("]"), (path.name, where, line)


def test_line_map__of_awkward_but_valid_toml() -> None:
    text = (
        '# a\nx."y z" = """\n[no]\n= "\n"""\nl = [ # c\n  { a = 1, b = [2,\n 3] }, \'[\',\n]\n'
        "[[t.u]]\nq = 1\n[[t.u]]\nq = 2\n[t.u.v]\nw = 3"
    )
    lines = line_map(text)
    assert lines["x.y z"] == 2
    assert lines["l[1].b[2]"] == 8
    assert lines["l[2]"] == 8
    assert lines["t.u[1].q"] == 11
    assert lines["t.u[2].q"] == 13
    assert lines["t.u[2].v.w"] == 15
