"""Registration of the package with Django."""

from django.apps import AppConfig


class CounterConfig(AppConfig):
    """The `mall.counter` package."""

    name = "mall.counter"
