"""A cluster for the demo with schema and catalogue in it, so that a mall need not migrate again."""

import subprocess
from pathlib import Path

from django.conf import settings
from psycopg import sql

from mall.runtime.folders import Folders
from mall.runtime.postgres import DATABASE, USER, Postgres, programs
from mall.runtime.roles import APPLICATION
from mall.runtime.testservers import Lease, database_name


def prepare(var: Path, template: str) -> None:
    """Make the cluster of a mall in `var`; `template` is a migrated database of the tests' own cluster."""
    folders = Folders(var)
    folders.make()
    postgres = Postgres(folders.postgres, folders.sockets, folders.logs / "postgresql.log")
    child = postgres.child()
    child.start()
    try:
        child.wait_ready()
        postgres.ensure_database(DATABASE)
        postgres.ensure_role(APPLICATION)
        with postgres.connect("postgres") as link:
            link.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(settings.MALL_REGISTRY_ROLE)))
        _copy(template, folders.sockets)
    finally:
        child.stop()


def _copy(template: str, sockets: Path) -> None:
    """By way of a database of our own: nobody can copy a template while somebody else reads it."""
    theirs = Lease(settings.BASE_DIR, settings.RUN)
    name = f"{database_name(settings.RUN)}_dumped"
    theirs.postgres.ensure_database(name, template=template)
    dump = [*_words("pg_dump", theirs.folders.sockets, name), "--no-owner", "--no-privileges"]
    load = [*_words("psql", sockets, DATABASE), "-q", "-X", "-v", "ON_ERROR_STOP=1"]
    with subprocess.Popen(dump, stdout=subprocess.PIPE) as dumping:
        subprocess.run(load, stdin=dumping.stdout, stdout=subprocess.DEVNULL, check=True)
    assert dumping.returncode == 0


def _words(program: str, sockets: Path, database: str) -> list[str]:
    return [str(programs() / program), "-h", str(sockets), "-U", USER, "-d", database]
