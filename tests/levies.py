"""Reports of levies for tests."""

from collections.abc import Collection
from typing import Any

from agencies import clock
from agencies.ids import new_id
from documents.vault.services import Checked, checked
from mall.doors import NOBODY
from mall.voice.levies.models import LevyReport
from mall.voice.levies.services import filing
from mall.voice.levies.services.filing import Told
from tests.uploads import pdf
from workflows.actors import Actor

ASKED = "Zxpungutan diminta di loket tiga"


def told(**said: Any) -> Told:
    """What somebody tells who stays unknown."""
    known = {"manner": "anonymous", "asked": ASKED, "office": "DPUCKPP", "happened_on": clock.today(), "amount": 50_000}
    return Told(**(known | said))


def evidence() -> Checked:
    """A small real PDF that passed the checks."""
    return checked("bukti.pdf", pdf())


def file(*, by: Actor = NOBODY, files: Collection[Checked] = (), **said: Any) -> LevyReport:
    """A report."""
    return filing.file_report(by=by, key=new_id(), told=told(**said), files=files)
