"""What every test shares: the throwaway servers, and a database of its own for this process."""

import os
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connections

from mall.runtime.testservers import Lease


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


@pytest.fixture
def program_env(db: None) -> dict[str, str]:
    """The environment in which a program started by a test finds this test's database and Valkey slots.

    It sees only what is committed, so use it with `transactional_db`.
    """
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "mall.settings.test",
        "MALL_TEST_RUN": str(settings.RUN),
        "MALL_TEST_DATABASE": connections["default"].settings_dict["NAME"],
    }
