"""Registration of the package with Django."""

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


def _known(request: HttpRequest) -> bool:
    return request.user.is_authenticated


def _unknown(request: HttpRequest) -> bool:
    return not request.user.is_authenticated


def _unread(request: HttpRequest) -> int | None:
    """How many messages wait for her; nothing rather than a zero. One query."""
    from mall.doors import actor_of
    from notifications.queries import unread_count

    return unread_count(actor_of(request).person_id) or None


class PortalConfig(AppConfig):
    """The citizens' face: the catalogue, applying, following a case."""

    name = "mall.portal"

    def ready(self) -> None:
        """Hang up the links of this face."""
        from mall.design import navigation
        from mall.design.navigation import Link

        navigation.add(Link("public", pgettext_lazy("jamak", "Layanan"), "portal:services", order=10))
        navigation.add(Link("footer", _("Instansi di mal"), "portal:agencies", order=20))
        navigation.add(Link("footer", _("Gangguan sistem"), "portal:outages", order=25))
        navigation.add(Link("footer", _("Periksa keaslian izin"), "verify_ask", order=30))
        navigation.add(Link("public", _("Lacak permohonan"), "portal:track", order=30, visible=_unknown))
        navigation.add(Link("public", _("Permohonan saya"), "portal:cases", order=40, visible=_known))
        navigation.add(Link("public", _("Izin saya"), "portal:permits", order=45, visible=_known))
        navigation.add(Link("public", _("Kotak masuk"), "portal:inbox", order=50, visible=_known, count=_unread))
        navigation.add(Link("public", _("Profil"), "portal:profile", order=60, visible=_known))
