"""Registration of the package with Django."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """The `documents` package."""

    name = "documents"
