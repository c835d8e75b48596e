"""`manage.py load_demo`: the people and cases of the demo, once."""

from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from agencies.models import User
from mall.demo import PASSWORD
from mall.demo.cases import load_cases
from mall.demo.complaints import load_complaints
from mall.demo.figures import load_figures
from mall.demo.identities import load_identities, load_kin
from mall.demo.information import load_information
from mall.demo.people import DOMAIN, load_citizens, load_staff
from mall.demo.regency import load_regency
from mall.demo.registers import load_registers
from mall.demo.signals import load_signals
from mall.demo.tickets import load_tickets


class Command(BaseCommand):
    help = "Load the demo's people and cases. Refused outside the demo."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load once; a second call changes nothing."""
        if not getattr(settings, "MALL_MAY_PRETEND", False):
            raise CommandError("The demo's data belong in the demo only.")
        if User.objects.filter(email=f"admin@{DOMAIN}").exists():
            self.stdout.write("The demo is loaded already.")
            return
        with transaction.atomic():
            load_staff()
            load_citizens()
            load_identities()
            load_kin(make_password(PASSWORD))
            told = load_cases()
            load_regency()
            load_figures()
            load_complaints()
            load_registers()
            load_information()
            load_signals()
            load_tickets()
        self.stdout.write(f"{told} cases")
