"""On which line of a TOML file does each part of it begin?

`tomllib` forgets positions. This small walk over a text that `tomllib` has accepted brings them back,
so it may trust the grammar and look only for what opens, closes and separates.
"""

import re
from collections import Counter

from workflows.definition.faults import Fault

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_STRING = re.compile(r'"""(?:\\.|.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\])*"|\'[^\']*\'', re.DOTALL)
_KEY = re.compile(r'(?:"(?:\\.|[^"\\])*"|\'[^\']*\'|[A-Za-z0-9_-]+)')
_SCALAR = re.compile(r"[^,\]\}\n#]*")


def line_map(text: str) -> dict[str, int]:
    """The line (from 1) of every path in `text`, which must be valid TOML."""
    return _Walk(text).lines


def located(faults: list[Fault], text: str, file: str) -> list[Fault]:
    """The faults with their file and line; a missing part is shown where its parent begins."""
    if not faults:
        return []
    lines = line_map(text)
    return sorted((fault.at(file, _line(fault.path, lines)) for fault in faults), key=_order)


def _order(fault: Fault) -> tuple[int, str, str]:
    return fault.line, fault.path, fault.sentence


def _line(path: str, lines: dict[str, int]) -> int:
    while path and path not in lines:
        path = re.sub(r"(\.[^.\[\]]*|\[\d+\]|^[^.\[\]]+)$", "", path)
    return lines.get(path, 1)


class _Walk:
    """One pass over the text; `lines` is what it found."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.lines: dict[str, int] = {}
        self._counts: Counter[str] = Counter()
        prefix = ""
        self._blank()
        while self.at < len(text):
            if text[self.at] == "[":
                prefix = self._header()
            else:
                self._pair(prefix)
            self._blank()

    def _blank(self) -> None:
        match = _BLANK.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def _mark(self, path: str) -> None:
        self.lines.setdefault(path, self.text.count("\n", 0, self.at) + 1)

    def _header(self) -> str:
        many = self.text.startswith("[[", self.at)
        start, self.at = self.at, self.at + (2 if many else 1)
        keys = self._keys()
        end = self.text.index("]", self.at) + (2 if many else 1)
        self.at = start
        path = ""
        for depth, key in enumerate(keys, start=1):
            path = f"{path}.{key}" if path else key
            if many and depth == len(keys):
                self._mark(path)
                self._counts[path] += 1
            if self._counts[path]:
                path = f"{path}[{self._counts[path]}]"
        self._mark(path)
        self.at = end
        return path

    def _keys(self) -> list[str]:
        keys: list[str] = []
        while True:
            self._blank()
            match = _KEY.match(self.text, self.at)
            if match is None:
                return keys
            keys.append(match.group().strip("\"'"))
            self.at = match.end()
            self._blank()
            if not self.text.startswith(".", self.at):
                return keys
            self.at += 1

    def _pair(self, prefix: str) -> None:
        start = self.at
        path = ".".join([prefix, *self._keys()] if prefix else self._keys())
        end, self.at = self.at, start
        self._mark(path)
        self.at = end
        self.at = self.text.index("=", self.at) + 1
        self._value(path)

    def _value(self, path: str) -> None:
        self._blank()
        opener = self.text[self.at : self.at + 1]
        if opener == "[":
            self._list(path)
        elif opener == "{":
            self._table(path)
        else:
            match = _STRING.match(self.text, self.at) or _SCALAR.match(self.text, self.at)
            self.at = match.end() if match else len(self.text)

    def _list(self, path: str) -> None:
        self.at += 1
        count = 0
        while self._more("]"):
            count += 1
            self._mark(f"{path}[{count}]")
            self._value(f"{path}[{count}]")

    def _table(self, path: str) -> None:
        self.at += 1
        while self._more("}"):
            self._pair(path)

    def _more(self, closer: str) -> bool:
        """Step over a separator; `False` (and past the closer) at the end of the collection."""
        self._blank()
        if self.text.startswith(",", self.at):
            self.at += 1
            self._blank()
        if self.at >= len(self.text) or self.text.startswith(closer, self.at):
            self.at += 1
            return False
        return True
