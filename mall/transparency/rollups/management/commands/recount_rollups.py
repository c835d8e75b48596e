"""`manage.py recount_rollups`: prove the roll-ups against the log, and put right what is wrong."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from mall.transparency.period import Month
from mall.transparency.rollups import recounting


class Command(BaseCommand):
    """Counts every month again, or one; ends with an error where a month was wrong."""

    help = "Count the roll-ups again from the log; a month that differs turns grey and is written anew."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One month, or all."""
        parser.add_argument("--month", help="e.g. 2026-11; every month where left out")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Count, and say what was wrong."""
        wanted = [_month(options["month"])] if options["month"] else list(recounting.months())
        found = [one for one in map(recounting.recount_month, wanted) if one]
        for one in found:
            self.stdout.write(f"{one.month:%Y-%m}: {one.differing} cells differed ({one.why})")
        self.stdout.write(f"{len(wanted)} months counted, {len(found)} were wrong")
        if found:
            raise CommandError("figures were wrong; they are right now, and grey until the next count")


def _month(text: str) -> Month:
    year, _dash, month = text.partition("-")
    if not (year.isdigit() and month.isdigit() and 1 <= int(month) <= 12):
        raise CommandError(f"not a month: {text}")
    return Month(int(year), int(month))
