"""Whole files go to one worker, and what is named as long is there."""

from mall.runtime.folders import CHECKOUT
from tests.scheduling import CROSSED, FIRST, reading_order, turn_of, unit_of


def test_what_is_handed_out_first_exists() -> None:
    assert [name for name in FIRST if not (CHECKOUT / name).exists()] == []


def test_tests_of_a_file_are_one_unit_and_those_of_a_shared_world_another() -> None:
    assert unit_of("tests/web/test_a.py::test_one[x::y@z]") == unit_of("tests/web/test_a.py::test_two")
    assert unit_of(f"{CROSSED}test_headers.py::test_one") == unit_of(f"{CROSSED}test_services.py::test_two") == CROSSED
    assert turn_of(f"{CROSSED}test_headers.py::test_one") < turn_of("tests/a.py::b")


def test_every_worker_reads_all_folders_each_from_another_place() -> None:
    orders = [reading_order(CHECKOUT / "tests", f"gw{number}") for number in range(4)]
    assert len({order[0] for order in orders[:3]}) == 3
    assert orders[3] == orders[0]
    holding = {path.parent.relative_to(CHECKOUT).parts[1] for path in (CHECKOUT / "tests").rglob("test_*.py")}
    for order in orders:
        assert sorted(order) == sorted(f"tests/{room}" for room in holding)
