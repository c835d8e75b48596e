"""Another key: every row is sealed anew, and found by the hash of the new one."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.db import models, transaction

from mall.registers.access import opened
from mall.registers.choices import BatchState
from mall.registers.models import Batch, Correction, Entry, Export, Look, Viewing
from mall.registers.sealing import REGISTRY, RegistryTextField, nik_hash

Row = TypeVar("Row", bound=models.Model)
PIECE = 500
"""Rows a transaction."""


def reseal() -> int:
    """Seal everything under the key of now; how many rows. Killed half way it is simply run again.

    A look at somebody whose rows are destroyed keeps the hash of the former key: whose it was, nobody can tell.
    """
    done = _each(Entry, _entry)
    for table in (Look, Viewing, Correction, Export):
        done += _each(table, _texts)
    return done + _files()


def _each(table: type[Row], seal: Callable[[Row], None]) -> int:
    done, last = 0, UUID(int=0)
    while True:
        with transaction.atomic(), opened():
            found: models.QuerySet[Row] = models.QuerySet(table)
            rows = list(found.select_for_update().filter(pk__gt=last).order_by("pk")[:PIECE])
            for row in rows:
                seal(row)
        if not rows:
            return done
        done, last = done + len(rows), rows[-1].pk


def _entry(row: Entry) -> None:
    former, row.nik_hash = row.nik_hash, nik_hash(row.nik)
    if former != row.nik_hash:
        Look.objects.filter(nik_hash=former).update(nik_hash=row.nik_hash)
        Correction.objects.filter(nik_hash=former).update(nik_hash=row.nik_hash)
    row.save(update_fields=["nik_hash", *_sealed(row)])


def _texts(row: models.Model) -> None:
    row.save(update_fields=_sealed(row))


def _sealed(row: models.Model) -> list[str]:
    return [field.name for field in row._meta.concrete_fields if isinstance(field, RegistryTextField)]


def _files() -> int:
    """The files that wait for a look."""
    with transaction.atomic(), opened():
        rows = list(Batch.objects.select_for_update().filter(state=BatchState.PREVIEWED))
        for row in rows:
            assert row.content is not None
            row.content = REGISTRY.seal_bytes(REGISTRY.unseal_bytes(bytes(row.content)))
            row.save(update_fields=["content"])
    return len(rows)
