"""Anybody downloads the daily roots and the program that checks them, and runs it at home."""

import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client

from agencies import clock
from tests.cases import text_of
from workflows.trail.roots import DayRoot, link, merkle

pytestmark = pytest.mark.django_db
FILES = {"periksa_akar.py": "periksa_akar.py", "akar.csv": "akar-harian.csv"}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with both files, of ten days."""
    previous = ""
    for at in range(10):
        day = date(2026, 10, 1) + timedelta(days=at)
        root = merkle([f"{at:064x}"])
        made = link(previous, day.isoformat(), root)
        DayRoot.objects.create(day=day, root=root, previous=previous, link=made, sealed_at=clock.now())
        previous = made
    for name, address in FILES.items():
        (tmp_path / name).write_text(text_of(Client().get(f"/transparansi/akar/{address}")), "utf-8")
    return tmp_path


def check(home: Path, *names: str) -> tuple[int, str]:
    """Run the downloaded program alone, away from this project."""
    argv = [sys.executable, "-I", "periksa_akar.py", *names]
    done = subprocess.run(argv, cwd=home, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def spoilt(home: Path, spoil: Callable[[list[str]], list[str]]) -> str:
    lines = (home / "akar.csv").read_text("utf-8").splitlines()
    (home / "lain.csv").write_text("\n".join(spoil(lines)), "utf-8")
    return "lain.csv"


def test_roots_hold(home: Path) -> None:
    code, said = check(home, "akar.csv")
    assert (code, said.startswith("COCOK: 10 hari, 2026-10-01 sampai 2026-10-10")) == (0, True)


@pytest.mark.parametrize(
    ("spoil", "day"),
    [
        (lambda lines: [*lines[:4], *lines[5:]], "2026-10-05"),
        (lambda lines: [lines[0], *lines[2:]], "2026-10-02"),
        (lambda lines: [*lines[:3], lines[3].replace(lines[3][11:15], "beef"), *lines[4:]], "2026-10-03"),
        (lambda lines: [*lines[:3], lines[4], lines[3], *lines[5:]], "2026-10-04"),
        (lambda lines: [*lines[:6], lines[5], *lines[6:]], "2026-10-05"),
    ],
)
def test_removed_changed_swapped_or_doubled_day_is_named(
    home: Path, spoil: Callable[[list[str]], list[str]], day: str
) -> None:
    code, said = check(home, spoilt(home, spoil))
    assert (code, said) == (1, f"TIDAK COCOK: rantai putus pada {day}.\n")


def test_tail_that_was_cut_or_written_anew_is_seen_beside_an_older_copy(home: Path) -> None:
    shorter = spoilt(home, lambda lines: lines[:8])
    assert check(home, shorter)[0] == 0
    assert check(home, shorter, "akar.csv") == (1, "TIDAK COCOK: 2026-10-08 tidak lagi seperti pada salinan lama.\n")
    assert check(home, "akar.csv", shorter)[0] == 0


def test_empty_file_and_wrong_words_are_told(home: Path) -> None:
    assert check(home, spoilt(home, lambda lines: lines[:1]))[0] == 1
    assert check(home)[0] == 2
