"""What the permission world knows of the files of the regency."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from mall.regency import services
from tests.regency import BUDGET, about
from tests.security.things import Thing, World
from workflows.actors import Actor


def batches(by: Actor) -> dict[str, Thing]:
    """A kind of file, a file that waits to be published, and a data set of one that was."""
    made = services.upload(kind="apbd", content=BUDGET.encode(), about=about(version="murni"), by=by)
    done = services.upload(kind="apbd", content=BUDGET.encode(), about=about(version="realisasi"), by=by)
    services.publish(batch_id=done.pk, by=by)
    return {
        "filekind": Thing({"kind": "apbd"}),
        "batch": Thing({"batch_id": made.pk}),
        "figures": Thing({"slug": "apbd-realisasi", "period": "2026"}),
    }


def upload(_world: World, _thing: Thing) -> dict[str, Any]:
    """The form of an upload, filled in."""
    days = {"cut_off_day": 30, "cut_off_month": 9, "cut_off_year": 2026, "next_due_day": 31, "next_due_month": 1}
    told = {"period": "2026", "owner": "BPKAD", "source": "Perda", "licence": "CC BY 4.0", "kip_class": "berkala"}
    file = SimpleUploadedFile("apbd.csv", BUDGET.encode())
    return {**told, **days, "next_due_year": 2027, "version": "murni", "file": file}


def of_batch(_world: World, thing: Thing, _by: Actor) -> dict[str, Any]:
    """One file."""
    return {"batch_id": thing.ids["batch_id"]}


def of_kind(_world: World, _thing: Thing, _by: Actor) -> dict[str, Any]:
    """A file and what is said of it."""
    return {"kind": "apbd", "content": BUDGET.encode(), "about": about(version="murni")}
