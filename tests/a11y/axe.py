"""Asks axe-core about a page, in a browser of its own that sees exactly what the visitor saw.

The visitor's page is copied, not loaded again: an answer to a post, a page of a session that is over, and a page
read without scripts are judged as they were. Only this copy is free of the content security policy and runs scripts.
"""

import re
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Route

VENDORED = Path(__file__).parent / "vendor" / "axe.min.js"
RUN = """
async () => {
    const options = {resultTypes: ['violations'], rules: {'target-size': {enabled: true}}};
    const found = await axe.run(document, options);
    return found.violations.map(one => ({
        rule: one.id, help: one.help, impact: one.impact,
        nodes: one.nodes.map(node => node.html.slice(0, 300) + ' :: ' + (node.failureSummary || '').slice(0, 300)),
    }));
}
"""
SAME = re.compile(
    r">[^<]+<|\b(?:value|href|action|content|for|id|name|aria-describedby|aria-labelledby)=\"[^\"]*\"|\d+"
)


@cache
def source() -> str:
    """The vendored script."""
    return VENDORED.read_text()


class Axe:
    """A reader that remembers which shapes of page it has judged, so that each is judged once."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.judged: set[str] = set()
        self.copies: dict[int, Page] = {}
        self.html = ""
        self.styles: dict[str, tuple[str, bytes]] = {}

    def violations(self, page: Page, *, again: bool = False) -> list[dict[str, Any]]:
        """What is wrong with the page as it stands; nothing for a shape that was judged before unless `again`."""
        size = page.viewport_size
        assert size
        self.html = page.content()
        shape = sha256(f"{size['width']} {SAME.sub('', self.html)}".encode()).hexdigest()
        if shape in self.judged and not again:
            return []
        copy = self._copy_at(size["width"], size["height"])
        copy.goto(page.url.split("#")[0])
        copy.add_script_tag(content=source())
        found: list[dict[str, Any]] = copy.evaluate(RUN)
        if not found:
            self.judged.add(shape)
        return found

    def _copy_at(self, width: int, height: int) -> Page:
        """The page of our own for this width, made once."""
        if width not in self.copies:
            context = self.browser.new_context(
                bypass_csp=True, viewport={"width": width, "height": height}, locale="id-ID"
            )
            self.copies[width] = context.new_page()
            self.copies[width].route("**/*", self._answer)
        return self.copies[width]

    def _answer(self, route: Route) -> None:
        """What the copy is made of: the same words, the same styles and pictures, and no scripts of the page."""
        kind = route.request.resource_type
        if kind == "document":
            route.fulfill(status=200, content_type="text/html; charset=utf-8", body=self.html)
        elif kind == "stylesheet":
            mime, body = self._style(route)
            route.fulfill(status=200, content_type=mime, body=body)
        elif kind == "image":
            route.continue_()
        else:
            route.abort()

    def _style(self, route: Route) -> tuple[str, bytes]:
        """A style sheet, fetched once for all copies."""
        url = route.request.url
        if url not in self.styles:
            answer = route.fetch()
            self.styles[url] = (answer.headers["content-type"], answer.body())
        return self.styles[url]
