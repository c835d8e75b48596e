"""Registration of the package with Django."""

from django.apps import AppConfig


class RuntimeConfig(AppConfig):
    """The `mall.runtime` package."""

    name = "mall.runtime"
