"""`manage.py grant_role EMAIL ROLE AGENCY`: the first administrator of the mall, and of the inspectorate."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agencies.errors import MallError
from agencies.models import Role, User
from agencies.services import grant_membership


class Command(BaseCommand):
    help = "Give an account a role. Further roles are given on the pages, where who gave them is in the log."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("role", choices=Role.values)
        parser.add_argument("agency", help="its code, such as DPMPTSP or INSPEKTORAT")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email=options["email"].lower()).first()
        if user is None:
            raise CommandError("There is no such account; its owner must sign up first.")
        try:
            held = grant_membership(user, options["role"], options["agency"])
        except MallError as error:
            raise CommandError(str(error.sentence)) from error
        self.stdout.write(f"{user.email} is {held.role} of {held.agency_id}.")
