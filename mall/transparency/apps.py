"""Registration of the package with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from mall.design import navigation


class TransparencyConfig(AppConfig):
    """The `mall.transparency` package."""

    name = "mall.transparency"

    def ready(self) -> None:
        """Declare the data sets, and hang up the links to the public figures."""
        from mall.transparency import declared

        declared.register()
        navigation.add(navigation.Link("public", _("Transparansi"), "transparency:latest", order=60))
        navigation.add(navigation.Link("footer", _("Angka kinerja layanan"), "transparency:latest", order=60))
