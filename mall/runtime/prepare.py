"""What the database and the folders need before the first page: asked each time, done only where missing."""

import hashlib
import shutil
from collections.abc import Callable
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.db import connections, transaction

from agencies.checks import cuti_bersama_is_known
from mall.runtime import roles
from mall.runtime.folders import Folders
from mall.runtime.health import pending_migrations


def schema(say: Callable[[str], None]) -> None:
    """Migrate when a migration is missing, as the owner; then the application has its rights, and no others."""
    using = roles.connection_name()
    if pending_migrations(using):
        say("Preparing the database …")
        call_command("migrate", database=using, interactive=False, verbosity=0)
    roles.grant()


def catalogue() -> None:
    """Load the agencies and their services; the loaders skip what they have."""
    _call_if_known("load_agencies")
    _call_if_known("load_catalogue")


def demo(folders: Folders, say: Callable[[str], None]) -> None:
    """Load the made-up people and cases once."""
    done = folders.root / "demo.loaded"
    if done.exists() or "load_demo" not in get_commands():
        return
    say("Loading the demo …")
    with transaction.atomic():  # a start that is stopped here leaves nothing half loaded
        call_command("load_demo", stdout=StringIO())
    _call_if_known("publish_releases")
    _call_if_known("seal_days")
    done.touch()


def _call_if_known(command: str) -> None:
    if command in get_commands():
        call_command(command, verbosity=0, stdout=StringIO())


def warn(say: Callable[[str], None]) -> None:
    """Say what is wrong with the holiday table, at the start and not when the first date is wrong."""
    for told in cuti_bersama_is_known(None):
        say(f"Warning: {told.msg} {told.hint}")


def static_files() -> None:
    """Collect the static files when any of them changed."""
    root = Path(settings.STATIC_ROOT)
    digest, kept = _static_digest(), root / ".digest"
    if kept.exists() and kept.read_text() == digest:
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=root.exists())
    kept.write_text(digest)


def _static_digest() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda found: found[0]):
            seen = Path(storage.path(path)).stat()
            digest.update(f"{path}\0{seen.st_size}\0{seen.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def forget_demo(folders: Folders) -> None:
    """Delete the demo's data, uploads and messages; keys and logs stay."""
    (folders.root / "demo.loaded").unlink(missing_ok=True)
    gone = (folders.postgres, folders.valkey, settings.VAULT_ROOT, settings.MEDIA_ROOT, folders.root / "mail")
    for folder in gone:
        shutil.rmtree(folder, ignore_errors=True)
    folders.make()


def let_go() -> None:
    """Close the connections used for preparing."""
    connections.close_all()
