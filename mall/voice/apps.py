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
        from mall.releases import printing
        from mall.voice.complaints import hanging
        from mall.voice.information import hanging as information
        from mall.voice.levies.services import moving
        from mall.voice.satisfaction import consumer
        from mall.voice.satisfaction.published import declared, yearly
        from workflows.trail import registry

        registry.register(consumer.INVITE)
        declared.register()
        printing.register(yearly.wanted)
        hooks.on_holiday_changed(moving.recount)
        hanging.hang()
        information.hang()
        navigation.add(navigation.Link("footer", _("Kepuasan masyarakat"), "voice:satisfaction", order=61))
        navigation.add(navigation.Link("footer", _("Baca jawaban laporan pungutan"), "voice:find", order=11))
        navigation.add(navigation.Link("staff", _("Laporan pungutan"), "voice:levies", 20, "shield", _inspects))
        navigation.add(navigation.Link("staff", _("Sinyal"), "voice:signals", 21, "search", _inspects))
        navigation.add(navigation.Link("public", _("Laporan pungutan"), "voice:levies", 94, visible=_inspects))


def _inspects(request: HttpRequest) -> bool:
    from mall.doors import actor_of
    from mall.voice.levies.permissions import may_inspect

    return hasattr(request, "user") and bool(may_inspect(actor_of(request)))
