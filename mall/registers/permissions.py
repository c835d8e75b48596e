"""Who may keep a register and look into it: registrars of the agency that owns it, and nobody by rank."""

from django.utils.translation import gettext_lazy as _

from agencies.choices import CHECKED_LEVELS, Role
from agencies.models import Person
from mall.registers.kinds import Told
from workflows.actors import Actor
from workflows.permissions import YES, Reply


def may_keep_any(actor: Actor) -> Reply:
    """Come to these pages at all."""
    return YES if actor.agencies(Role.REGISTRAR) else Reply(False, _("Halaman ini hanya untuk petugas data terpadu."))


def keeps(actor: Actor, told: Told) -> list[str]:
    """The agencies for which she keeps this register, by code."""
    held = sorted(actor.agencies(Role.REGISTRAR))
    return [code for code in held if not told.owners or code in told.owners]


def may_keep(actor: Actor, told: Told, agency: str = "") -> Reply:
    """Bring in, list and answer: registrars of the owning agency. Illness: of the health agency alone."""
    found = keeps(actor, told)
    if agency in found or (not agency and found):
        return YES
    return Reply(False, _("Data ini hanya dibuka petugas data terpadu instansi pemiliknya."))


def is_proven(person: Person | None) -> bool:
    """Has a member of staff seen her card? Only then may she read what a register says of her NIK."""
    return person is not None and person.proof_level in CHECKED_LEVELS and bool(person.nik)
