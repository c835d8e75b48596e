"""Registration of the package with Django, and of its reaction to granted permits."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """The `documents` package."""

    name = "documents"

    def ready(self) -> None:
        """Ask the trail for every permit that is granted."""
        from documents.permits.consumer import CONSUMER
        from workflows.trail import registry

        registry.register(CONSUMER)
