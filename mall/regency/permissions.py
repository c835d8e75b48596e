"""Who may bring in figures of the regency."""

from django.utils.translation import gettext_lazy as _

from agencies.choices import Role
from workflows.actors import Actor
from workflows.permissions import YES, Reply


def may_import(actor: Actor) -> Reply:
    """Upload, look at and publish files: stewards of data (walidata, Perpres 39/2019)."""
    return YES if actor.agencies(Role.STEWARD) else Reply(False, _("Halaman ini hanya untuk walidata."))
