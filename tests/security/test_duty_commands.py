"""No command and no task takes a part in a case: called where there is work, and nothing is decided."""

import inspect
from typing import Any

import pytest
from django.core.management import call_command, get_commands, load_command_class

from mall.celery import app
from tests.engine import ADVISED, played
from tests.security import table
from workflows.cases.models import Case, Duty
from workflows.trail.models import Event

pytestmark = pytest.mark.django_db
DUTIES = table.read("duties")


def facts() -> list[Any]:
    """All that a duty would change."""
    duties = sorted(Duty.objects.values_list("case", "human", "duty"))
    states = sorted(Case.objects.values_list("pk", "state"))
    decided = Event.objects.filter(kind__in=["case.approved", "case.refused", "recommendation.given"]).count()
    return [duties, states, decided]


def test_commands_take_no_duty_and_decide_nothing() -> None:
    """Those that only read are called; those that play a case by a cast have a test of their own."""
    played("DPMPTSP-SIP-DOKTER", *ADVISED)
    before = facts()
    for name, words in DUTIES["called"].items():
        call_command(name, *words)
    assert facts() == before


def test_commands_that_are_not_called_name_no_service_that_takes_a_duty() -> None:
    # A cast of their own, or rows of invented cases.
    casting = {
        "canary",
        "load_demo",
        "sample_letters",
        "seed_history",
        "bench_transparency",
    }
    for name in set(DUTIES["commands"]["none"]) - set(DUTIES["called"]) - casting:
        home = get_commands()[name]
        source = inspect.getsource(inspect.getmodule(load_command_class(str(home), name)))  # type: ignore[arg-type]
        assert "cases" not in source, name
        assert "duties" not in source, name


def test_tasks_take_no_duty_and_decide_nothing() -> None:
    played("DPMPTSP-SIP-DOKTER", *ADVISED)
    before = facts()
    app.loader.import_default_modules()
    for name in DUTIES["tasks"]["none"]:
        given = [("default",), ("documents",)] if name == "trail.drain" else [()]
        for words in given:
            app.tasks[name].apply(words)
    assert facts() == before
