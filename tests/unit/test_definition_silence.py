"""The rules on silence are written out or inherited with their law; systems are named by the names of outages."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.catalogue import SERVICES
from tests.definitions import AGENCIES, BASE, faults_in, shipped
from workflows.definition.canonical import definition_from_body
from workflows.definition.components import shipped as stated_by_agencies
from workflows.definition.components import with_silence
from workflows.definition.folder import CATALOGUE, read_folder
from workflows.definition.kinds import DeemedRule, Silence
from workflows.definition.parse import parse_definition
from workflows.definition.validate import faults_of

DOKTER = "DPMPTSP-SIP-DOKTER"
TEXT = (CATALOGUE / f"{DOKTER}.toml").read_text("utf-8")
MUTE = {code: {} for code in AGENCIES}
"""Agencies that state nothing of themselves."""


def test_every_shipped_definition_says_what_silence_means_and_by_which_law() -> None:
    definitions = SERVICES.values()
    assert len(definitions) == 203
    for one in definitions:
        assert one.term.deemed_law, one.code
        assert all(asked.silence_law for asked in one.recommenders), one.code


def test_rule_of_the_agency_is_inherited_with_its_law_and_its_own_rule_wins() -> None:
    law = stated_by_agencies()["DPMPTSP"]["silence_law"]
    [asked] = shipped(DOKTER).recommenders
    assert (asked.silence, asked.silence_law) == (Silence.ESCALATE, law)
    own = TEXT.replace("[[recommenders]]", '[[recommenders]]\nsilence = "proceed"\nsilence_law = "Perbup 5/2024"', 1)
    [asked] = parse_definition(own, file="x").recommenders
    assert (asked.silence, asked.silence_law) == (Silence.PROCEED, "Perbup 5/2024")


def test_definition_of_an_agency_without_rules_is_refused_where_it_states_none() -> None:
    mute = parse_definition(TEXT, file="x", components=MUTE)
    told = {fault.path: fault.sentence for fault in faults_of(mute, agencies=AGENCIES)}
    assert told["recommenders[1].silence"].startswith("The rule on silence is missing")
    assert told["term.deemed"].startswith("The rule on silence is missing")
    assert "is missing" not in str(faults_of(shipped(DOKTER), agencies=AGENCIES))


def test_body_without_its_rules_is_given_those_of_the_agency_when_it_is_published() -> None:
    bare = dict(BASE) | {"recommenders": [{"agency": "DINKES", "term_days": 1}]}
    assert definition_from_body(bare).recommenders[0].silence_law == ""
    assert definition_from_body(with_silence(bare)).recommenders[0].silence_law


def test_grant_by_silence_never_rests_on_the_law_that_the_agency_names_for_waiting(tmp_path: Path) -> None:
    text = TEXT.replace("[term]", '[term]\ndeemed = "granted"', 1)
    assert DeemedRule.GRANTED == "granted"
    sentences = [fault.sentence for fault in faults_in(tmp_path, DOKTER, text)]
    assert sentences == ["A grant by silence needs its law."]


def test_check_catalogue_counts_by_rule_and_by_who_states_it(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("check_catalogue")
    told = capsys.readouterr().out
    assert "silence     escalate/agency 139  proceed/own 12" in told
    assert "deemed      granted/own 2  none/agency 201" in told


def test_wrong_name_of_a_system_is_refused_with_file_and_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = TEXT.replace("category =", 'depends_on = ["OSS", "SIAKK"]\ncategory =', 1)
    [fault] = faults_in(tmp_path, DOKTER, text)
    line = next(n for n, words in enumerate(text.splitlines(), start=1) if "SIAKK" in words)
    assert (fault.line, fault.path) == (line, "depends_on[2]")
    assert "did you mean 'SIAK'?" in fault.sentence
    with pytest.raises(CommandError):
        call_command("check_catalogue", str(tmp_path))
    assert f"{DOKTER}.toml:{line}" in capsys.readouterr().err


def test_right_names_and_the_system_of_the_product_are_accepted(tmp_path: Path) -> None:
    text = TEXT.replace("category =", 'depends_on = ["OSS", "SIAK"]\ncategory =', 1)
    assert parse_definition(text, file="x").systems == {"OSS", "SIAK"}
    (tmp_path / f"{DOKTER}.toml").write_text(text, "utf-8")
    assert read_folder(tmp_path, agencies=AGENCIES)
