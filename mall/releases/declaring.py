"""What public data sets of the mall share, said once."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from mall.releases.datasets import Dataset, KipClass

K: Final = 5
"""A count below it is never shown, nor anything it could be computed from (`suppression`)."""
_USUAL: Final[dict[str, Any]] = {
    "producer": "DPMPTSP",
    "custodian": _("Dinas Komunikasi, Informatika, dan Persandian Kabupaten Banyuwangi"),
    "contact": _("Meja informasi Mal Pelayanan Publik Banyuwangi"),
    "licence": "CC-BY-4.0",
    "kip_class": KipClass.BERKALA,
    "region_codes": "",
    "k": K,
}


def declared(slug: str, **said: Any) -> Dataset:
    """A data set: what is said of it, and of the rest what is usual."""
    return Dataset(slug=slug, **_USUAL | said)
