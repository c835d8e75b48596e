"""Slack in working days: words for every side of the last minute."""

from datetime import datetime

import pytest

from agencies import clock
from mall.desk import slack

pytestmark = pytest.mark.django_db


def at(day: str, hour: int = 14) -> datetime:
    return datetime.fromisoformat(day).replace(hour=hour, tzinfo=clock.WIB)


@pytest.mark.parametrize(
    ("now", "end", "words"),
    [
        (at("2026-11-20", 9), at("2026-11-20"), "Jatuh tempo hari ini"),
        (at("2026-11-20", 15), at("2026-11-20"), "Terlambat"),
        (at("2026-11-22", 9), at("2026-11-20"), "Terlambat"),
        (at("2026-11-23", 9), at("2026-11-20"), "Terlambat 1 hari kerja"),
        (at("2026-11-20", 9), at("2026-11-23"), "Sisa 1 hari kerja"),
        (at("2026-11-22", 9), at("2026-11-27"), "Sisa 5 hari kerja"),
        (at("2026-11-22", 9), at("2020-01-06"), "Terlambat lebih dari setahun"),
    ],
)
def test_words_of_a_deadline(monkeypatch, now, end, words):
    monkeypatch.setattr(clock, "now", lambda: now)
    [found] = slack.of([(at("2026-11-16"), end)])
    assert str(found.look.words) == words


def test_amber_from_four_fifths_of_the_term_on(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: at("2026-11-26", 9))
    near, far = slack.of([(at("2026-11-16"), at("2026-11-27")), (at("2026-11-25"), at("2026-12-04"))])
    assert (near.look.tone, far.look.tone) == ("yours", "quiet")


def test_very_old_deadline_does_not_spoil_its_neighbours(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: at("2026-11-20", 9))
    old, young = slack.of([(at("2019-12-16"), at("2020-01-06")), (at("2026-11-16"), at("2026-11-23"))])
    assert (old.days, young.days) == (None, 1)


def test_case_without_a_running_term_says_so():
    assert slack.of([(None, None)]) == [None]
    assert "Tanpa batas waktu berjalan" in slack.tag(None)


def test_one_query_for_any_number_of_deadlines(django_assert_num_queries):
    with django_assert_num_queries(1):
        slack.of([(at("2026-11-16"), at("2026-11-27"))] * 50)
