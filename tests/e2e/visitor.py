"""Somebody with a browser: opens, reads, types, presses. Every page that she sees is looked at closely."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, Response

from tests.a11y.axe import Axe
from tests.e2e.site import Site

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
PASSWORD = "sandi-uji-2026"
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
Answer = str | date | tuple[str, bytes]
"""What somebody answers: words, the words of a choice, a day, or a file (name and bytes)."""


@dataclass
class Findings:
    """What is wrong on the pages that a visitor saw."""

    foreign: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    overflow: list[str] = field(default_factory=list)
    barriers: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.foreign or self.console or self.overflow or self.barriers)


class Visitor:
    """One person at one device. Without scripts everything works the same."""

    def __init__(
        self, browser: Browser, site: Site, axe: Axe, *, scripts: bool = False, size: Mapping[str, int] = PHONE
    ) -> None:
        self.site, self.axe, self.scripts = site, axe, scripts
        self.found = Findings()
        self.pages: list[str] = []
        self.context = browser.new_context(
            java_script_enabled=scripts, viewport=dict(size), locale="id-ID", base_url=site.url, accept_downloads=True
        )  # type: ignore[call-overload]
        self.context.set_default_timeout(30_000)
        self.page: Page = self.context.new_page()
        self.last: Response | None = None
        self.page.on("request", self._asked)
        self.page.on("console", self._complained)
        self.page.on("pageerror", lambda error: self.found.console.append(f"{self.page.url}: {error}"))
        self.page.on("response", self._answered)

    # --- going about ---------------------------------------------------------------------------------------------

    def open(self, path: str) -> "Visitor":
        """Open an address."""
        self.page.goto(path)
        return self._look()

    def follow(self, name: str) -> "Visitor":
        """Follow a link by its words; a number of what waits may stand behind them."""
        self._go(self.page.get_by_role("link", name=re.compile(rf"^{re.escape(name)}( \d+ \w+)?$")).first)
        return self._look()

    def press(self, name: str) -> "Visitor":
        """Press a button by its words (or the link that looks like one)."""
        self._go(self.page.get_by_role("button", name=name, exact=True).first)
        return self._look()

    def unfold(self, name: str) -> "Visitor":
        """Open what is folded away."""
        self.page.locator("summary").filter(has_text=name).first.click()
        return self

    def _go(self, target: Locator) -> None:
        target.click()
        self.page.wait_for_load_state("load")

    # --- filling in ----------------------------------------------------------------------------------------------

    def fill(self, answers: Mapping[str, Answer]) -> "Visitor":
        """Answer questions by their words, in this order."""
        for question, said in answers.items():
            self.answer(question, said)
        return self

    def answer(self, question: str, said: Answer) -> "Visitor":
        """Answer one question, whatever its shape."""
        if isinstance(said, tuple):
            self._upload(self._field(question), *said)
        elif isinstance(said, date):
            self.answer_date(question, str(said.day), str(said.month), str(said.year))
        elif (group := self._group(question)).count():
            self._check(group.get_by_label(said, exact=True))
        else:
            self._type(self._field(question), said)
        return self

    def answer_date(self, question: str, day: str, month: str, year: str) -> "Visitor":
        """Type the three parts of a date, possible or not."""
        group = self._group(question)
        for part, typed in (("Hari", day), ("Bulan", month), ("Tahun", year)):
            self._type(group.get_by_label(part, exact=True), typed)
        return self

    def _type(self, box: Locator, said: str) -> None:
        if box.evaluate("one => one.tagName") == "SELECT":
            self._select(box, said)
        elif box.get_attribute("type") == "checkbox":
            self._check(box)
        else:
            self._write(box, said)

    def _check(self, box: Locator) -> None:
        box.check()

    def _select(self, box: Locator, said: str) -> None:
        box.select_option(label=said)

    def _write(self, box: Locator, said: str) -> None:
        box.fill(said)

    def _upload(self, box: Locator, name: str, content: bytes) -> None:
        box.set_input_files({"name": name, "mimeType": "", "buffer": content})

    def _group(self, question: str) -> Locator:
        return self.page.get_by_role("group", name=question, exact=True)

    def _field(self, question: str) -> Locator:
        return self.page.get_by_label(question, exact=True).first

    # --- reading -------------------------------------------------------------------------------------------------

    def reads(self, *sentences: str) -> "Visitor":
        """Each of these stands on the page."""
        words = self.words
        for sentence in sentences:
            assert sentence in words, f"{sentence!r} is not on {self.page.url}, which says:\n{words}"
        return self

    def reads_not(self, *sentences: str) -> "Visitor":
        """None of these stands on the page."""
        words = self.words
        for sentence in sentences:
            assert sentence not in words, f"{sentence!r} is on {self.page.url}"
        return self

    @property
    def words(self) -> str:
        """What the page says, with single spaces."""
        return " ".join(self.page.locator("body").inner_text().split())

    @property
    def heading(self) -> str:
        """The one main heading."""
        return " ".join(self.page.locator("h1").inner_text().split())

    def after(self, label: str) -> str:
        """What stands right behind a heading or key, e.g. the code below "Kode lacak"."""
        found = self.page.get_by_text(label, exact=True).first.locator("xpath=following-sibling::*[1]")
        return " ".join(found.inner_text().split())

    def field_error(self, question: str) -> str:
        """The sentence beside a field."""
        group = self._group(question)
        box = group if group.count() else self._field(question)
        ids = (box.get_attribute("aria-describedby") or "").split()
        told = [self.page.locator(f'[id="{one}"]') for one in ids if one.endswith("_error")]
        return " ".join(" ".join(one.inner_text().split()) for one in told).removeprefix("Kesalahan: ")

    def typed(self, question: str) -> str:
        """What stands in a field now."""
        return str(self._field(question).input_value())

    @property
    def status(self) -> int:
        """The status of the last page."""
        assert self.last is not None
        return self.last.status

    # --- accounts ------------------------------------------------------------------------------------------------

    def log_in(self, email: str, password: str = PASSWORD) -> "Visitor":
        """Log in on the page that asks for it, or on the log-in page."""
        if "/akun/login/" not in self.page.url:
            self.open("/").follow("Masuk")
        return self.fill({"Alamat surel": email, "Kata sandi": password}).press("Masuk")

    # --- looking closely -----------------------------------------------------------------------------------------

    def _look(self) -> "Visitor":
        """Judge the page that is open now; what is wrong is kept for the end of the walk."""
        url = self.page.url
        self.pages.append(url)
        if not url.startswith(self.site.url):
            return self
        if (over := self.page.evaluate(OVERFLOW)) > 0:
            self.found.overflow.append(f"{url}: {over} px")
        for one in self.axe.violations(self.page):
            self.found.barriers.append(f"{url}: {one['rule']} ({one['impact']}): {one['help']}: {one['nodes'][:3]}")
        return self

    def _asked(self, request: Request) -> None:
        where = urlsplit(request.url)
        origin = f"{where.scheme}://{where.netloc}"
        if where.scheme in ("http", "https", "ws", "wss") and origin not in (self.site.url, self.site.gateway):
            self.found.foreign.append(f"{self.page.url} asked {request.url}")

    def _complained(self, message: ConsoleMessage) -> None:
        # A form that is shown again with its faults answers 4xx; the browser notes that, and it is no fault.
        if message.type in ("error", "warning") and "server responded with a status of 4" not in message.text:
            self.found.console.append(f"{self.page.url}: {message.text}")

    def _answered(self, response: Response) -> None:
        if response.request.is_navigation_request() and response.frame == self.page.main_frame:
            self.last = response
        if response.status >= 500:
            self.found.console.append(f"{response.url} answered {response.status}")

    def shot(self, path: Any, **options: Any) -> None:
        """A picture of the page."""
        self.page.screenshot(path=path, **options)

    def leave(self) -> None:
        """Close the browser, and say what was wrong."""
        self.context.close()
        assert not self.found, self.found
