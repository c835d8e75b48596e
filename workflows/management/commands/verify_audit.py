"""`manage.py verify_audit`: is the log still what its daily roots say?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workflows.trail import anchoring


class Command(BaseCommand):
    help = "Prove every sealed day against the log; exit 1 with the first bad day."

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the whole log once."""
        bad = anchoring.first_bad_day()
        if bad is not None:
            raise CommandError(f"The log is not what it was: first bad day {bad.isoformat()}")
        self.stdout.write("ok: every sealed day is borne out by the log")
