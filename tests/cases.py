"""Cases for the tests of pages: driven through the services, and looked at through Django's test client."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from agencies.models import Person, User
from mall.canary.answers import sample_answers
from mall.canary.paper import blank_pdf
from tests.engine import ADVISED, CHECKED, DECIDED, INTAKE, EngineScript, TestCast, played
from tests.factories import make_user
from workflows.cases.models import Case
from workflows.definition.model import Definition
from workflows.trail.models import Event

MALL = "DPMPTSP"
DOCTOR = "DPMPTSP-SIP-DOKTER"
"""One recommendation, rendered permit (M1)."""


def browser(user: User | None = None) -> Client:
    """A browser in which this user is logged in, or nobody."""
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def staff(role: str, agency: str = MALL) -> User:
    """Somebody new with one role."""
    return make_user(roles=[(role, agency)])


def at(stage: str, code: str = DOCTOR, cast: TestCast | None = None) -> EngineScript:
    """A case at a stage: `drafted`, `submitted`, `taken`, `checked`, `advised` or `decided`."""
    parts = {
        "drafted": INTAKE[:3],
        "submitted": INTAKE,
        "taken": (*INTAKE, "take"),
        "checked": CHECKED,
        "advised": ADVISED,
        "decided": DECIDED,
    }[stage]
    return played(code, *parts, cast=cast)


def case_of(script: EngineScript) -> Case:
    """The case as it stands in the database."""
    return Case.objects.select_related("service_version", "applicant").get(pk=script.case_id)


def looks_of(person: Person | Any) -> list[Event]:
    """Every recorded look at this person, oldest first."""
    pk = getattr(person, "pk", person)
    return list(Event.objects.filter(subject_kind="person", subject_id=pk, kind="person.looked_at").order_by("seq"))


@contextmanager
def counted() -> Iterator[CaptureQueriesContext]:
    """Counts the queries of a page; `len(found)` afterwards."""
    with CaptureQueriesContext(connection) as found:
        yield found


def text_of(response: Any) -> str:
    """What the page says."""
    return str(response.content.decode())


def clerk() -> User:
    """Somebody at the counter of the mall."""
    return staff("clerk")


def filled(definition: Definition, **change: str) -> dict[str, str]:
    """Every question of a definition answered, as the generated form posts it; a date in its three boxes."""
    said: dict[str, str] = {}
    for name, typed in (sample_answers(definition) | change).items():
        if definition.question(name).type == "date" and typed:
            year, month, day = typed.split("-")
            said |= {f"q-{name}_day": day, f"q-{name}_month": month, f"q-{name}_year": year}
        else:
            said[f"q-{name}"] = typed
    return said


def pdf(name: str = "ktp.pdf") -> SimpleUploadedFile:
    """A small PDF as a browser sends it."""
    return SimpleUploadedFile(name, blank_pdf(), content_type="application/pdf")


def photo(name: str = "foto.jpg") -> SimpleUploadedFile:
    """A small picture as a browser sends it."""
    out = BytesIO()
    Image.new("RGB", (60, 80), "red").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/jpeg")
