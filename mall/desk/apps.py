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
        from mall.desk.queues import OBJECTIONS

        navigation.add(navigation.Link("staff", _("Meja kerja"), "desk:home", 10, "document", _works_here))
        navigation.add(navigation.Link("staff", _("Pemberitahuan"), "desk:notices", 15, "message", _is_staff))
        remedies = navigation.Link(
            "staff", _("Keberatan dan banding"), "desk:queue", 12, "message", _answers, args=(OBJECTIONS,)
        )
        navigation.add(remedies)
        navigation.add(navigation.Link("staff", _("Tanda tangan kedua"), "desk:pauses", 18, "document", _signs))
        navigation.add(navigation.Link("staff", _("Register izin"), "desk:permits", 20, "document", _works_here))
        navigation.add(navigation.Link("staff", _("Kewajiban izin"), "desk:obligations", 25, "check", _checks))
        navigation.add(navigation.Link("staff", _("Hubungan kepentingan"), "desk:relations", 30, "person", _is_staff))
        navigation.add(navigation.Link("staff", _("Pengembalian dana"), "desk:refunds", 40, "money", _refunds))
        navigation.add(navigation.Link("staff", _("Pencocokan bank"), "desk:bank", 41, "money", _ties_out))
        navigation.add(navigation.Link("staff", _("Administrasi"), "desk:office", 50, "shield", _administers))
        navigation.add(navigation.Link("public", _("Meja kerja"), "desk:home", 91, visible=_works_here))
        navigation.add(navigation.Link("public", _("Administrasi"), "desk:office", 93, visible=_administers))


def _works_here(request: HttpRequest) -> bool:
    from mall.desk.facts import DESK
    from mall.doors import actor_of

    return hasattr(request, "user") and bool(actor_of(request).agencies(*DESK))


def _signs(request: HttpRequest) -> bool:
    from mall.desk.facts import STAFF
    from mall.doors import actor_of

    return hasattr(request, "user") and bool(actor_of(request).agencies(*STAFF))


def _answers(request: HttpRequest) -> bool:
    from agencies.models import Role
    from mall.doors import actor_of

    return hasattr(request, "user") and bool(actor_of(request).agencies(Role.HEAD))


def _checks(request: HttpRequest) -> bool:
    from agencies.models import Role
    from mall.doors import actor_of

    return hasattr(request, "user") and bool(actor_of(request).agencies(Role.OFFICER))


def _is_staff(request: HttpRequest) -> bool:
    from mall.doors import actor_of

    return hasattr(request, "user") and actor_of(request).is_staff


def _refunds(request: HttpRequest) -> bool:
    from mall.doors import actor_of
    from workflows.permissions import may_refund

    return hasattr(request, "user") and bool(may_refund(actor_of(request)))


def _ties_out(request: HttpRequest) -> bool:
    from mall.doors import actor_of
    from workflows.permissions import may_tie_out

    return hasattr(request, "user") and bool(may_tie_out(actor_of(request)))


def _administers(request: HttpRequest) -> bool:
    from mall.doors import actor_of
    from workflows.permissions import may_administer

    return hasattr(request, "user") and bool(may_administer(actor_of(request)))
