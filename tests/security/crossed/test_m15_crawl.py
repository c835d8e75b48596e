"""M15: who is not logged in finds nobody, at no open address and in no page or file that leads from one to the next."""

import io
import re
import subprocess
import zipfile
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.http import HttpResponseBase
from django.test import Client

from agencies.models import Person
from tests.security import table
from tests.security.crossing import Crossing
from tests.security.table import Cell, Outcome

pytestmark = pytest.mark.django_db
SITE = "http://testserver"
MOST = 4_000
LEFT_ALONE = re.compile(r"/(static|akun/keluar)/|/kapan/")
"""Files of our own making, and the log-out."""


class Addresses(HTMLParser):
    """Whatever a page leads to without being asked to send anything."""

    def __init__(self) -> None:
        """Nothing yet."""
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Links, pictures, and forms that ask."""
        said = dict(attrs)
        asks = tag == "form" and (said.get("method") or "get").lower() == "get"
        for name in ("href", "src", *(("action",) if asks else ())):
            if said.get(name):
                self.found.append(str(said[name]))


def canaries() -> set[str]:
    """What nobody may read of the people of this world: numbers, telephones, names and where they live."""
    found: set[str] = set()
    for person in Person.objects.all():
        found |= {str(part) for part in (person.nik, person.phone, person.name, person.address) if part}
    assert len(found) > 50
    return found


def words_in(response: HttpResponseBase, folder: Path) -> str:
    """What an answer says to whoever opens it, files included."""
    body = b"".join(response) if response.streaming else response.content  # type: ignore[attr-defined]
    kind = response.headers.get("Content-Type", "")
    if kind.startswith("application/pdf"):
        (folder / "read.pdf").write_bytes(body)
        argv = ["pdftotext", "-raw", str(folder / "read.pdf"), "-"]
        shown = subprocess.run(argv, capture_output=True, check=False, text=True).stdout
        return shown + body.decode("latin-1")
    if "spreadsheetml" in kind:
        with zipfile.ZipFile(io.BytesIO(body)) as book:
            return "".join(book.read(name).decode("utf-8") for name in book.namelist())
    return unescape(body.decode("utf-8", "replace")) + str(dict(response.headers))


def told(text: str, secrets: set[str]) -> list[str]:
    """The canaries in it."""
    return sorted(one for one in secrets if one in text)


def open_cells() -> list[Cell]:
    """Every address that the table opens to whoever is not logged in."""
    every = [cell for row in table.rows() for cell in table.cells(row)]
    chosen = [one for one in every if (one.visitor, one.method) == ("anonymous", "GET")]
    return [one for one in chosen if one.outcome is Outcome.ALLOW]


def test_m15_no_open_address_names_a_person(crossing: Crossing, tmp_path: Path) -> None:
    secrets, cells = canaries(), open_cells()
    assert len({cell.url for cell in cells}) > 50
    found = {f"{cell.url} {cell.thing}": told(words_in(crossing.ask(cell), tmp_path), secrets) for cell in cells}
    assert {address: names for address, names in found.items() if names} == {}


def test_m15_nothing_that_leads_from_the_front_door_names_a_person(crossing: Crossing, tmp_path: Path) -> None:
    secrets, client = canaries(), Client()
    waiting, seen, exposed = ["/", "/robots.txt", "/sitemap.xml"], {"/"}, {}
    while waiting and len(seen) < MOST:
        address = waiting.pop()
        response = client.get(address)
        text = words_in(response, tmp_path)
        if names := told(text, secrets):
            exposed[address] = names
        for following in _from(address, response, text):
            if following not in seen:
                seen.add(following)
                waiting.append(following)
    assert exposed == {}
    assert (len(seen) < MOST, any("/data/" in one for one in seen), any(".xlsx" in one for one in seen)) == (True,) * 3


def _from(address: str, response: HttpResponseBase, text: str) -> list[str]:
    """Where to go on: links of a page, addresses in a file, and where an answer sends the visitor."""
    leads = [response.headers["Location"]] if "Location" in response.headers else []
    if response.headers.get("Content-Type", "").startswith("text/html"):
        page = Addresses()
        page.feed(text)
        leads += page.found
    else:
        leads += re.findall(rf"{SITE}[^\s\"'<>]+", text)
    own = (urldefrag(urljoin(SITE + address, lead)).url for lead in leads)
    paths = [one.removeprefix(SITE) for one in own if urlsplit(one).netloc == "testserver"]
    return [one for one in paths if one.startswith("/") and not LEFT_ALONE.search(one)]
