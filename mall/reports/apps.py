"""Registration of the package with Django."""

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from mall.design import navigation


class ReportsConfig(AppConfig):
    """The `mall.reports` package."""

    name = "mall.reports"

    def ready(self) -> None:
        """Hang up the link to the reports."""
        navigation.add(navigation.Link("staff", _("Laporan"), "reports:home", 30, "clock", _manages))
        navigation.add(navigation.Link("public", _("Laporan"), "reports:home", 92, visible=_manages))


def _manages(request: HttpRequest) -> bool:
    from agencies.models import Role
    from mall.doors import actor_of

    return hasattr(request, "user") and bool(actor_of(request).agencies(Role.MANAGER))
