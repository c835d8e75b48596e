"""Registration of the package with Django."""

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from mall.design import navigation


class VoiceConfig(AppConfig):
    """The `mall.voice` package."""

    name = "mall.voice"

    def ready(self) -> None:
        """Hang up the links of this face, and ask the trail for every closed case.

        Nobody but the inspectorate sees that there is a list of reports.
        """
        from agencies import hooks
        from mall.voice.complaints import hanging
        from mall.voice.information import published
        from mall.voice.information.services import moving as information
        from mall.voice.levies.services import moving
        from mall.voice.satisfaction import consumer
        from mall.voice.satisfaction.published import declared
        from workflows.trail import registry

        registry.register(consumer.INVITE)
        declared.register()
        hooks.on_holiday_changed(moving.recount)
        hooks.on_holiday_changed(information.recount)
        published.register()
        hanging.hang()
        navigation.add(navigation.Link("footer", _("Baca jawaban laporan pungutan"), "voice:find", order=11))
        navigation.add(navigation.Link("staff", _("Laporan pungutan"), "voice:levies", 20, "shield", _inspects))
        navigation.add(navigation.Link("footer", _("Daftar informasi publik"), "information:classes", order=13))
        navigation.add(navigation.Link("footer", _("Minta informasi publik"), "information:ask", order=12))
        navigation.add(
            navigation.Link("footer", _("Permintaan informasi saya"), "information:mine", 14, visible=_signed_in)
        )
        navigation.add(navigation.Link("staff", _("Permintaan informasi"), "information:desk", 22, "message", _informs))
        navigation.add(
            navigation.Link("staff", _("Keberatan informasi"), "information:objections", 23, "document", _leads)
        )
        navigation.add(navigation.Link("public", _("Permintaan informasi"), "information:desk", 95, visible=_informs))
        navigation.add(navigation.Link("public", _("Laporan pungutan"), "voice:levies", 94, visible=_inspects))


def _signed_in(request: HttpRequest) -> bool:
    return hasattr(request, "user") and request.user.is_authenticated


def _informs(request: HttpRequest) -> bool:
    from mall.doors import actor_of
    from mall.voice.information.permissions import may_inform

    return hasattr(request, "user") and bool(may_inform(actor_of(request)))


def _leads(request: HttpRequest) -> bool:
    from mall.doors import actor_of
    from mall.voice.information.permissions import may_lead

    return hasattr(request, "user") and bool(may_lead(actor_of(request)))


def _inspects(request: HttpRequest) -> bool:
    from mall.doors import actor_of
    from mall.voice.levies.permissions import may_inspect

    return hasattr(request, "user") and bool(may_inspect(actor_of(request)))
