"""Registration of the package with Django, and of its consumer with the trail."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """The `notifications` package."""

    name = "notifications"
    verbose_name = "Pesan"

    def ready(self) -> None:
        """Ask the trail for every event that concerns a person, or somebody at work."""
        from notifications import consumer
        from workflows.trail import registry

        registry.register(consumer.PERSON)
        registry.register(consumer.STAFF)
        registry.register(consumer.OFFICE)
