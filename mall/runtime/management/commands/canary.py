"""`manage.py canary CODE | --all`: is every service whole, from application to product?"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from mall.canary.walk import Walk, walk
from workflows.definition.models import ServiceType


class Command(BaseCommand):
    help = "Walk a canary case through services and say which is broken and at which step."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Codes, or all."""
        parser.add_argument("codes", nargs="*", metavar="CODE")
        parser.add_argument("--all", action="store_true", help="Every published service.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Walk each; exit 1 when one is broken."""
        codes = options["codes"]
        if options["all"]:
            codes = list(ServiceType.objects.filter(active=True).order_by("code").values_list("code", flat=True))
        if not codes:
            raise CommandError("Name a service, or say --all.")
        walks = [self._tell(walk(code)) for code in codes]
        broken = [told.code for told in walks if not told.well]
        self.stdout.write(f"{len(walks) - len(broken)} of {len(walks)} services came to their proper end.")
        if broken:
            raise CommandError(f"Broken: {', '.join(broken)}")

    def _tell(self, told: Walk) -> Walk:
        if told.well:
            self.stdout.write(f"ok      {told.shape:<4} {told.code}")
        else:
            step = told.steps[-1] if told.steps else "load"
            self.stdout.write(f"BROKEN  {told.shape:<4} {told.code} at step “{step}”: {told.error}")
        return told
