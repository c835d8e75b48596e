"""Where the running software keeps its data, sockets, logs and keys."""

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from mall.runtime.errors import Trouble

CHECKOUT = Path(__file__).resolve().parents[2]
# sockaddr_un holds 107 bytes; the longest name put behind the folder is ".s.PGSQL.5432.lock".
LONGEST_SOCKET_FOLDER = 80


@dataclass(frozen=True)
class Folders:
    """The `var` folder of one running copy and everything below it."""

    root: Path

    @property
    def sockets(self) -> Path:
        """A private folder whose path is short enough for a Unix socket."""
        inside = self.root / "run"
        if len(os.fsencode(inside)) <= LONGEST_SOCKET_FOLDER:
            return inside
        digest = hashlib.sha256(os.fsencode(self.root)).hexdigest()[:12]
        return Path("/tmp") / f"mal-{os.getuid()}-{digest}"  # noqa: S108 - short, and refused unless it is ours and 0700

    @property
    def postgres(self) -> Path:
        """The data of the embedded PostgreSQL."""
        return self.root / "postgres"

    @property
    def valkey(self) -> Path:
        """The data of the embedded Valkey."""
        return self.root / "valkey"

    @property
    def logs(self) -> Path:
        """One file a program."""
        return self.root / "log"

    @property
    def lock(self) -> Path:
        """Held for as long as one copy runs."""
        return self.root / "run.lock"

    def make(self) -> None:
        """Create all folders, private to the user who runs the software."""
        for folder in (self.root, self.sockets, self.postgres, self.valkey, self.logs):
            make_private(folder)


def default_root() -> Path:
    """`MALL_VAR`, or `var` in the checkout."""
    named = os.environ.get("MALL_VAR")
    return Path(named).resolve() if named else CHECKOUT / "var"


def make_private(folder: Path) -> None:
    """Create `folder` with mode 0700, or make sure that an existing one is ours."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.lstat()
    except OSError as fault:
        raise Trouble(f"The folder {folder} cannot be created: {fault.strerror}.") from fault
    if not stat.S_ISDIR(found.st_mode):
        raise Trouble(f"{folder} is not a folder; move it away and start again.")
    if os.getuid() not in {0, found.st_uid}:
        raise Trouble(f"The folder {folder} belongs to another user; give it to yourself or start as that user.")
    if os.getuid() == 0 and found.st_uid != 0 and folder.parent == Path("/tmp"):  # noqa: S108 - a planted folder
        raise Trouble(f"The folder {folder} belongs to another user; remove it and start again.")
    if stat.S_IMODE(found.st_mode) != 0o700:
        folder.chmod(0o700)
