"""Registration of the package with Django."""

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from mall.design import navigation


class RegencyConfig(AppConfig):
    """The `mall.regency` package."""

    name = "mall.regency"
    verbose_name = "Data daerah"

    def ready(self) -> None:
        """Declare the data sets, and hang up the links of this face."""
        from mall.regency import published

        published.register()
        navigation.add(navigation.Link("footer", _("Anggaran daerah"), "regency:budget", order=62))
        navigation.add(navigation.Link("footer", _("Data kecamatan"), "regency:districts", order=63))
        navigation.add(navigation.Link("staff", _("Data daerah"), "regency:kinds", 70, "bar", _keeps_data))


def _keeps_data(request: HttpRequest) -> bool:
    from mall.doors import actor_of
    from mall.regency.permissions import may_import

    return hasattr(request, "user") and bool(may_import(actor_of(request)))
