"""Whose the time of a case was until a letter was written, in words."""

from datetime import datetime, timedelta

from agencies.errors import Unavailable
from agencies.models import Agency
from documents.letters.words import Fact
from workflows.cases.models import Case
from workflows.cases.queries import intervals
from workflows.clock import accounts
from workflows.clock.models import Holder


def facts(case: Case, until: datetime) -> tuple[Fact, ...]:
    """Each party with its time, then the whole and what counts. Nothing beyond the calendar. Four queries."""
    try:
        account = accounts.of(case, intervals(case), until)
    except Unavailable:
        return ()
    codes = [agency for share in account.shares for agency in (share.party[1],) if agency]
    names = {one.code: one.name_id for one in Agency.objects.filter(code__in=codes)} if codes else {}
    return (
        *((_party(share.party, names), _lasted(share.days, share.span)) for share in account.shares),
        ("Seluruhnya", _lasted(account.gross_days, account.gross)),
        ("Tanpa jeda", _lasted(account.net_days, account.net)),
    )


def _party(party: accounts.Party, names: dict[str, str]) -> str:
    holder, agency = party
    return names.get(agency, agency) if agency else str(Holder(holder).label)


def _lasted(days: int, span: timedelta) -> str:
    """`3 hari kerja (4 hari 2 jam)`."""
    minutes = int(span.total_seconds()) // 60
    whole, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [
        f"{whole} hari" if whole else "",
        f"{hours} jam" if hours else "",
        f"{rest} menit" if not whole and (rest or not hours) else "",
    ]
    return f"{days} hari kerja ({' '.join(one for one in parts if one)})"
