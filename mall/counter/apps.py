"""Registration of the package with Django."""

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from agencies.choices import Role
from mall.design import navigation


class CounterConfig(AppConfig):
    """The `mall.counter` package."""

    name = "mall.counter"

    def ready(self) -> None:
        """Hang up the links of the counter."""
        for order, label, url_name, icon in (
            (1, _("Loket"), "counter:home", "search"),
            (2, _("Yang saya buka"), "counter:cases", "document"),
            (3, _("Daftar telepon"), "counter:calls", "message"),
        ):
            navigation.add(navigation.Link("staff", label, url_name, order, icon, _works_here))
        navigation.add(navigation.Link("staff", _("Antrean"), "counter:queue", 2, "person", _serves_here))
        navigation.add(navigation.Link("public", _("Loket"), "counter:home", 90, visible=_works_here))


def _works_here(request: HttpRequest) -> bool:
    return _holds(request, Role.CLERK)


def _serves_here(request: HttpRequest) -> bool:
    return _holds(request, Role.CLERK, Role.OFFICER)


def _holds(request: HttpRequest, *roles: str) -> bool:
    from mall.doors import actor_of

    return hasattr(request, "user") and bool(actor_of(request).agencies(*roles))
