"""`manage.py load_catalogue [FOLDER]`: publish what is new in the folder; again is harmless."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workflows.definition.faults import DefinitionFaults
from workflows.definition.services import load_catalogue


class Command(BaseCommand):
    help = "Load the definitions of a folder (default: the shipped catalogue) by digest."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, help="default: the shipped catalogue")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = load_catalogue(options["folder"])
        except DefinitionFaults as found:
            for fault in found.faults:
                self.stderr.write(str(fault))
            raise CommandError(f"{len(found.faults)} faults; nothing was loaded.") from None
        self.stdout.write(
            f"created {report.created}, new versions {report.new_versions}, "
            f"unchanged {report.unchanged}, retired {report.retired}, held back {len(report.held)}"
        )
        for one in report.held:
            self.stdout.write(f"{one.code} stays a draft; samples: {', '.join(one.samples)}")
