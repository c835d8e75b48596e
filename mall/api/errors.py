"""What only an HTTP interface can refuse; everything else raises `agencies.errors`."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException

from agencies.errors import Invalid


class BadHeader(APIException):
    """A header is absent or makes no sense (400)."""

    status_code = 400
    default_detail = _("Header permintaan tidak lengkap.")
    default_code = "bad-header"


class TooLarge(APIException):
    """The body is larger than we read (413)."""

    status_code = 413
    default_detail = _("Isi permintaan terlalu besar.")
    default_code = "too-large"


class Stale(APIException):
    """The case has changed since the caller read it (412)."""

    status_code = 412
    default_detail = _("Permohonan sudah berubah sejak Anda membacanya. Baca lagi, lalu ulangi.")
    default_code = "stale"


class NoPrecondition(APIException):
    """A change came without `If-Match` (428)."""

    status_code = 428
    default_detail = _("Sertakan header If-Match berisi ETag permohonan yang terakhir Anda baca.")
    default_code = "no-precondition"


class BadQuery(Invalid):
    """Faults in the query string or a header; the keys are names of parameters, not of fields (422)."""

    def __init__(self, parameters: Mapping[str, Sequence[str]]) -> None:
        super().__init__(parameters)
