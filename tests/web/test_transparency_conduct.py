"""Late pauses and repeated returns in public: half years that are over, by agency, no small number to be computed."""

import re

import pytest

from mall.releases.declaring import K
from mall.transparency.conduct import shown, total
from mall.transparency.figures import SHUT
from tests.cases import browser, text_of
from tests.clockwork import Counter, at

ADDRESS = "/transparansi/jeda-dan-pengembalian/"


def page(moment: str) -> list[str]:
    """The figures on the page at that moment, in order."""
    with at(moment):
        text = text_of(browser().get(ADDRESS))
    return [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<td[^>]*>(.*?)</td>", text, re.DOTALL)]


@pytest.mark.django_db
def test_everybody_reads_late_pauses_of_the_last_half_year_and_none_of_the_running_one() -> None:
    for _time in range(K):
        counter = Counter().submit("2026-10-05 09:00")
        counter.send_back("2026-10-16 10:00", "ktp")
    assert page("2026-10-20 09:00") == []
    assert page("2026-11-02 09:00") == [], "a window that grew by a month would tell what is new in it"
    assert page("2027-01-04 09:00")[-2:] == [str(K), "0"]
    assert page("2027-06-30 09:00")[-2:] == [str(K), "0"]
    assert page("2027-07-02 09:00") == []


@pytest.mark.django_db
def test_a_single_late_pause_is_not_told() -> None:
    Counter().submit("2026-10-05 09:00").send_back("2026-10-16 10:00", "ktp")
    assert str(1) not in page("2027-01-04 09:00")
    assert SHUT in page("2027-01-04 09:00")


@pytest.mark.parametrize(
    "parts", [{"A": 1}, {"A": 9, "B": 1}, {"A": 9, "B": 1, "C": 0}, {"A": 20, "B": 3, "C": 8}, {"A": 4, "B": 4}]
)
def test_no_small_part_is_shown_or_is_what_is_left_of_the_total(parts: dict[str, int]) -> None:
    told = shown(parts)
    hidden = [name for name, said in told.items() if said == SHUT]
    assert not [name for name, said in told.items() if said != SHUT and 0 < parts[name] < K]
    if total(parts) != SHUT:
        rest = int(total(parts)) - sum(int(said) for said in told.values() if said != SHUT)
        assert rest == sum(parts[name] for name in hidden)
        assert rest == 0 or (rest >= K and len(hidden) > 1)


def test_quiet_offices_are_noughts() -> None:
    assert (shown({"A": 0, "B": 0}), total({"A": 0})) == ({"A": "0", "B": "0"}, "0")
