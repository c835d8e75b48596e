"""Who answers requests, decides on exemptions, and answers objections; nobody handles her own."""

from django.utils.translation import gettext_lazy as _

from agencies.choices import Role
from mall.voice.information.models import InformationRequest
from mall.voice.information.objections import InformationObjection
from workflows.actors import Actor
from workflows.permissions import YES, Reply


def may_inform(actor: Actor) -> Reply:
    """Work at the desk of the PPID at all."""
    if actor.agencies(Role.INFORMATION):
        return YES
    return Reply(False, _("Halaman ini hanya untuk PPID."))


def may_read(actor: Actor, request: InformationRequest) -> Reply:
    """Open this request: the PPID of the agency it went to, never the one who asked."""
    if not actor.has(Role.INFORMATION, request.agency_id) or is_own(actor, request):
        return Reply(False, _("Permintaan ini ditangani PPID lain."))
    return YES


def may_handle(actor: Actor, request: InformationRequest) -> Reply:
    """Extend, answer, give: the PPID who has taken it."""
    if not actor.is_also(request.taken_by_id):
        return Reply(False, _("Ambil permintaan ini lebih dahulu."))
    return may_read(actor, request)


def may_exempt(actor: Actor, agency: str) -> Reply:
    """Decide a consequence test for an agency: its own PPID."""
    if actor.has(Role.INFORMATION, agency):
        return YES
    return Reply(False, _("Uji konsekuensi hanya oleh PPID instansi itu."))


def may_lead(actor: Actor) -> Reply:
    """See which objections wait for the superior: heads and deputies."""
    if actor.agencies(Role.HEAD, Role.DEPUTY):
        return YES
    return Reply(False, _("Halaman ini hanya untuk atasan PPID."))


def may_read_objection(actor: Actor, objection: InformationObjection) -> Reply:
    """Open an objection: who holds the post it went to, and did not ask herself."""
    if not actor.has(objection.post, objection.agency_id) or is_own(actor, objection.request):
        return Reply(False, _("Keberatan ini dijawab atasan PPID yang dituju."))
    return YES


def may_answer_objection(actor: Actor, objection: InformationObjection) -> Reply:
    """Answer it: the same, unless she gave the answer that is contested."""
    if actor.is_also(objection.request.answered_by_id) or actor.is_also(objection.request.taken_by_id):
        return Reply(False, _("Anda ikut menangani permintaan ini; atasan lain yang menjawab keberatannya."))
    return may_read_objection(actor, objection)


def is_own(actor: Actor, request: InformationRequest) -> bool:
    """Did she ask herself, by account or by NIK?"""
    people = actor.bonds.people | ({actor.person_id} - {None})
    return request.person_id in people or (request.nik_index != "" and request.nik_index in actor.bonds.niks)
