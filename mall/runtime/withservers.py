"""Run one command against the test servers: `python -m mall.runtime.withservers manage.py showmigrations`.

The command sees a migrated database of its own, dropped afterwards.
"""

import os
import subprocess
import sys

from mall.runtime.folders import CHECKOUT
from mall.runtime.testservers import Lease, database_name


def main(words: list[str]) -> int:
    """Run `words` as a Python program and return its exit code."""
    lease = Lease(CHECKOUT, os.getpid())
    name = database_name(lease.run)
    try:
        lease.postgres.ensure_database(name, template=lease.join())
        env = os.environ | {
            "DJANGO_SETTINGS_MODULE": "mall.settings.test",
            "MALL_TEST_RUN": str(lease.run),
            "MALL_TEST_DATABASE": name,
        }
        return subprocess.run([sys.executable, *words], env=env, check=False).returncode
    finally:
        lease.leave()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
