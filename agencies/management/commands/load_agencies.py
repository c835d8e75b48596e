"""`manage.py load_agencies`: the shipped agencies, sites, regions and holidays."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agencies.directory import DirectoryError
from agencies.loader import load_all


class Command(BaseCommand):
    """Idempotent: says how many rows were written."""

    help = "Load agencies, sites, regions and holidays; what is already there stays."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Load, or fail with file, line and reason."""
        try:
            done = load_all()
        except DirectoryError as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(
            f"agencies {done.agencies}, sites {done.sites}, regions {done.regions}, holidays {done.holidays} written"
        )
