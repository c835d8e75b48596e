"""Questions that hang on questions that hang on questions."""

import pytest

from tests.unseen import (
    FOLDER,
)
from workflows.definition.answers import check_answers, visible_fields
from workflows.definition.queries import version_for_new_case
from workflows.definition.services import load_catalogue

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def loaded() -> None:
    """The folder is published beside the shipped catalogue."""
    load_catalogue(FOLDER)


def test_questions_upon_questions_upon_questions() -> None:
    asked = {
        said: set(visible(said)) & {"bencana", "tinggi_air", "foto_air"}
        for said in (
            ("lain", "banjir", "3"),
            ("bencana", "gempa", "3"),
            ("bencana", "banjir", "1"),
            ("bencana", "banjir", "3"),
        )
    }
    assert list(asked.values()) == [
        set(),
        {"bencana"},
        {"bencana", "tinggi_air"},
        {"bencana", "tinggi_air", "foto_air"},
    ]


def visible(said: tuple[str, str, str]) -> list[str]:
    """The questions asked after these three answers."""
    definition = version_for_new_case("DINSOS-RUMAHSINGGAH").definition
    given = dict(zip(("sebab", "bencana", "tinggi_air"), said, strict=True))
    clean, _faults = check_answers(definition, given, partial=True)
    return [one.name for one in visible_fields(definition, clean)]
