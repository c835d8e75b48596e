"""`manage.py check_invariants`: is everything that must be true, true?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workflows.invariants.check import CHAIN, EVERY, offenders


class Command(BaseCommand):
    help = "Check the invariants in SQL, independently of the models; exit 1 with the offenders."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print each rule, and up to twenty offenders of a broken one."""
        found = list(offenders())
        for rule in (*EVERY, CHAIN):
            wrong = [one for one in found if one.rule == rule]
            self.stdout.write(f"{'BROKEN' if wrong else 'ok':<7} {rule}")
            for one in wrong:
                self.stdout.write(f"        {one.id}: {one.why}")
        if found:
            raise CommandError(f"{len(found)} offenders")
