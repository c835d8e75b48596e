"""The league in public: rebuilt from its files by anybody, and only after the agencies have had their say."""

import csv
import io
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path
from random import Random

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from agencies import clock
from agencies.choices import Role
from agencies.errors import Conflict, Invalid, Refused
from mall.releases import datasets, publishing, queries
from mall.releases.datasets import Row
from mall.transparency.league import liga, services
from mall.transparency.league.declared import SLUG
from mall.transparency.league.machine import ContestState, RoundState
from mall.transparency.league.models import Contest, Round
from tests.cases import staff, text_of
from tests.october import lay_october
from tests.publishing import registered
from workflows.actors import Actor
from workflows.trail import folding
from workflows.trail.models import Event

BY = Actor.system("test")
QUARTER = "2026-Q4"
OPENED = datetime(2027, 1, 4, 6, 0, tzinfo=clock.WIB)
CLOSED = datetime(2027, 1, 12, 0, 0, tzinfo=clock.WIB)
"""Seven whole days after the fourth."""
AGENCIES = ("DPMPTSP", "DUKCAPIL", "DINKES", "DINSOS", "DISHUB", "DPUCKPP")


def made_up() -> list[Row]:
    """Decisions of six agencies, one of them bad, one small."""
    dice, rows = Random(7), []
    for agency in AGENCIES:
        for stratum, punctual in (("R0.1-3", 0.9), ("R1.4-7", 0.7)):
            decided = 9 if agency == "DISHUB" else dice.randint(80, 400)
            late = sum(dice.random() > punctual - (0.3 if agency == "DINSOS" else 0) for _one in range(decided))
            told = {"decided": decided, "on_time": decided - max(late, 5)}
            rows.append(Row({"agency": agency, "stratum": stratum}, told))
    return rows


@pytest.fixture
def published() -> Iterator[str]:
    """A league of made-up figures, published by the ordinary road."""
    whole = datasets.find(SLUG)
    try:
        with registered(replace(whole, rows=lambda _period: made_up(), must=None)), clock.pretend(OPENED):
            publishing.publish(SLUG, "2026-Q3", BY)
            datasets.register(whole)
            yield "2026-Q3"
    finally:
        datasets.register(whole)


def cells_of(page: str) -> list[list[str]]:
    """The rows of the table of the league: those with as many cells as the script writes."""
    rows = re.findall(r"<tr.*?</tr>", page, re.DOTALL)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
    told = [[unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in row] for row in cells]
    return [row for row in told if len(row) == len(liga.HEADER)][1:]


@pytest.mark.django_db
def test_idea_12_anybody_rebuilds_the_page_from_csv_and_script_bit_for_bit(published: str, tmp_path: Path) -> None:
    client = Client()
    page = text_of(client.get(f"/transparansi/liga/{published}/"))
    (tmp_path / "liga.py").write_bytes(client.get("/transparansi/liga/liga.py").content)
    (tmp_path / "data.csv").write_bytes(client.get(f"/data/{SLUG}/{published}/{SLUG}.csv").content)
    run = [sys.executable, "-I", "liga.py", "data.csv"]
    made = subprocess.run(run, cwd=tmp_path, capture_output=True, check=True)
    assert made.stdout == client.get(f"/transparansi/liga/{published}/liga.csv").content
    rows = list(csv.reader(io.StringIO(made.stdout.decode())))[1:]
    assert len(rows) == len(AGENCIES)
    assert cells_of(page) == rows
    groups = {row[1]: row[3] for row in rows}
    assert (groups["DINSOS"], groups["DISHUB"], groups["DUKCAPIL"] != liga.FEW) == (liga.BELOW, liga.FEW, True)


@pytest.mark.django_db
def test_the_script_needs_nothing_but_the_standard_library() -> None:
    imports = re.findall(r"^(?:from|import) (\w+)", Path(liga.__file__).read_text("utf-8"), re.MULTILINE)
    assert set(imports) <= set(sys.stdlib_module_names)


@pytest.mark.django_db
def test_anybody_reads_that_there_is_no_league_yet() -> None:
    assert "Belum ada liga" in text_of(Client().get("/transparansi/liga/"))
    assert Client().get("/transparansi/liga/2026-Q3/").status_code == 404


@pytest.fixture(scope="module")
def laid(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Cases decided around October, counted and published by month."""
    with django_db_blocker.unblock(), transaction.atomic():
        lay_october()
        with clock.pretend(OPENED):
            folding.fold()
            publishing.publish_due(by=BY)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def opened(laid: None) -> Iterator[Round]:
    """The draft of the last quarter of 2026, as the agencies see it on the fourth of January."""
    with transaction.atomic():
        with clock.pretend(OPENED):
            assert services.advance() == 1
        yield Round.objects.get(period=QUARTER)
        transaction.set_rollback(True)


def actor(role: str, agency: str) -> Actor:
    """Somebody with that role."""
    return Actor.of(staff(role, agency))


def contested(round_: Round, reason: str = "Dua keputusan tercatat dua kali") -> Contest:
    """The civil registry says what is wrong."""
    with clock.pretend(OPENED + timedelta(days=7)):
        return services.contest(round_id=round_.pk, agency="DUKCAPIL", reason=reason, by=actor(Role.HEAD, "DUKCAPIL"))


def test_a_draft_is_no_public_figure_until_its_seven_days_are_over(opened: Round) -> None:
    assert opened.closes_at == CLOSED
    for moment, moved in ((CLOSED - timedelta(seconds=1), 0), (CLOSED, 1)):
        with clock.pretend(moment):
            publishing.publish_due(by=BY)
            assert services.advance() == moved
            assert Client().get(f"/transparansi/liga/{QUARTER}/").status_code == (200 if moved else 404)
            assert Client().get(f"/data/{SLUG}/{QUARTER}/{SLUG}.csv").status_code == (200 if moved else 404)
    opened.refresh_from_db()
    assert (opened.state, opened.sha256) == (RoundState.PUBLISHED, queries.of(SLUG, QUARTER).sha256)


def test_a_league_waits_for_the_answer_to_every_contest_and_shows_both(opened: Round) -> None:
    contest = contested(opened)
    with clock.pretend(CLOSED + timedelta(days=30)):
        publishing.publish_due(by=BY)
        assert (services.advance(), queries.standing(SLUG, QUARTER)) == (0, None)
        manager = actor(Role.MANAGER, "DPMPTSP")
        services.answer(contest_id=contest.pk, accept=False, answer="Tidak ada yang tercatat dua kali", by=manager)
        assert services.advance() == 1
        page = text_of(Client().get(f"/transparansi/liga/{QUARTER}/"))
    assert "Dua keputusan tercatat dua kali" in page
    assert "Tidak ada yang tercatat dua kali" in page
    events = Event.objects.filter(subject_id=opened.pk).order_by("seq").values_list("kind", flat=True)
    assert list(events) == ["league.opened", "league.contested", "league.answered", "league.published"]
    assert not Event.objects.filter(subject_id=opened.pk, data__contains={"reason": contest.reason}).exists()


def test_a_contest_that_is_accepted_is_answered_once(opened: Round) -> None:
    contest, manager = contested(opened), actor(Role.MANAGER, "DPMPTSP")
    services.answer(contest_id=contest.pk, accept=True, answer="Benar, sudah diperbaiki", by=manager)
    with pytest.raises(Conflict):
        services.answer(contest_id=contest.pk, accept=False, answer="Tidak jadi", by=manager)
    contest.refresh_from_db()
    assert (contest.state, contest.answer) == (ContestState.ACCEPTED, "Benar, sudah diperbaiki")


def test_nobody_contests_too_late_or_without_a_reason_or_for_another_agency(opened: Round) -> None:
    head = actor(Role.HEAD, "DUKCAPIL")
    with clock.pretend(CLOSED), pytest.raises(Conflict):
        services.contest(round_id=opened.pk, agency="DUKCAPIL", reason="Terlambat", by=head)
    with clock.pretend(OPENED), pytest.raises(Invalid):
        services.contest(round_id=opened.pk, agency="DUKCAPIL", reason="  ", by=head)
    for who, agency in ((head, "DINKES"), (actor(Role.OFFICER, "DINKES"), "DINKES")):
        with clock.pretend(OPENED), pytest.raises(Refused):
            services.contest(round_id=opened.pk, agency=agency, reason="Bukan kami", by=who)


def test_nobody_answers_a_contest_of_her_own(opened: Round) -> None:
    user = staff(Role.MANAGER, "DPMPTSP")
    with clock.pretend(OPENED):
        own = services.contest(round_id=opened.pk, agency="DPMPTSP", reason="Keliru", by=Actor.of(user))
    for who in (Actor.of(user), actor(Role.HEAD, "DPMPTSP"), actor(Role.MANAGER, "DINKES")):
        with pytest.raises(Refused):
            services.answer(contest_id=own.pk, accept=True, answer="Benar", by=who)


def test_head_contests_and_manager_answers_on_their_pages(opened: Round) -> None:
    head, manager = Client(), Client()
    head.force_login(staff(Role.HEAD, "DUKCAPIL"))
    manager.force_login(staff(Role.MANAGER, "DPMPTSP"))
    with clock.pretend(OPENED):
        address = f"/transparansi/liga/konsep/{opened.pk}/"
        assert QUARTER[-1] in text_of(head.get("/transparansi/liga/konsep/"))
        assert "terlalu sedikit" in text_of(head.get(address))
        faulty = head.post(f"{address}sanggah/", {"agency": "DUKCAPIL", "reason": ""})
        assert (faulty.status_code, "Tulis apa yang keliru" in text_of(faulty)) == (422, True)
        assert "tidak wajib" not in text_of(faulty)
        assert head.post(f"{address}sanggah/", {"agency": "DUKCAPIL", "reason": "Keliru"}).status_code == 302
        contest = Contest.objects.get()
        reply = f"/transparansi/liga/sanggahan/{contest.pk}/jawab/"
        assert head.get(reply).status_code == 403
        assert reply in text_of(manager.get(address))
        assert manager.post(reply, {"accept": "0", "answer": "Sudah diperiksa"}).status_code == 302
        assert "Sudah diperiksa" in text_of(head.get(address))
