"""Registration of the package with Django, and of its consumer with the trail."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    """The `mall.payments` package."""

    name = "mall.payments"
    verbose_name = "Pembayaran"

    def ready(self) -> None:
        """Ask the trail for every charge."""
        from mall.payments import consumer
        from workflows.trail import registry

        registry.register(consumer.BILL)
