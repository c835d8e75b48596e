"""What must hold before anything is started, each answered by one sentence when it does not."""

import ctypes
import shutil
import socket
from pathlib import Path

from mall.runtime.errors import Trouble

LEAST_FREE = 300 * 1024 * 1024
LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}


def require_port(port: int) -> None:
    """The port is free on this machine."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError as fault:
            raise Trouble(f"Port {port} may not be used by this user; choose another with --port 8080.") from fault
        except (OSError, OverflowError) as fault:
            raise Trouble(f"Port {port} is taken or not a port; choose another with --port {_other(port)}.") from fault


def _other(port: int) -> int:
    return port + 10 if 1024 <= port < 65_000 else 8080


def require_space(folder: Path) -> None:
    """There is room for a database, and the folder can be written."""
    free = shutil.disk_usage(folder).free
    if free < LEAST_FREE:
        raise Trouble(f"Only {free // 2**20} MB are free in {folder}; {LEAST_FREE // 2**20} MB are needed.")
    probe = folder / ".probe"
    try:
        probe.write_bytes(b"0" * 4096)
        probe.unlink()
    except OSError as fault:
        raise Trouble(f"The folder {folder} cannot be written: {fault.strerror}.") from fault


def require_libraries() -> None:
    """The libraries that draw permits are installed."""
    missing = [package for library, package in LIBRARIES.items() if not _loads(library)]
    if missing:
        raise Trouble(f"Permits cannot be drawn without {', '.join(missing)}; run: apt-get install {' '.join(missing)}")


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
