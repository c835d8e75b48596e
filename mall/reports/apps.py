"""Registration of the package with Django."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """The `mall.reports` package."""

    name = "mall.reports"
