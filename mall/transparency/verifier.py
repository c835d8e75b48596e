"""Memeriksa akar harian catatan peristiwa. Checks the daily roots; needs Python 3.9 or later and nothing else.

    python3 periksa_akar.py akar-harian.csv                   each day is chained to the day before
    python3 periksa_akar.py akar-harian.csv salinan-lama.csv  and says what it said in a copy kept earlier

Ends with 0 when all is well, else with 1 and the first day that is not as it was.
"""

import csv
import hashlib
import sys
from collections.abc import Iterable
from pathlib import Path

Row = dict[str, str]


def link(previous: str, day: str, root: str) -> str:
    """What chains a day to the one before: SHA-256 over `previous|day|root` as text."""
    return hashlib.sha256(f"{previous}|{day}|{root}".encode()).hexdigest()


def first_broken(rows: Iterable[Row]) -> str:
    """The first day whose link does not follow from the day before it; empty when all do."""
    previous, last = "", ""
    for row in rows:
        follows = row["previous"] == previous and row["day"] > last
        if not follows or row["link"] != link(previous, row["day"], row["root"]):
            return row["day"]
        previous, last = row["link"], row["day"]
    return ""


def first_changed(rows: Iterable[Row], kept: Iterable[Row]) -> str:
    """The first day of an earlier copy that is gone or says something else now; empty when none does."""
    now = {row["day"]: row["link"] for row in rows}
    return next((row["day"] for row in kept if now.get(row["day"]) != row["link"]), "")


def read(path: str) -> list[Row]:
    """The rows of a file as it was downloaded."""
    with Path(path).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def main(paths: list[str]) -> int:
    """Say in one sentence whether the roots hold."""
    if len(paths) not in (1, 2):
        print(__doc__, file=sys.stderr)
        return 2
    rows = read(paths[0])
    if not rows:
        print("TIDAK COCOK: berkas tidak berisi satu hari pun.")
        return 1
    if day := first_broken(rows):
        print(f"TIDAK COCOK: rantai putus pada {day}.")
        return 1
    if len(paths) > 1 and (day := first_changed(rows, read(paths[1]))):
        print(f"TIDAK COCOK: {day} tidak lagi seperti pada salinan lama.")
        return 1
    print(
        f"COCOK: {len(rows)} hari, {rows[0]['day']} sampai {rows[-1]['day']}; mata rantai terakhir {rows[-1]['link']}."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
