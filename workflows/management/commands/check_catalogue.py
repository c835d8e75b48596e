"""`manage.py check_catalogue [FOLDER]`: may every definition be published? Needs no database."""

import tomllib
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agencies import clock
from agencies.directory import read_agencies
from workflows.definition.components import INHERITED, rule_from, source_of
from workflows.definition.faults import DefinitionFaults
from workflows.definition.folder import CATALOGUE, files_of, read_folder
from workflows.definition.model import Definition
from workflows.definition.rates import has_ended
from workflows.definition.samples import samples_of


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
        self._silence(folder, definitions)
        self._components(folder)
        self._samples(definitions)
        self._rates(definitions)
        self.stdout.write(f"{len(definitions)} services, no fault.")

    def _components(self, folder: Path) -> None:
        """Which parts of the service standard are the service's own, and which it inherits."""
        bodies = [tomllib.loads(path.read_text("utf-8")) for path in files_of(folder)]
        for part in ("procedure", "legal_basis", *INHERITED):
            self._count(part, [source_of(part, body) for body in bodies])

    def _silence(self, folder: Path, definitions: list[Definition]) -> None:
        """Which rule on silence holds, and whether the service or its agency says so."""
        bodies = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in files_of(folder)}
        asked = [
            f"{one.silence}/{rule_from(bodies[definition.code]['recommenders'][at], 'silence')}"
            for definition in definitions
            for at, one in enumerate(definition.recommenders)
        ]
        self._count("silence", asked)
        deemed = [f"{one.term.deemed}/{rule_from(bodies[one.code]['term'], 'deemed')}" for one in definitions]
        self._count("deemed", deemed)

    def _samples(self, definitions: list[Definition]) -> None:
        """How many could be opened in the demo only, and because of what."""
        found = [samples_of(one) for one in definitions]
        self._count("samples", [path for paths in found for path in paths])
        self.stdout.write(
            f"{sum(map(bool, found))} services with samples: opened in the demo, kept as drafts elsewhere."
        )

    def _rates(self, definitions: list[Definition]) -> None:
        """A rate that has ended must be renewed before anybody can apply."""
        ended = [one for one in definitions if has_ended(one.fee, clock.today())]
        for one in ended:
            self.stderr.write(f"{one.code}: fee.valid_until: The rate ended on {one.fee.valid_until}.")
        if ended:
            raise CommandError(f"{len(ended)} rates have ended.")

    def _count(self, title: str, values: list[Any]) -> None:
        counts = sorted(Counter(str(value) for value in values).items())
        self.stdout.write(f"{title:12}" + "  ".join(f"{name} {count}" for name, count in counts))
