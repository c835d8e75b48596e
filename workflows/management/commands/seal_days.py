"""`manage.py seal_days`: give every day of the log that is over its root."""

from typing import Any

from django.core.management.base import BaseCommand

from workflows.trail import anchoring


class Command(BaseCommand):
    help = "Seal every day that is over and has no root yet."

    def handle(self, *args: Any, **options: Any) -> None:
        """Seal, and say how many."""
        self.stdout.write(f"{anchoring.seal_days()} days sealed")
