"""Documents of releases as answers to requests."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from mall.releases.models import Print


def printed(found: Print | None, name: str) -> HttpResponse:
    """A document, or the news that no worker has rendered it yet."""
    if found is None:
        text = _("Berkas PDF ini sedang disiapkan. Coba lagi satu menit lagi.")
        return HttpResponse(text, status=503, content_type="text/plain; charset=utf-8", headers={"Retry-After": "60"})
    response = HttpResponse(bytes(found.content), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["ETag"] = f'"{found.sha256[:32]}"'
    return response
