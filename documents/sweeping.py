"""Removing files that no row names: what a crash between file and row left behind."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Q

from agencies import clock
from documents import blobs
from documents.letters.models import Letter
from documents.permits.models import PermitDocument
from documents.vault.models import EvidenceFile, StoredFile

BATCH = 500


def sweep_orphans() -> int:
    """Delete every file older than 48 hours that no row names; the number deleted."""
    limit = clock.now() - blobs.GRACE
    return sum(_sweep(paths, limit) for paths in _batches(limit))


def _batches(limit: datetime) -> Iterator[list[Path]]:
    paths = [path for path in blobs.everything() if blobs.is_older(path, limit)]
    for start in range(0, len(paths), BATCH):
        yield paths[start : start + BATCH]


@transaction.atomic
def _sweep(paths: list[Path], limit: datetime) -> int:
    """One batch, looked at again under the lock: somebody may have stored the same bytes just now."""
    blobs.hold_alone()
    still = [path for path in paths if blobs.is_older(path, limit)]
    named = _named({path.name for path in still})
    orphans = [path for path in still if path.name not in named]
    blobs.remove(orphans)
    return len(orphans)


def _named(hashes: set[str]) -> set[str]:
    """Those of the hashes that some row names. Four queries."""
    kept = set(StoredFile.objects.filter(sha256__in=hashes).values_list("sha256", flat=True))
    kept.update(EvidenceFile.objects.filter(sha256__in=hashes).values_list("sha256", flat=True))
    made = Q(sealed_sha256__in=hashes) | Q(unsigned_sha256__in=hashes)
    for documents in (PermitDocument.objects, Letter.objects):
        for pair in documents.filter(made).values_list("sealed_sha256", "unsigned_sha256"):
            kept.update(pair)
    return kept
