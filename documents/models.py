"""Django's list of the models of this package; each lives beside its services."""

from documents.letters.models import Letter
from documents.permits.models import PermitDocument
from documents.vault.models import EvidenceFile, StoredFile

__all__ = ["EvidenceFile", "Letter", "PermitDocument", "StoredFile"]
