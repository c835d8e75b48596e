"""Bytes on disk, encrypted, named by the SHA-256 of what they hold: equal bytes are one file, and a
changed file is found out.

The file is written first and the row that names it afterwards. A crash between the two leaves a file
that nobody names, which `sweep` removes after two days; a row never names a file that is not there.
"""

import hashlib
import os
import re
import uuid
from collections.abc import Collection, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection

from agencies.sealing import SealBrokenError, seal_bytes, unseal_bytes

GRACE = timedelta(hours=48)
"""How long a file without a row is left alone."""

_GATE = 0x6D616C_B10B
"""Number of the PostgreSQL lock between those who write files and the sweeper."""
_NAME = re.compile(r"[0-9a-f]{64}")


class LostFile(RuntimeError):
    """A file that a row names is not there, or is not what it was."""


def digest(content: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(content).hexdigest()


def path_of(sha256: str) -> Path:
    """Where the bytes with this hash lie; `ValueError` when that is no hash."""
    if not _NAME.fullmatch(sha256):
        raise ValueError("not a SHA-256")
    return _root() / sha256[:2] / sha256[2:4] / sha256


def write(content: bytes) -> str:
    """Keep these bytes for good and return their hash. Call `hold` first, in the row's transaction."""
    sha256 = digest(content)
    target = path_of(sha256)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = target.with_name(f".{uuid.uuid4().hex}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(seal_bytes(content))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    _flush_folder(target.parent)
    return sha256


def read(sha256: str) -> bytes:
    """The bytes with this hash.

    Raises:
        LostFile: they are gone, or changed.
    """
    try:
        content = unseal_bytes(path_of(sha256).read_bytes())
    except (OSError, SealBrokenError) as error:
        raise LostFile(sha256) from error
    if digest(content) != sha256:
        raise LostFile(sha256)
    return content


def hold() -> None:
    """Keep the sweeper away until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [_GATE])


def hold_alone() -> None:
    """Wait until nobody is between file and row, and keep it so until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_GATE])


def everything() -> Iterator[Path]:
    """Every file, unfinished drafts included."""
    return _root().glob("??/??/*")


def is_older(path: Path, moment: datetime) -> bool:
    """Was it last written before that moment? False for one that is gone."""
    with suppress(FileNotFoundError):
        return path.stat().st_mtime < moment.timestamp()
    return False


def remove(paths: Collection[Path]) -> None:
    """Delete these files; one that is gone already is fine."""
    for path in paths:
        path.unlink(missing_ok=True)


def _root() -> Path:
    return Path(settings.VAULT_ROOT)


def _flush_folder(folder: Path) -> None:
    """Make the new name itself survive a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
