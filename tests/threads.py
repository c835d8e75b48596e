"""The same work in several threads at one moment."""

import threading
from collections.abc import Callable

from django.db import close_old_connections, connection


def at_once(work: Callable[[], object], threads: int = 8) -> None:
    """Run `work` in several threads that start together; each has a connection of its own."""
    barrier, faults = threading.Barrier(threads), []

    def run() -> None:
        close_old_connections()
        try:
            barrier.wait()
            work()
        except Exception as error:  # noqa: BLE001 - told to the test below
            faults.append(error)
        finally:
            connection.close()

    running = [threading.Thread(target=run) for _one in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    assert faults == []
