"""`manage.py load_outlines FILE --source … --licence …`: the official outlines of the kecamatan, for maps."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agencies import outlines
from agencies.errors import Invalid


class Command(BaseCommand):
    """Every kecamatan or none: maps are schematic until a whole file is there."""

    help = "Load the outlines of all kecamatan from a GeoJSON file (RFC 7946, WGS 84)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and what must be told of it under every map."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", required=True, help="Who published it and when.")
        parser.add_argument("--licence", required=True, help="Its licence, e.g. CC-BY-4.0.")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load, or say every fault."""
        try:
            read = outlines.read(options["file"].read_text("utf-8-sig"))
        except (OSError, UnicodeDecodeError) as fault:
            raise CommandError(str(fault)) from fault
        except Invalid as fault:
            raise CommandError("\n".join(str(one) for one in fault.fields["file"])) from fault
        count = outlines.replace(read, source=options["source"], licence=options["licence"])
        self.stdout.write(f"{count} outlines written")
