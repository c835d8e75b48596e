"""`manage.py reseal_registers`: after a new MALL_REGISTRY_KEY, seal every row anew."""

from typing import Any

from django.core.management.base import BaseCommand

from mall.registers.services.resealing import reseal


class Command(BaseCommand):
    help = "Seal the registers by name under the key of now; run it after a new MALL_REGISTRY_KEY."

    def handle(self, *args: Any, **options: Any) -> None:
        """Seal, and say how much."""
        self.stdout.write(f"{reseal()} rows sealed")
