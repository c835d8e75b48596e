"""Who read which version: strong ETags, `If-None-Match` for readers, `If-Match` for those who change."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.cache import get_conditional_response
from rest_framework.request import Request

from mall.api.errors import NoPrecondition, Stale
from workflows.actors import Actor
from workflows.cases import queries
from workflows.cases.machine import CaseState
from workflows.cases.models import Case

FILLING = (CaseState.DRAFT, CaseState.RETURNED)


def tag_of(case: Case) -> str:
    """The strong ETag of a case. Typing and uploading are no events, so a case being filled adds its content.

    One query while it can be filled, else none.
    """
    if case.state not in FILLING:
        return f'"{case.revision}"'
    papers = case.attachments.filter(current=True).order_by("id").values_list("id", flat=True)
    text = json.dumps([case.answers, list(papers)], sort_keys=True, default=str)
    return f'"{case.revision}-{hashlib.sha256(text.encode()).hexdigest()[:16]}"'


@contextmanager
def changing(request: Request, actor: Actor, case_id: UUID) -> Iterator[Case]:
    """The locked case, as the caller last read it, for the length of one change.

    Raises `Missing` for a case that is none of hers, `NoPrecondition` and `Stale`. Three queries.
    """
    queries.seen_case(actor, case_id)
    wanted = request.headers.get("If-Match", "")
    if not wanted:
        raise NoPrecondition
    with transaction.atomic():
        case = Case.locked(case_id)
        if not is_current(wanted, tag_of(case)):
            raise Stale
        yield case


def is_current(wanted: str, tag: str) -> bool:
    """Does the header name this version? `*` names any; a weak tag never matches."""
    return wanted.strip() == "*" or tag in (one.strip() for one in wanted.split(","))


def is_known(request: Request, tag: str) -> bool:
    """Has the reader this version already?"""
    found: Any = get_conditional_response(request._request, etag=tag)  # noqa: SLF001 - DRF hides it
    return found is not None and found.status_code == 304
