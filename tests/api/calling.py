"""A program that calls the API for somebody, as the tests do."""

import json
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from agencies.ids import new_id
from agencies.models import User
from mall.canary.paper import blank_pdf
from tests.cases import browser

BASE = "/api/v1"
PROBLEM = "application/problem+json"


@dataclass
class Caller:
    """Somebody, or nobody, with her session."""

    user: User | None = None
    client: Client = field(init=False)

    def __post_init__(self) -> None:
        self.client = browser(self.user)

    def get(self, path: str, **headers: str) -> Any:
        """Read; a header such as `X_Purpose="decision"`."""
        return self.client.get(f"{BASE}{path}", headers=_headers(headers))

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """Write."""
        content = b"" if body is None else json.dumps(body).encode()
        return self.client.generic(
            method, f"{BASE}{path}", content, content_type="application/json", headers=_headers(headers)
        )

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        """Write with a key of its own."""
        return self.send("POST", path, body, **{"Idempotency_Key": str(new_id()), **headers})

    def upload(self, path: str, content: bytes | None = None, name: str = "berkas.pdf", **more: str) -> Any:
        """Upload a file; `If_Match` is a header, all else a field."""
        headers = {key: more.pop(key) for key in list(more) if key[0].isupper()}
        file = SimpleUploadedFile(name, blank_pdf() if content is None else content)
        return self.client.post(f"{BASE}{path}", {**more, "file": file}, headers=_headers(headers))

    def tag(self, case_id: object) -> str:
        """The ETag of a case, as its transitions tell it without a look at the person."""
        return str(self.get(f"/cases/{case_id}/transitions")["ETag"])

    def act(self, case_id: object, name: str, **inputs: Any) -> Any:
        """Do a transition on the case as it stands."""
        return self.post(f"/cases/{case_id}/transitions", {"name": name, **inputs}, If_Match=self.tag(case_id))


def _headers(given: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in given.items()}


def kind(response: Any) -> tuple[int, str]:
    """Status and slug of a problem, after a look at its shape."""
    assert response["Content-Type"] == PROBLEM, response.content
    body = response.json()
    assert body["status"] == response.status_code
    assert body["trace_id"] == response["X-Request-ID"]
    assert body["title"]
    assert body["detail"]
    return response.status_code, body["type"].rsplit("/", 1)[1]
