"""Registration of the package with Django."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The `mall.desk` package."""

    name = "mall.desk"
