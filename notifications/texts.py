"""Turns a text and its facts into a message. One file for each text and language; plain, so nothing is escaped."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.template import Context, Engine

FOLDER = Path(__file__).parent / "templates"
SUBJECTS = {"id": "Permohonan {reference}", "en": "Application {reference}"}
"""The receipt number only: a subject is shown on locked screens and kept by every mail server on the way."""


@dataclass(frozen=True, slots=True)
class Written:
    """A message as it will be kept and sent."""

    subject: str
    title: str
    body: str


@cache
def _engine() -> Engine:
    return Engine(dirs=[str(FOLDER)], autoescape=False)


def write(template: str, language: str, facts: dict[str, Any], subject: str = "") -> Written:
    """The message of that text; its first line is the title. No query."""
    whole = _engine().get_template(f"messages/{template}.{language}.txt").render(Context(facts, autoescape=False))
    title, _line, body = re.sub(r"\n{3,}", "\n\n", whole).strip().partition("\n")
    return Written(subject or SUBJECTS[language].format(reference=facts["reference"]), title.strip(), body.strip())
