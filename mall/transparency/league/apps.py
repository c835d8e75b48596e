"""Registration of the package with Django."""

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from mall.design import navigation


class LeagueConfig(AppConfig):
    """The `mall.transparency.league` package."""

    name = "mall.transparency.league"
    label = "league"

    def ready(self) -> None:
        """Declare the data set, and hang up the link of the agencies."""
        from mall.transparency.league import declared

        declared.register()
        navigation.add(navigation.Link("footer", _("Liga ketepatan waktu"), "transparency:league", order=61))
        navigation.add(navigation.Link("staff", _("Liga ketepatan"), "transparency:league_drafts", 72, "bar", _sees))


def _sees(request: HttpRequest) -> bool:
    from mall.doors import actor_of
    from mall.transparency.league.permissions import may_see_drafts

    return hasattr(request, "user") and bool(may_see_drafts(actor_of(request)))
