"""Releases of the league's data set for tests, as text and as rows."""

import csv
import io
from collections.abc import Iterable, Mapping
from random import Random

Case = tuple[str, bool]
"""Stratum, and whether it was decided on time."""
HEADER = (
    *("period", "agency", "agency_name", "stratum", "stratum_name"),
    *("decided", "decided_suppressed", "on_time", "on_time_suppressed"),
)


def release(cases: Iterable[tuple[str, Case]], hidden: Iterable[tuple[str, str]] = ()) -> str:
    """The CSV of these decisions, each with its agency; nothing is hidden but what is said."""
    sums: dict[tuple[str, str], list[int]] = {}
    for agency, (stratum, on_time) in cases:
        for key in (("", ""), (agency, ""), (agency, stratum)):
            into = sums.setdefault(key, [0, 0])
            into[0] += 1
            into[1] += on_time
    out, shut = io.StringIO(), set(hidden)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADER)
    for (agency, stratum), (decided, on_time) in sorted(sums.items()):
        told = ["", "true", "", "true"] if (agency, stratum) in shut else [decided, "false", on_time, "false"]
        writer.writerow(["2026-Q3", agency, agency.title(), stratum, stratum, *told])
    return out.getvalue()


def population(
    dice: Random, sizes: Mapping[str, int], punctual: Mapping[str, float], better: Mapping[str, float] | None = None
) -> list[tuple[str, Case]]:
    """Decisions of agencies of these sizes; `punctual` says how likely each stratum is on time, `better` adds to it."""
    found = []
    for agency, size in sizes.items():
        more = (better or {}).get(agency, 0.0)
        for _one in range(size):
            stratum = dice.choice(sorted(punctual))
            found.append((agency, (stratum, dice.random() < punctual[stratum] + more)))
    return found


def shuffled(dice: Random, cases: list[tuple[str, Case]]) -> list[tuple[str, Case]]:
    """The same decisions under the same labels, in another order: nobody is better than anybody."""
    labels = [agency for agency, _case in cases]
    dice.shuffle(labels)
    return [(label, case) for label, (_agency, case) in zip(labels, cases, strict=True)]
