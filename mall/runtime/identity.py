"""As whom the embedded PostgreSQL runs: it refuses root, and it wants a user with a name.

Nothing on the machine is changed for it: no account is made and no folder outside ours gets another owner or mode.
"""

import os
import pwd
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mall.runtime.errors import Trouble

NOBODY = 65534
NAMESPACE = ("unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}", "--")


@dataclass(frozen=True)
class Identity:
    """A way to run a program: words put before it, and the user and group to change to."""

    prefix: tuple[str, ...] = ()
    uid: int | None = None
    gid: int | None = None

    def command(self, argv: Sequence[str]) -> list[str]:
        """The argument list that runs `argv` this way."""
        return [*self.prefix, *argv]

    def give(self, folder: Path, *, deep: bool = True) -> None:
        """Make `folder`, and all in it when `deep`, belong to this identity."""
        uid, gid = (os.getuid(), os.getgid()) if self.uid is None else (self.uid, self.gid or self.uid)
        if os.getuid() != 0 or folder.stat().st_uid == uid:
            return
        os.chown(folder, uid, gid)
        for inner in folder.rglob("*") if deep else ():
            os.chown(inner, uid, gid, follow_symlinks=False)

    def run(self, argv: Sequence[str], *, env: Mapping[str, str], timeout: float) -> subprocess.CompletedProcess[str]:
        """Run to the end and return what it said."""
        return subprocess.run(
            self.command(argv),
            env=dict(env),
            user=self.uid,
            group=self.gid,
            extra_groups=None if self.uid is None else [],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )


def choose(place: Path, folders: Sequence[Path], program: Path) -> Identity:
    """The first identity that can run `program` and write into `folders`.

    `place` is the folder that holds ours. It and `folders` are given to that identity. Raises `Trouble` when none
    can.
    """
    for identity in _candidates(place.parent):
        identity.give(place, deep=False)
        for folder in folders:
            identity.give(folder)
        if _works(identity, folders, program):
            return identity
    raise Trouble(
        "PostgreSQL cannot run here: it refuses to run as this user, and this machine allows neither user namespaces "
        "nor another user to reach the folder; run bin/run as an ordinary user in a folder of that user."
    )


def _candidates(place: Path) -> Iterator[Identity]:
    if os.getuid() != 0:
        if _has_a_name(os.getuid()):
            yield Identity()
        yield Identity(prefix=NAMESPACE)
        return
    owner = place.stat()
    if owner.st_uid != 0 and _has_a_name(owner.st_uid):
        # `sudo bin/run` in somebody's home: only its owner (and not a namespace) can reach it.
        yield Identity(uid=owner.st_uid, gid=owner.st_gid)
    yield Identity(prefix=NAMESPACE)
    yield Identity(uid=NOBODY, gid=NOBODY)


def _has_a_name(uid: int) -> bool:
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True


def _works(identity: Identity, folders: Sequence[Path], program: Path) -> bool:
    tests = " && ".join(f'test -w "${number}"' for number in range(2, len(folders) + 2))
    argv = ["sh", "-c", f'"$1" --version && {tests}', "sh", str(program), *map(str, folders)]
    try:
        return identity.run(argv, env=os.environ, timeout=30).returncode == 0
    except (OSError, subprocess.SubprocessError):
        return False
