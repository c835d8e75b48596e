"""Django's list of the models of this package; each lives beside its services."""

from documents.permits.models import PermitDocument
from documents.vault.models import StoredFile

__all__ = ["PermitDocument", "StoredFile"]
