"""The agency files, read and checked, without a database.

`agencies/catalogue/agencies.toml`, `oversight.toml` and `sites.toml` are written by people, so a fault is told with
file, line and reason.
"""

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import time
from pathlib import Path
from typing import Any

from agencies.choices import AgencyKind, AnswersBy

FOLDER = Path(__file__).parent / "catalogue"
AGENCIES_FILE = FOLDER / "agencies.toml"
OVERSIGHT_FILE = FOLDER / "oversight.toml"
SITES_FILE = FOLDER / "sites.toml"

WEEKDAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
TEXTS = ("complaints", "facilities", "competence", "supervision", "guarantee", "safety", "evaluation")
RULES = {"silence": ("escalate", "proceed"), "deemed": ("none", "granted")}
"""The two rules on silence, with what each may be: of an agency that is asked, and of the office that decides."""
COMPONENTS = frozenset({*TEXTS, "legal_basis", "staff", "sample", *RULES, *(f"{rule}_law" for rule in RULES)})
"""What a service inherits: the eight internal components, the complaint channel, the sample mark, and the rules."""
NAMES = frozenset({"name_id", "name_en", "role"})
HEAD = NAMES | {"kind"}
OPTIONAL = frozenset({"phone", "answers_by"})
KINDS = tuple(kind for kind in AgencyKind.values if kind != AgencyKind.OVERSIGHT)


class DirectoryError(ValueError):
    """A fault in an agency file: `file:line: reason`."""


@dataclass(frozen=True, slots=True)
class AgencyEntry:
    """One agency of the file, its components complete."""

    code: str
    name_id: str
    name_en: str
    kind: str
    role: str
    phone: str
    component_defaults: dict[str, Any]
    answers_by: str = AnswersBy.SCREEN.value

    @property
    def digest(self) -> str:
        """SHA-256 of everything it says."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class SiteEntry:
    """One site of the file; `hours` maps a weekday (0 is Monday) to opening and closing time, WIB."""

    code: str
    name: str
    address: str
    hours: dict[int, tuple[time, time]]


def read_agencies(path: Path = AGENCIES_FILE) -> tuple[AgencyEntry, ...]:
    """All agencies in the order of the file; `DirectoryError` for the first fault."""
    source = _Source(path)
    defaults = source.data.get("defaults", {})
    return tuple(_agency(source, code, body, defaults) for code, body in source.tables("agency"))


def read_oversight(path: Path = OVERSIGHT_FILE) -> tuple[AgencyEntry, ...]:
    """Those who watch over the mall. They serve nobody there, so they have no components of a standard."""
    source = _Source(path)
    return tuple(_overseer(source, code, body) for code, body in source.tables("agency"))


def read_sites(path: Path = SITES_FILE) -> tuple[SiteEntry, ...]:
    """All sites in the order of the file; `DirectoryError` for the first fault."""
    source = _Source(path)
    return tuple(_site(source, code, body) for code, body in source.tables("site"))


class _Source:
    """A parsed file that can say where something stands."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.text = path.read_text(encoding="utf-8")
        try:
            self.data: dict[str, Any] = tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as fault:
            raise DirectoryError(f"{path.name}: {fault}") from fault

    def tables(self, kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """The tables `[kind.CODE]`, in the order of the file."""
        found = self.data.get(kind, {})
        if not found:
            raise DirectoryError(f"{self.path.name}:1: no [{kind}.CODE] in this file")
        for code, body in found.items():
            if not isinstance(body, dict):
                raise self.fault(kind, code, "must be a table")
            yield code, body

    def fault(self, kind: str, code: str, reason: str) -> DirectoryError:
        """An error that names the line of the table's header."""
        header = f"[{kind}.{code}]"
        lines = self.text.splitlines()
        line = next((n for n, text in enumerate(lines, 1) if text.strip() == header), 1)
        return DirectoryError(f"{self.path.name}:{line}: {header}: {reason}")


def _agency(source: _Source, code: str, body: dict[str, Any], defaults: Mapping[str, Any]) -> AgencyEntry:
    kind = body.get("kind")
    if kind not in KINDS:
        raise source.fault("agency", code, f"kind must be one of {', '.join(KINDS)}")
    if unknown := set(body) - HEAD - OPTIONAL - COMPONENTS:
        raise source.fault("agency", code, f"unknown key {min(unknown)}")
    _require_texts(source, code, body, HEAD | (OPTIONAL & body.keys()))
    answers_by = body.get("answers_by", AnswersBy.SCREEN.value)
    if answers_by not in AnswersBy.values:
        raise source.fault("agency", code, f"answers_by must be one of {', '.join(AnswersBy.values)}")
    components = _components(body, defaults.get("all", {}), defaults.get(kind, {}))
    if reason := next(_component_faults(components), None):
        raise source.fault("agency", code, reason)
    return AgencyEntry(
        code=code,
        name_id=body["name_id"],
        name_en=body["name_en"],
        kind=kind,
        role=body["role"],
        phone=body.get("phone", ""),
        component_defaults=components,
        answers_by=answers_by,
    )


def _overseer(source: _Source, code: str, body: dict[str, Any]) -> AgencyEntry:
    if unknown := set(body) - NAMES:
        raise source.fault("agency", code, f"unknown key {min(unknown)}")
    _require_texts(source, code, body, NAMES)
    return AgencyEntry(code=code, kind=AgencyKind.OVERSIGHT, phone="", component_defaults={}, **body)


def _require_texts(source: _Source, code: str, body: dict[str, Any], keys: frozenset[str]) -> None:
    for key in sorted(keys):
        if not isinstance(body.get(key), str) or not body[key].strip():
            raise source.fault("agency", code, f"{key} must be a text")


def _components(body: dict[str, Any], general: dict[str, Any], by_kind: dict[str, Any]) -> dict[str, Any]:
    own = {key: value for key, value in body.items() if key in COMPONENTS}
    laws = [law for layer in (own, by_kind, general) for law in layer.get("legal_basis", [])]
    return general | by_kind | own | {"legal_basis": list(dict.fromkeys(laws))}


def _component_faults(components: Mapping[str, Any]) -> Iterator[str]:
    if unknown := set(components) - COMPONENTS:
        yield f"unknown component {min(unknown)}"
    for key in TEXTS:
        text = components.get(key)
        if not isinstance(text, dict) or not all(isinstance(text.get(tongue), str) for tongue in ("id", "en")):
            yield f"{key} needs a text in id and in en"
    laws = components.get("legal_basis")
    if not laws or not all(isinstance(law, str) for law in laws):
        yield "legal_basis needs at least one law"
    yield from _rule_faults(components)
    staff = components.get("staff")
    if not isinstance(staff, int) or isinstance(staff, bool) or staff < 1:
        yield "staff must be a whole number from 1"
    if not isinstance(components.get("sample"), bool):
        yield "sample must be true or false"


def _rule_faults(components: Mapping[str, Any]) -> Iterator[str]:
    """An agency may leave its rules to each service; what it states it states with the law."""
    for rule, allowed in RULES.items():
        stated, law = components.get(rule), components.get(f"{rule}_law")
        if stated is None and law is None:
            continue
        if stated not in allowed:
            yield f"{rule} must be one of {', '.join(allowed)}"
        if not isinstance(law, str) or not law.strip():
            yield f"{rule}_law must name the law of the rule"


def _site(source: _Source, code: str, body: dict[str, Any]) -> SiteEntry:
    try:
        hours = {WEEKDAYS.index(day): _opening(text) for day, text in body["hours"].items()}
        return SiteEntry(code, str(body["name"]), str(body["address"]), hours)
    except (KeyError, AttributeError) as fault:
        raise source.fault("site", code, "name, address and hours are needed") from fault
    except ValueError as fault:
        raise source.fault("site", code, f'hours look like senin = "08:00-14:00" ({fault})') from fault


def _opening(text: str) -> tuple[time, time]:
    opens, _dash, closes = text.partition("-")
    first, last = time.fromisoformat(opens), time.fromisoformat(closes)
    if first >= last:
        raise ValueError("closes before it opens")
    return first, last
