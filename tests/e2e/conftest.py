"""A site and a browser for the walks. One of each for all of them, a clean database for each."""

import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.a11y.axe import Axe
from tests.e2e.site import Site, gateway_program, serving
from tests.e2e.typist import Typist
from tests.e2e.visitor import Visitor

CHROMIUM = "/usr/bin/chromium"
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
Visit = Callable[..., Visitor]
FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Remember that a walk failed, so that the pages it stood on can be told."""
    report = yield
    if call.when == "call" and report.failed:
        item.stash[FAILED] = True
    return report


@pytest.fixture(scope="package", autouse=True)
def _surroundings() -> Iterator[None]:
    """Playwright keeps an event loop in this thread: the database is asked between its turns, never inside.

    The log of requests is of no use here and drowns everything else.
    """
    log, level = logging.getLogger("mall.request"), logging.getLogger("mall.request").level
    log.setLevel(logging.WARNING)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield
    log.setLevel(level)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def axe(chromium: Browser) -> Axe:
    """The reader of every page."""
    return Axe(chromium)


@pytest.fixture(scope="package")
def packed_site(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Iterator[Site]:
    """The site, started once."""
    with serving(tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture
def site(packed_site: Site, transactional_db: None) -> Site:
    """The site with nobody in it."""
    return packed_site


@pytest.fixture
def gateway(site: Site, program_env: dict[str, str], tmp_path: Any) -> Iterator[None]:
    """The payment gateway's program, running."""
    with gateway_program(site, program_env, tmp_path):
        yield


@pytest.fixture
def visit(request: pytest.FixtureRequest, chromium: Browser, site: Site, axe: Axe) -> Iterator[Visit]:
    """Opens a browser for somebody; all are closed, and their pages judged, at the end."""
    visitors: list[Visitor] = []

    def come(keyboard: bool = False, **how: Any) -> Visitor:
        kind = Typist if keyboard else Visitor
        visitors.append(kind(chromium, site, axe, **how))
        return visitors[-1]

    yield come
    if request.node.stash.get(FAILED, False):
        for number, visitor in enumerate(visitors, start=1):
            told = f"{visitor.page.url} ({visitor.found})\n{visitor.words}"
            request.node.add_report_section("call", f"page of visitor {number}", told)
    for visitor in visitors:
        visitor.leave()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The walks belong to the long suites until their time on two quiet cores is known."""
    for item in items:
        if item.path.is_relative_to(item.config.rootpath / "tests" / "e2e"):
            item.add_marker(pytest.mark.long)
