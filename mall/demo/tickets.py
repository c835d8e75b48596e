"""The lines of today at two counters: some wait, one is called, one was served. All of it is DATA CONTOH."""

from datetime import datetime, time, timedelta

from agencies import clock
from agencies.models import User
from mall.counter.tickets import services
from mall.counter.tickets.machine import Outcome, Priority
from mall.demo.people import DOMAIN
from workflows.actors import Actor
from workflows.permissions import MALL

SITE = "MPP"
TAKEN = (
    (52, MALL, Priority.NONE),
    (44, MALL, Priority.NONE),
    (41, "DUKCAPIL", Priority.NONE),
    (33, MALL, Priority.NONE),
    (27, "DUKCAPIL", Priority.INFANT),
    (21, MALL, Priority.ELDERLY),
    (9, MALL, Priority.NONE),
    (4, "DUKCAPIL", Priority.NONE),
)
"""Minutes ago, whose line, which class."""


def load_tickets() -> int:
    """Give out the numbers of this day and work off two of them; how many."""
    clerk = Actor.of(User.objects.get(email=f"loket@{DOMAIN}"))
    tickets = []
    for minutes, agency, priority in TAKEN:
        with clock.pretend(_ago(minutes)):
            tickets.append(services.issue(site=SITE, agency=agency, priority=priority, by=clerk))
    line = tickets[0].line_id
    with clock.pretend(_ago(19)):
        served = services.call_next(line_id=line, by=clerk)
        assert served
        services.begin(ticket_id=served.pk, by=clerk)
    with clock.pretend(_ago(3)):
        services.finish(ticket_id=served.pk, by=clerk, outcome=Outcome.ADVISED)
        services.call_next(line_id=line, by=clerk)
    return len(tickets)


def _ago(minutes: int) -> datetime:
    """So many minutes ago, but today: numbers count by day."""
    midnight = datetime.combine(clock.today(), time(), tzinfo=clock.WIB)
    return max(clock.now() - timedelta(minutes=minutes), midnight)
