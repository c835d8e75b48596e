"""Registration of the package with Django."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    """The `mall.payments` package."""

    name = "mall.payments"
