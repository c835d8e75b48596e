"""DATA CONTOH: three signals that are made up, about demo officers, so that an inspector sees her pages alive."""

from uuid import UUID

from agencies import clock
from agencies.models import User
from mall.demo.people import DOMAIN
from mall.voice.signals import counting
from mall.voice.signals.kinds import SignalKind
from mall.voice.signals.weighing import Finding
from workflows.cases.models import Case
from workflows.permissions import MALL

SAID = (
    ("pejabat", SignalKind.JUMPS, (12, 40, 3, 310), 0.6, 3e-9, 8.5),
    ("verifikator", SignalKind.TRIFLES, (9, 64, 7, 421), 1.2, 2e-6, 5.7),
    ("loket", SignalKind.SKIPS, (11, 96, 9, 540), 1.7, 8e-5, 4.1),
)
"""Who, which sign, found of how many, of colleagues, what was to be expected, and how odd it is."""


def load_signals() -> int:
    """Lay them down as those of last month; how many."""
    decided = Case.objects.filter(agency_id=MALL, decided_at__isnull=False).order_by("-decided_at", "pk")
    cases: list[UUID] = list(decided.values_list("pk", flat=True)[:6])
    found = []
    for name, kind, counts, expected, chance, score in SAID:
        officer = User.objects.get(email=f"{name}@{DOMAIN}").pk
        found.append(Finding(kind, officer, MALL, *counts, expected=expected, chance=chance, score=score))
    month = counting.later(clock.today().replace(day=1), -1)
    return counting.keep(month, found, lambda _one: cases, sample=True).signals
