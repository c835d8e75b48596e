"""Looks at a person's data, told to that person."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from mall.design.parts import Moment
from mall.forms import purposes
from mall.portal.names import agency_names
from workflows.trail.models import Event


def moments(looks: Sequence[Event]) -> list[Moment]:
    """One entry a look: purpose, when, and which agency. One query."""
    names = agency_names({code for look in looks for code in look.data.get("agencies", ())})
    return [
        Moment(look.at, purposes.label(str(look.data.get("purpose", ""))), text=_who(look, names)) for look in looks
    ]


def _who(look: Event, names: dict[str, str]) -> str:
    found = [names.get(code, code) for code in look.data.get("agencies", ())]
    return _("Petugas %(agencies)s") % {"agencies": ", ".join(found)} if found else _("Petugas mal")
