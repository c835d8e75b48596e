"""Registration of the package with Django."""

from django.apps import AppConfig


class ReleasesConfig(AppConfig):
    """The `mall.releases` package."""

    name = "mall.releases"
