"""`manage.py bench_transparency`: what a public page costs the database, beside the roll-ups and the raw log."""

import json
import os
import time
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from agencies import clock
from mall.history import seeding
from mall.releases.models import Release
from mall.releases.queries import of
from mall.transparency import sql
from mall.transparency.period import Month, midnight
from mall.transparency.rollups import queries, recounting
from workflows.cases.models import Case

YEAR = 12
ENOUGH = 0.4
"""Seconds of the server's processor that a figure stands on at least, for it is told in hundredths."""
SLUG = "bench"


class Command(BaseCommand):
    help = "Seed a history of each size and compare what a page of twelve months costs. Refused outside the demo."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The sizes, growing."""
        parser.add_argument("--cases", type=int, nargs="+", default=[20_000, 100_000])
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--until", type=date.fromisoformat, help="last day of the history; yesterday if left out")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Grow the history from size to size, and measure at each."""
        if not getattr(settings, "MALL_MAY_PRETEND", False):
            raise CommandError("Invented cases belong in the demo only.")
        until = options["until"] or date.fromordinal(clock.today().toordinal() - 1)
        for number, size in enumerate(options["cases"]):
            more, begin = size - Case.objects.count(), time.monotonic()
            if more > 0:
                seeding.seed(seeding.History(more, options["seed"] + number, 3, until))
            seeded, begin = time.monotonic() - begin, time.monotonic()
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
            recounting.rebuild()
            recounted = time.monotonic() - begin
            self.stdout.write(f"{Case.objects.count()} cases; {more} seeded in {seeded:.0f} s")
            self.stdout.write(f"  counted from the log in {recounted:.0f} s")
            self._compare(Month.of(until))

    def _compare(self, last: Month) -> None:
        """Milliseconds of PostgreSQL's processor for the same twelve months, three ways."""
        first = last.later(1 - YEAR)
        begin, end = midnight(first.first), midnight(last.later(1).first)
        with transaction.atomic():
            _publish(first, last)
            page = cost(lambda: of(SLUG, last.code))
            transaction.set_rollback(True)
        cells = cost(lambda: queries.counted(first, last))
        raw = cost(lambda: [sql.received(begin, end), sql.decided(begin, end)])
        self.stdout.write(f"  page from its release  {page:9.3f} ms")
        self.stdout.write(f"  roll-ups, to publish   {cells:9.3f} ms")
        self.stdout.write(f"  raw GROUP BY           {raw:9.3f} ms = {raw / page:.0f} x the page")


def _publish(first: Month, last: Month) -> None:
    """A release as large as that of these months, taken back afterwards."""
    rows = [json.loads(json.dumps(asdict(one), default=str)) for one in queries.counted(first, last)]
    Release.objects.create(
        dataset=SLUG,
        period=last.code,
        revision=1,
        published_at=clock.now(),
        published_by="bench",
        until=clock.now(),
        method="bench",
        body={"rows": rows},
        whole={},
        sha256="0" * 64,
    )


def cost(ask: Callable[[], object]) -> float:
    """Milliseconds of the server's processor for one question, over as many as it takes to tell."""
    ask()
    asked, begin = 0, spent()
    while (used := spent() - begin) < ENOUGH and asked < 20_000:
        ask()
        asked += 1
    return used * 1000 / asked


def spent() -> float:
    """Seconds that the server process of this connection has computed so far."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        stat = Path(f"/proc/{cursor.fetchone()[0]}/stat").read_text().rpartition(")")[2].split()
    return (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")
