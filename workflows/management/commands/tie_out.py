"""`manage.py tie_out FILE --day 2026-11-28 --by EMAIL`: compare a bank's file with the books."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agencies.errors import Invalid, MallError
from agencies.models import User
from workflows.actors import Actor
from workflows.charges.bank.services import tie_out


class Command(BaseCommand):
    help = "Take the bank's file of one day and list what differs from the books. The same file again is harmless."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="CSV: tanggal,referensi,jumlah,keterangan")
        parser.add_argument("--day", type=date.fromisoformat, required=True, help="the bank's day, 2026-11-28")
        parser.add_argument("--by", required=True, help="e-mail of the manager or administrator who owns what differs")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email=options["by"].lower(), is_active=True).first()
        if user is None:
            raise CommandError("There is no such account.")
        try:
            told = tie_out(by=Actor.of(user), content=options["file"].read_bytes(), day=options["day"])
        except Invalid as found:
            for sentence in found.fields.get("file", []):
                self.stderr.write(sentence)
            raise CommandError("Nothing was taken.") from None
        except (OSError, MallError) as fault:
            raise CommandError(str(fault)) from None
        self.stdout.write(
            f"matched {told.matched} (Rp {told.total}), new differences {told.found}, resolved {told.resolved}"
        )
