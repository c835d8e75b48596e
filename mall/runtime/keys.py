"""Keys that the demo makes for itself on its first start."""

import base64
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from mall.runtime.errors import Trouble
from mall.runtime.folders import make_private


def new_text() -> str:
    """A random text for Django's signatures."""
    return secrets.token_urlsafe(64)


def new_bytes() -> str:
    """32 random bytes in base64, for encryption and keyed hashes."""
    return base64.b64encode(secrets.token_bytes(32)).decode("ascii")


def kept(path: Path, make: Callable[[], str]) -> str:
    """The key in `path`, made and written (mode 0600) where there is none.

    Two processes that start at once agree: the file appears whole or not at all, and the first one wins.
    """
    if not path.exists():
        make_private(path.parent)
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            draft.touch(mode=0o600)
            draft.write_text(make() + "\n", encoding="ascii")
            os.link(draft, path)
        except FileExistsError:
            return kept(path, make)
        except OSError as fault:
            raise Trouble(f"The key {path} cannot be written: {fault.strerror}.") from fault
        finally:
            draft.unlink(missing_ok=True)
    return path.read_text(encoding="ascii").strip()
