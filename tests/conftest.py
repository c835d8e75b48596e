"""What every test shares: the throwaway servers, and a database of its own for this process."""

import os
import threading
from collections.abc import Iterator
from contextlib import suppress
from functools import cache as cache_of
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.test import client as test_client
from pytest_django import DjangoDbBlocker
from xdist.remote import Producer

from agencies import clock
from documents.vault.kinds import Kind
from documents.vault.washing import parent
from mall.canary.paper import blank_pdf
from mall.runtime.testservers import Lease
from tests import flushing
from tests.scheduling import WholeFiles, reading_order, turn_of


def pytest_configure(config: pytest.Config) -> None:
    """The workers of a whole run begin to read in different places, and leave the processor to whom they wait for."""
    worker = getattr(config, "workerinput", {}).get("workerid")
    if worker and config.args == config.getini("testpaths"):
        config.args[:] = reading_order(settings.BASE_DIR / "tests", worker)
        os.setpriority(os.PRIO_PROCESS, 0, 10)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Workers have their usual priority again, where it may be raised."""
    if hasattr(session.config, "workerinput"):
        with suppress(PermissionError):
            os.setpriority(os.PRIO_PROCESS, 0, 0)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first."""
    items.sort(key=lambda item: turn_of(item.nodeid))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> WholeFiles:
    """Workers take whole files."""
    return WholeFiles(config, log)


def pytest_sessionstart(session: pytest.Session) -> None:
    """While the workers of a parallel run still read the tests, the database that they copy is made."""
    if getattr(session.config.option, "numprocesses", None) and not hasattr(session.config, "workerinput"):
        lease = Lease(settings.BASE_DIR, settings.RUN)
        making = threading.Thread(target=lease.join)
        making.start()
        session.config.add_cleanup(lease.leave)
        session.config.add_cleanup(making.join)


@pytest.fixture(scope="session")
def servers() -> Iterator[str | None]:
    """The shared PostgreSQL and Valkey; the name of a migrated database to copy."""
    lease = Lease(settings.BASE_DIR, settings.RUN)
    try:
        yield lease.join()
    finally:
        connections.close_all()
        lease.leave()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None, servers: str | None) -> None:
    """Start the servers before the first database, which is copied instead of migrated again."""
    connections["default"].settings_dict["TEST"]["TEMPLATE"] = servers


@pytest.fixture(autouse=True, scope="session")
def sample_paper_is_washed_once() -> Iterator[None]:
    """The paper of every made-up case goes through the real child once; a process each would take minutes."""
    washed, wash = cache_of(parent.wash), parent.wash

    def once(content: bytes, kind: Kind, *, place: bool = False) -> parent.Washed:
        if content == blank_pdf() and not place:
            return washed(content, kind)
        return wash(content, kind, place=place)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parent, "wash", once)
        yield


@pytest.fixture(scope="session")
def program_env(django_db_setup: None) -> dict[str, str]:
    """The environment in which a program started by a test finds this test's database and Valkey slots.

    It sees only what is committed, so use it with `transactional_db`.
    """
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "mall.settings.test",
        "MALL_TEST_RUN": str(settings.RUN),
        "MALL_TEST_DATABASE": connections["default"].settings_dict["NAME"],
    }


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Every test finds the agencies and the 203 services, as every installation has them, and nothing else."""
    from agencies.loader import load_all
    from workflows.definition.services import load_catalogue

    with django_db_blocker.unblock():
        load_all()
        load_catalogue()
        shipped = flushing.Shipped()
    with flushing.only_what_was_written(shipped):
        yield


@pytest.fixture(autouse=True, scope="session")
def page_keeps_its_own_context_only() -> Iterator[None]:
    """`response.context` is that of the page: Django would copy those of some twenty parts of every page too."""
    store = test_client.store_rendered_templates

    def first(kept: dict[str, Any], *words: Any, **more: Any) -> None:
        if "templates" not in kept:
            store(kept, *words, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(test_client, "store_rendered_templates", first)
        yield


@pytest.fixture
def bare(db: None) -> None:
    """Nothing is loaded yet: no agencies, no calendar, no services. Undone with the test's transaction."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in flushing.tables((*flushing.CATALOGUE, *flushing.PLACES)):
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


@pytest.fixture(autouse=True)
def forgotten_limits(request: pytest.FixtureRequest) -> None:
    """Guesses and uploads that an earlier test counted are no business of this one: every test has one address."""
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("servers")
        cache.clear()


@pytest.fixture
def still() -> Iterator[None]:
    """Time stands still, so that the minute or hour in which tries are counted does not end among them."""
    with clock.pretend(clock.now()):
        yield
