"""Takes people's data out of log lines, in case something put it there."""

import re
from collections.abc import MutableMapping
from typing import Any

_NUMBER = re.compile(r"(?<![0-9a-fA-F-])\d{16}(?![0-9a-fA-F-])")
_PHONE = re.compile(r"(?<![0-9a-fA-F-])(?:\+62|62|0)8\d{7,11}(?![0-9a-fA-F-])")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
# Whoever has such an address may act by it: an agency's answer, a reporter's page.
_LINK = re.compile(r"(/(?:jawab|lapor-pungutan/l|pengaduan/l|permintaan-informasi/l)/)[\w-]+")
# PostgreSQL repeats the values of the offending row behind this word.
_DETAIL = re.compile(r"DETAIL:.*")


def masked(text: str) -> str:
    """`text` with NIK, KK and phone numbers, e-mail addresses, secret links and PostgreSQL's row details replaced."""
    text = _LINK.sub(r"\1[link]", _DETAIL.sub("DETAIL: [masked]", text))
    return _EMAIL.sub("[email]", _PHONE.sub("[phone]", _NUMBER.sub("[nik]", text)))


def mask(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Mask every text of a log event, and what would become one, such as a request; a structlog processor."""
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = masked(value)
        elif not isinstance(value, int | float | list | tuple | dict | None):
            event[key] = masked(repr(value))
    return event
