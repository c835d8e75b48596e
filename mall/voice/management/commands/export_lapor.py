"""`manage.py export_lapor FILE --since 2026-11-01 --until 2026-11-30`: complaints for SP4N-LAPOR!, as CSV or XLSX."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agencies import clock
from agencies.errors import Invalid
from mall.voice.complaints.services.exchanging import Chosen, as_csv, as_xlsx, export
from workflows.actors import Actor

WRITERS = {".csv": as_csv, ".xlsx": as_xlsx}


class Command(BaseCommand):
    help = "Write the complaints of some days to a file that people bring to SP4N-LAPOR!."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="where to; .csv or .xlsx")
        parser.add_argument("--since", type=date.fromisoformat, help="first day, else the first of this month")
        parser.add_argument("--until", type=date.fromisoformat, help="last day, else today")
        parser.add_argument("--again", action="store_true", help="also those that have a number already")

    def handle(self, *args: Any, **options: Any) -> None:
        target: Path = options["file"]
        write = WRITERS.get(target.suffix.lower())
        if write is None:
            raise CommandError("The file must end in .csv or .xlsx.")
        today = clock.today()
        chosen = Chosen(options["since"] or today.replace(day=1), options["until"] or today, options["again"])
        try:
            rows = export(by=Actor.system("lapor"), chosen=chosen)
        except Invalid as fault:
            raise CommandError(" ".join(one for said in fault.fields.values() for one in said)) from fault
        target.write_bytes(write(rows))
        self.stdout.write(f"{len(rows) - 1} complaints in {target.name}.")
