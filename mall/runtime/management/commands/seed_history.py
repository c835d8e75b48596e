"""`manage.py seed_history`: years of invented cases for figures, benchmarks and demonstrations."""

import time
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import ProgrammingError, connection

from agencies import clock
from mall.history import seeding
from mall.transparency.rollups import recounting


class Command(BaseCommand):
    help = "Write a history of closed cases by COPY, then count the roll-ups. Refused outside the demo."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many, of which seed, over how many years up to which day."""
        parser.add_argument("--cases", type=int, required=True)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--years", type=int, default=3)
        parser.add_argument("--schemes", type=int, default=0, help="officers who ask for money, among colleagues")
        parser.add_argument("--until", type=date.fromisoformat, help="last day, e.g. 2026-10-31; yesterday if left out")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write, count, and say how long both took."""
        if not getattr(settings, "MALL_MAY_PRETEND", False):
            raise CommandError("Invented cases belong in the demo only.")
        if options["cases"] < 1 or options["years"] < 1:
            raise CommandError("at least one case and one year")
        until = options["until"] or date.fromordinal(clock.today().toordinal() - 1)
        begin, own = time.monotonic(), time.process_time()
        try:
            history = seeding.History(options["cases"], options["seed"], options["years"], until, options["schemes"])
            seeding.seed(history)
        except LookupError as error:
            raise CommandError(str(error)) from error
        except ProgrammingError as error:
            raise CommandError(f"only the owner of the tables may load a history: {error}") from error
        written, own = time.monotonic() - begin, time.process_time() - own
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        begin = time.monotonic()
        recounting.rebuild()
        counted = time.monotonic() - begin
        rate = options["cases"] / written
        self.stdout.write(f"{options['cases']} cases in {written:.1f} s ({rate:.0f}/s, {own:.1f} s of this processor)")
        self.stdout.write(f"roll-ups counted in {counted:.1f} s")
