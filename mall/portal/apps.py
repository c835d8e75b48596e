"""Registration of the package with Django."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The `mall.portal` package."""

    name = "mall.portal"
