"""Registration of the package with Django."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The `mall.api` package."""

    name = "mall.api"
