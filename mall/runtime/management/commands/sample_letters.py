"""`manage.py sample_letters DIR`: one letter of each kind, for a lawyer to read."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from mall.demo import letters


class Command(BaseCommand):
    """Plays trial cases, writes their letters as PDF, and takes the cases back."""

    help = "Write a refusal, answers, a deemed grant and receipts of trial cases into a folder. Nothing else stays."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The folder."""
        parser.add_argument("folder", type=Path, metavar="DIR")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write them and say where."""
        for path in letters.write(options["folder"]):
            self.stdout.write(str(path))
