"""PDF of what was published, rendered once by a worker and kept for good; no request ever renders one.

A job names a document, what it is made of and how it is written. Releases are jobs of this module; a face that has
reports of its own registers where its jobs come from.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

import structlog

from agencies import clock
from mall.releases import datasets, paper, queries
from mall.releases.models import Print, Release

LAYOUT = Path(__file__).parent / "layouts" / "1.css"
AT_ONCE = 6
"""Documents that one round renders, so that other work of the worker is not kept waiting."""
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """One document: its name, the digest of what it shows, and its HTML."""

    name: str
    source: str
    markup: Callable[[], str]


Wanted = Callable[[], Iterable[Job]]
_wanted: list[Wanted] = []


def register(wanted: Wanted) -> None:
    """Say where more jobs come from."""
    if wanted not in _wanted:
        _wanted.append(wanted)


def name_of(release: Release) -> str:
    """The name of the document of a release."""
    return f"{release.dataset}/{release.period}"


def source_of(*releases: Release) -> str:
    """What a document of these releases shows: a revision that is withdrawn by the next one is another document."""
    text = "|".join(f"{one.sha256}:{one.revision}" for one in releases)
    return hashlib.sha256(text.encode()).hexdigest()


def jobs() -> Iterator[Job]:
    """Every document that there should be, the standing releases first."""
    known = {one.slug for one in datasets.all_datasets()}
    for release in queries.standing_of_all():
        if release.dataset in known:
            yield Job(name_of(release), source_of(release), partial(_release, release))
    for wanted in _wanted:
        yield from wanted()


def _release(release: Release) -> str:
    return paper.markup(queries.of(release.dataset, release.period))


def print_due(most: int = AT_ONCE) -> int:
    """Render what is missing, a few at a time; how many were made. One that fails is named and keeps no other back."""
    known = set(Print.objects.values_list("name", "source"))
    missing = (job for job in jobs() if (job.name, job.source) not in known)
    return sum(1 for _made in islice((job for job in missing if _printed(job)), most))


def _printed(job: Job) -> bool:
    from documents.permits.rendering import drawn

    try:
        content = drawn(job.markup(), [LAYOUT], bytes.fromhex(job.source)[:16])
    except Exception as error:  # noqa: BLE001 - one document that cannot be drawn must not keep the others back
        log.warning("releases.print_failed", document=job.name, error=type(error).__qualname__)
        return False
    digest = hashlib.sha256(content).hexdigest()
    defaults = {"sha256": digest, "content": content, "made_at": clock.now()}
    return Print.objects.get_or_create(name=job.name, source=job.source, defaults=defaults)[1]


def found(name: str, source: str) -> Print | None:
    """The document as it was rendered; None while no worker has come to it. One query."""
    return Print.objects.filter(name=name, source=source).first()
