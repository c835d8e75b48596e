"""Gives a paper of the vault to a browser."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from agencies.errors import Unavailable
from documents.blobs import LostFile
from documents.vault.kinds import by_mime
from documents.vault.models import EvidenceFile, StoredFile
from documents.vault.queries import content_of


def download(stored: StoredFile | EvidenceFile, *, name: str) -> HttpResponse:
    """The bytes, to be shown by the browser and kept by nobody. `name` must say nothing about a person.

    Ask first whether the reader may have it.
    """
    try:
        content = content_of(stored)
    except LostFile as error:
        raise Unavailable(_("Berkas ini tidak dapat dibaca lagi. Laporkan kepada administrator.")) from error
    response = HttpResponse(content, content_type=stored.mime)
    response["Content-Disposition"] = f'inline; filename="{name}.{by_mime(stored.mime).name}"'
    response["Cache-Control"] = "private, no-store"
    return response
