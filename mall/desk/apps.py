"""Registration of the package with Django."""

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from mall.design import navigation


class DeskConfig(AppConfig):
    """The `mall.desk` package."""

    name = "mall.desk"

    def ready(self) -> None:
        """Hang up the links of the desk."""
        navigation.add(navigation.Link("staff", _("Meja kerja"), "desk:home", 10, "document", _works_here))


def _works_here(request: HttpRequest) -> bool:
    from mall.desk.facts import STAFF
    from mall.doors import actor_of

    return bool(actor_of(request).agencies(*STAFF))
