"""`manage.py publish_releases`: publish what is over, in order."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from mall.releases import publishing
from workflows.actors import Actor
from workflows.trail import folding

ALL = 10_000


class Command(BaseCommand):
    help = "Publish the closed periods of every data set. With --again all of them are computed anew."

    def add_arguments(self, parser: CommandParser) -> None:
        """What may be said."""
        parser.add_argument("--again", action="store_true", help="look at every closed period, not only the new ones")

    def handle(self, *args: Any, **options: Any) -> None:
        """Fold what waits, publish, and say how much was new."""
        folding.fold()
        again = ALL if options["again"] else publishing.RECENT
        count = publishing.publish_due(by=Actor.system("publish_releases"), again=again)
        self.stdout.write(f"{count} new releases")
