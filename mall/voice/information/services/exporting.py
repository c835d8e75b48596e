"""A register leaves the house as a file: that it did is an event, as it holds persons."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from mall.voice.information import queries
from mall.voice.information.permissions import may_inform
from mall.voice.information.register import FIELDS, records
from workflows.actors import Actor
from workflows.permissions import require
from workflows.trail import services as trail

SOURCES: Mapping[str, Any] = {
    "permintaan": queries.whole_register,
    "keberatan": queries.whole_objection_register,
}


@transaction.atomic
def export_register(*, by: Actor, kind: str) -> Sequence[Sequence[str]]:
    """Every line that this PPID may read, with a header; `kind` is `permintaan` or `keberatan`.

    Raises `Refused` for anybody but a PPID. At most three queries and the event's three.
    """
    require(may_inform(by))
    found = records(FIELDS[kind], SOURCES[kind](by))
    facts = {"register": kind, "lines": len(found) - 1}
    trail.record(
        subject_kind="information_register", subject_id=by.signing(), kind="information.exported", by=by, data=facts
    )
    return found
