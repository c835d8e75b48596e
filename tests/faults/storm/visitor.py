"""A browser of a few lines: keeps its cookies, fills in the hidden fields, and tries again as a person does."""

import http.client
import re
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

HIDDEN = re.compile(r'<input type="hidden" name="(?P<name>[\w-]+)" value="(?P<value>[^"]*)"')


@dataclass(frozen=True)
class Answer:
    """Status, where it leads, what it says, and how many seconds it took."""

    status: int
    location: str
    text: str
    seconds: float


class NoAnswer(Exception):
    """The connection broke before an answer came: nobody can tell whether it was done."""


@dataclass
class Visitor:
    """One person in front of one browser."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def log_in(self, login: str, password: str) -> None:
        """By the log-in page."""
        page = self.ask("GET", "/akun/login/")
        told = self.ask("POST", "/akun/login/", fields_of(page) | {"login": login, "password": password})
        assert told.status == 302, told

    def form(self, path: str) -> dict[str, str]:
        """The hidden fields of a page's form: CSRF token and key."""
        page = self.ask("GET", path)
        assert page.status == 200, page
        return fields_of(page)

    def ask(self, method: str, path: str, fields: dict[str, str] | None = None) -> Answer:
        """One request on a connection of its own; raises `NoAnswer` when it breaks."""
        began = time.monotonic()
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if fields:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            link.request(method, path, urlencode(fields) if fields else None, headers)
            reply = link.getresponse()
            text = reply.read().decode()
        except (OSError, http.client.HTTPException) as fault:
            raise NoAnswer(repr(fault)) from fault
        finally:
            link.close()
        self._keep(reply.headers.get_all("Set-Cookie") or [])
        return Answer(reply.status, reply.headers.get("Location", ""), text, time.monotonic() - began)

    def insist(self, path: str, fields: dict[str, str], patience: float = 60) -> tuple[Answer, int]:
        """Send a form until it is answered by a page that is no fault; the answer, and how often it was sent."""
        end, sent = time.monotonic() + patience, 0
        while True:
            sent += 1
            try:
                answer = self.ask("POST", path, fields)
            except NoAnswer:
                answer = None
            if answer is not None and answer.status < 500:
                return answer, sent
            assert time.monotonic() < end, f"no answer after {sent} times: {answer}"
            time.sleep(0.2)

    def _keep(self, cookies: list[str]) -> None:
        for cookie in cookies:
            name, _, rest = cookie.partition("=")
            self.cookies[name] = rest.partition(";")[0]


def fields_of(page: Answer) -> dict[str, str]:
    """Hidden fields of the last form that has a field with that name."""
    return {found["name"]: found["value"] for found in HIDDEN.finditer(page.text)}
