"""Registration of the package with Django."""

from django.apps import AppConfig


class TransparencyConfig(AppConfig):
    """The `mall.transparency` package."""

    name = "mall.transparency"
