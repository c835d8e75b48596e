"""Looks at a person's data, told to that person."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from mall.design.parts import Moment
from mall.forms import purposes
from mall.portal.names import agency_names
from workflows.looks import Seen


def moments(looks: Sequence[Seen]) -> list[Moment]:
    """One entry a look: purpose, when, which agency, and the reason where one was given. One query."""
    names = agency_names({code for look in looks for code in look.agencies})
    return [Moment(look.at, purposes.label(look.purpose), text=_who(look, names)) for look in looks]


def _who(look: Seen, names: dict[str, str]) -> str:
    found = [names.get(code, code) for code in look.agencies]
    who = _("Petugas %(agencies)s") % {"agencies": ", ".join(found)} if found else _("Petugas mal")
    return _("%(who)s: %(reason)s") % {"who": who, "reason": look.reason} if look.reason else who
