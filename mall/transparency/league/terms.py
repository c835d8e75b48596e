"""How long a draft is open, read from `terms.toml`."""

import tomllib
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from agencies import clock
from mall.releases.periods import midnight

FILE = Path(__file__).parent / "terms.toml"


@cache
def contest_days() -> int:
    """Whole calendar days in Banyuwangi after the day on which a draft was shown."""
    return int(tomllib.loads(FILE.read_text("utf-8"))["contest"]["calendar_days"])


def closes_at(opened: datetime) -> datetime:
    """The first moment at which a draft can be contested no more."""
    return midnight(clock.wib_date(opened) + timedelta(days=contest_days() + 1))
