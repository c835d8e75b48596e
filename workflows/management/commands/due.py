"""When is an answer due, and why: `manage.py due CODE --received "2026-03-16 09:00"`."""

from argparse import ArgumentParser
from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agencies import clock
from agencies.errors import MallError
from agencies.models import Site
from agencies.workdays import MAIN_SITE
from workflows.clock.due import reckon
from workflows.definition.queries import version_for_new_case


class Command(BaseCommand):
    """Counts one term by the holiday table and shows the working-out."""

    help = "Print when an application counts as arrived, when it is due, and which days were skipped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The service, the moment and the place."""
        parser.add_argument("code", help="code of the service, e.g. DPMPTSP-SIP-DOKTER")
        parser.add_argument("--received", help='when, WIB, e.g. "2026-03-16 09:00"; now when left out')
        parser.add_argument("--site", default=MAIN_SITE, help="code of the site (default: %(default)s)")

    def handle(self, *_args: Any, code: str, received: str | None, site: str, **_options: Any) -> None:
        """Count and tell; a term that cannot be counted is one sentence and a non-zero exit."""
        if not Site.objects.filter(pk=site).exists():
            raise CommandError(f"There is no site {site}.")
        at = _moment(received)
        try:
            days = version_for_new_case(code).definition.term.working_days
            found = reckon(at, days, site)
        except MallError as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(f"{code}: {days} working days, at {site}")
        self.stdout.write(f"received  {_said(clock.wib(at))}")
        self.stdout.write(f"arrived   {_said(found.arrived)}")
        self.stdout.write(f"due       {_said(clock.wib(found.due))}")
        self.stdout.write(f"skipped   {found.weekend_days} weekend days, {len(found.holidays)} holidays")
        for one in found.holidays:
            decree = f", {one.decree_no}" if one.decree_no else ""
            self.stdout.write(f"  {_said(one.date)}  {one.name} ({one.kind}{decree})")


def _moment(typed: str | None) -> datetime:
    """A moment as typed, in Banyuwangi unless it names another zone."""
    if typed is None:
        return clock.now()
    try:
        found = datetime.fromisoformat(typed)
    except ValueError as fault:
        raise CommandError(f"{typed!r} is no moment such as 2026-03-16 09:00.") from fault
    return found if found.tzinfo else found.replace(tzinfo=clock.WIB)


def _said(when: date | datetime) -> str:
    """A day, or a moment on the wall clock of Banyuwangi."""
    return f"{when:%a %Y-%m-%d %H:%M} WIB" if isinstance(when, datetime) else f"{when:%a %Y-%m-%d}"
