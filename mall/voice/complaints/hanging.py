"""The links of complaints, their data set, and what they hear of the calendar."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from agencies import hooks
from mall.design.navigation import Link, add
from mall.doors import actor_of
from mall.voice.complaints import published
from mall.voice.complaints.permissions import may_listen
from mall.voice.complaints.services import moving


def hang() -> None:
    """Hang them up. Nobody but handlers sees that there is a list."""
    hooks.on_holiday_changed(moving.recount)
    published.register()
    add(Link("footer", _("Ajukan pengaduan"), "voice:complain", order=12))
    add(Link("footer", _("Baca jawaban pengaduan"), "voice:complaint_find", order=13))
    add(Link("footer", _("Angka pengaduan"), "voice:complaint_figures", order=61))
    add(Link("staff", _("Pengaduan"), "voice:complaints", 19, "message", _listens))
    add(Link("public", _("Pengaduan"), "voice:complaints", 93, visible=_listens))


def _listens(request: HttpRequest) -> bool:
    return hasattr(request, "user") and bool(may_listen(actor_of(request)))
