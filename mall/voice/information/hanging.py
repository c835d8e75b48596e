"""What this package hangs up when the mall starts: its data set, its mails, its dates, its links."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from agencies import hooks
from mall.design import navigation
from mall.design.navigation import Link
from mall.doors import actor_of
from mall.voice.information import mailing, published
from mall.voice.information.permissions import may_inform, may_lead
from mall.voice.information.services import moving
from workflows.trail import registry


def hang() -> None:
    """Hang it all up; twice is once."""
    registry.register(mailing.MAIL)
    hooks.on_holiday_changed(moving.recount)
    published.register()
    for link in (
        Link("footer", _("Minta informasi publik"), "information:ask", 12),
        Link("footer", _("Daftar informasi publik"), "information:classes", 13),
        Link("footer", _("Permintaan informasi saya"), "information:mine", 14, visible=_signed_in),
        Link("staff", _("Permintaan informasi"), "information:desk", 22, "message", _informs),
        Link("staff", _("Keberatan informasi"), "information:objections", 23, "document", _leads),
        Link("public", _("Permintaan informasi"), "information:desk", 95, visible=_informs),
    ):
        navigation.add(link)


def _signed_in(request: HttpRequest) -> bool:
    return hasattr(request, "user") and request.user.is_authenticated


def _informs(request: HttpRequest) -> bool:
    return hasattr(request, "user") and bool(may_inform(actor_of(request)))


def _leads(request: HttpRequest) -> bool:
    return hasattr(request, "user") and bool(may_lead(actor_of(request)))
