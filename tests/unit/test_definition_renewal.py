"""What a definition may say of the time after the permit."""

import re
from pathlib import Path

import pytest

from agencies.errors import Invalid
from tests.definitions import AGENCIES, BASE, faults_in
from workflows.actors import Actor, ActorKind
from workflows.definition.canonical import definition_from_body
from workflows.definition.folder import CATALOGUE, read_file
from workflows.definition.model import Definition, Renewal
from workflows.definition.services import publish_version

DOKTER = "DPMPTSP-SIP-DOKTER"


def _text(renewal: str, *, validity: str = '{ kind = "years", amount = 5 }') -> str:
    """The shipped file with another `[renewal]` at its end, or none, and this validity."""
    text = (CATALOGUE / f"{DOKTER}.toml").read_text("utf-8")
    text = re.sub(r"^\[renewal\]\n(?:[^\[\n].*\n)*|^(?:validity|amendable) = .*\n", "", text, flags=re.MULTILINE)
    return text.replace("[product]\n", f"[product]\nvalidity = {validity}\n") + f"\n{renewal}\n"


def _read(tmp_path: Path, renewal: str) -> Definition:
    path = tmp_path / f"{DOKTER}.toml"
    path.write_text(_text(renewal), "utf-8")
    return read_file(path, tmp_path, agencies=AGENCIES)


def test_empty_table__means_the_same_service_and_the_usual_days(tmp_path: Path) -> None:
    definition = _read(tmp_path, "[renewal]")
    assert definition.renewal == Renewal(by="", opens_days=60, reminders=(60, 30, 7))
    assert definition_from_body(definition.body) == definition


def test_no_table__means_nothing_is_renewed(tmp_path: Path) -> None:
    assert _read(tmp_path, "").renewal is None


def test_another_service_of_the_catalogue__may_renew(tmp_path: Path) -> None:
    definition = _read(tmp_path, '[renewal]\nby = "DPMPTSP-APOTEK"\nreminders = []\n')
    assert definition.renewal == Renewal(by="DPMPTSP-APOTEK", reminders=())
    assert definition_from_body(definition.body) == definition


@pytest.mark.parametrize(
    ("renewal", "line", "said"),
    [
        ('[renewal]\nby = "DPMPTSP-APOTEKK"', "by =", "There is no service 'DPMPTSP-APOTEKK'; did you mean"),
        ("[renewal]\nopens_days = 0", "opens_days", "must be from 1 to 365, not 0."),
        ("[renewal]\nreminders = [7, 30]", "reminders", "must fall from the earliest to the last"),
        ("[renewal]\nreminders = [30, 30]", "reminders", "must fall from the earliest to the last"),
        ("[renewal]\nreminders = [6, 5, 4, 3, 2, 1]", "reminders", "has more than 5 items."),
        ("[renewal]\nopens_days = 20", "opens_days", ""),
        ("[renewal]\nopens_days = 20\nreminders = [30]", "reminders", "not before renewing opens."),
        ("[renewal]\nreminders = [0]", "reminders", "at least 1 day before the end"),
        ("[renewal]\nday = 1", "day = 1", "'day' is not known here."),
    ],
)
def test_renewal_that_cannot_be__is_refused_with_its_line(tmp_path: Path, renewal: str, line: str, said: str) -> None:
    text = _text(renewal)
    faults = faults_in(tmp_path, DOKTER, text)
    if said:
        where = {fault.line for fault in faults if said in fault.sentence}
        assert where
        assert all(line in text.splitlines()[at - 1] for at in where)
    else:
        assert [fault.path for fault in faults] == ["renewal.reminders[1]", "renewal.reminders[2]"]


@pytest.mark.parametrize("validity", ['{ kind = "lifetime" }', '{ kind = "phrase", phrase = "Untuk satu acara" }'])
def test_product_without_an_end__is_not_renewed(tmp_path: Path, validity: str) -> None:
    text = _text("[renewal]", validity=validity)
    [fault] = faults_in(tmp_path, DOKTER, text)
    assert fault.sentence == "A product without an end is not renewed."
    assert text.splitlines()[fault.line - 1] == "[renewal]"


@pytest.mark.parametrize("effect", ["copies", "revokes"])
def test_copy_or_revocation__is_neither_renewed_nor_amended(tmp_path: Path, effect: str) -> None:
    text = _text("[renewal]").replace("[product]\n", f'[product]\neffect = "{effect}"\namendable = true\n')
    assert {fault.path for fault in faults_in(tmp_path, DOKTER, text)} == {"renewal", "product.amendable"}


def test_question_answered_by_a_fact_of_another_type__is_refused(tmp_path: Path) -> None:
    text = _text("").replace('name = "nomor_str"', 'name = "nomor_str"\nfrom_permit = "issued_on"')
    [fault] = faults_in(tmp_path, DOKTER, text)
    assert fault.sentence == "The issued_on of a permit answers an open question of the type date."
    assert text.splitlines()[fault.line - 1] == 'from_permit = "issued_on"'


@pytest.mark.django_db
def test_designer_publishes_a_renewal_by_an_unknown_service__is_refused() -> None:
    designer = Actor(kind=ActorKind.USER, memberships=frozenset({("administrator", "DPMPTSP")}))
    with pytest.raises(Invalid) as found:
        publish_version(DOKTER, {**BASE, "renewal": {"by": "DPMPTSP-TIADA"}}, by=designer)
    assert list(found.value.fields) == ["renewal.by"]
