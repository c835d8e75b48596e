"""Registration of the package with Django, and of its reaction to what happens to cases."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """The `documents` package."""

    name = "documents"

    def ready(self) -> None:
        """Ask the trail for every permit that is granted, and for everything that is told in a letter."""
        from documents.letters import consumer as letters
        from documents.permits import consumer as permits
        from workflows.trail import registry

        registry.register(permits.CONSUMER)
        registry.register(letters.CONSUMER)
