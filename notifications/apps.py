"""Registration of the package with Django."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """The `notifications` package."""

    name = "notifications"
