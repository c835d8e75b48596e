"""Registration of the package with Django."""

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from mall.design import navigation


class RegistersConfig(AppConfig):
    """The `mall.registers` package."""

    name = "mall.registers"
    label = "registers"
    verbose_name = "Registers by name"

    def ready(self) -> None:
        """Hang up links and mail; let the checks speak, and the access log of a person know its looks."""
        from mall.registers import checks  # noqa: F401 - registers itself
        from mall.registers.mailing import MAIL
        from mall.registers.own import looks_of
        from workflows import looks
        from workflows.trail import registry

        looks.also(looks_of)
        registry.register(MAIL)
        navigation.add(navigation.Link("staff", _("Data terpadu"), "registers:home", 71, "shield", _keeps))
        navigation.add(navigation.Link("public", _("Data terpadu"), "registers:home", 95, visible=_keeps))


def _keeps(request: HttpRequest) -> bool:
    from mall.doors import actor_of
    from mall.registers.permissions import may_keep_any

    return hasattr(request, "user") and bool(may_keep_any(actor_of(request)))
