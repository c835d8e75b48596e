"""Every way to change a permit once it is issued, or to begin what follows it. Nobody else writes one."""

from workflows.permits.following import follow
from workflows.permits.obliging import accept_obligation, report_obligation, return_obligation
from workflows.permits.sanctions import confirm_revocation, drop_revocation, propose_revocation, resume, suspend

__all__ = [
    "accept_obligation",
    "confirm_revocation",
    "drop_revocation",
    "follow",
    "propose_revocation",
    "report_obligation",
    "resume",
    "return_obligation",
    "suspend",
]
