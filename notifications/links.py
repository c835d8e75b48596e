"""Addresses that a message carries. They are the site's, never another host's."""

from uuid import UUID

from django.conf import settings

from agencies import clock
from workflows.cases.links import AdviceLink, token_of
from workflows.cases.rating import rating_code

CASE_PATH = "/permohonan/{case_id}/"
"""Where the portal shows a case to its owner; she logs in there, so the address alone opens nothing."""


DESK_PATH = "/meja/permohonan/{case_id}/"
"""Where the desk shows a case to those who work on it."""


def desk_url(case_id: UUID) -> str:
    """The address of a case on the desk."""
    return f"{settings.MALL_BASE_URL}{DESK_PATH.format(case_id=case_id)}"


NOTICES = "/meja/pemberitahuan/"
"""What a member of staff was told; open to every role."""


def case_url(case_id: UUID) -> str:
    """The address of a case's page."""
    return f"{settings.MALL_BASE_URL}{CASE_PATH.format(case_id=case_id)}"


RATE_PATH = "/kepuasan/{code}/"
"""Where whoever holds the code rates the service of a closed case."""


def rate_url(case_id: UUID) -> str:
    """The address at which this case can be rated, once and without a name."""
    return f"{settings.MALL_BASE_URL}{RATE_PATH.format(code=rating_code(case_id))}"


PERMIT_PATH = "/izin/{permit_id}/"
"""Where the portal shows a permit to its holder, with what she may ask for next."""


def permit_url(permit_id: UUID) -> str:
    """The address of a permit's page."""
    return f"{settings.MALL_BASE_URL}{PERMIT_PATH.format(permit_id=permit_id)}"


ADVICE_PATH = "/meja/jawab/{token}/"
"""Where an agency answers by a one-time link; the address alone opens it."""


def advice_url(link_id: UUID) -> str:
    """The address of a one-time link. It is never kept: whoever sends it computes it as it leaves."""
    return f"{settings.MALL_BASE_URL}{ADVICE_PATH.format(token=token_of(link_id))}"


def opens(link_id: UUID) -> bool:
    """Does the link still open something? A mail that comes too late does not go out. One query."""
    rows = AdviceLink.objects.select_related("recommendation__case").filter(pk=link_id)
    return any(not one.dead(one.recommendation, one.recommendation.case, clock.now()) for one in rows)
