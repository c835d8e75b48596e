"""`manage.py check_catalogue [FOLDER]`: may every definition be published? Needs no database."""

from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agencies.directory import read_agencies
from workflows.definition.faults import DefinitionFaults
from workflows.definition.folder import CATALOGUE, files_of, read_folder


class Command(BaseCommand):
    help = "Check every definition in a folder, and count by route shape, authority and product."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=CATALOGUE, help="default: the shipped catalogue")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        if not files_of(folder):
            raise CommandError(f"There is no *.toml file in {folder}.")
        agencies = {entry.code: entry.kind for entry in read_agencies()}
        try:
            definitions = read_folder(folder, agencies=agencies)
        except DefinitionFaults as found:
            for fault in found.faults:
                self.stderr.write(str(fault))
            raise CommandError(f"{len(found.faults)} faults.") from None
        self._count("shape", [definition.shape for definition in definitions])
        self._count("authority", [definition.authority for definition in definitions])
        self._count("product", [definition.product.kind for definition in definitions])
        self.stdout.write(f"{len(definitions)} services, no fault.")

    def _count(self, title: str, values: list[Any]) -> None:
        counts = sorted(Counter(str(value) for value in values).items())
        self.stdout.write(f"{title:10}" + "  ".join(f"{name} {count}" for name, count in counts))
