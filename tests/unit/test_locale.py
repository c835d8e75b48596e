"""The English of the pages: complete, current, faithful to its sources, and chosen with one button."""

import ast
import gettext
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.test.utils import override_settings

from mall.runtime.management.commands.makemessages import NAMES
from tests.cases import browser, staff, text_of

ROOT = Path(settings.BASE_DIR)
FOLDER = ROOT / "locale" / "en" / "LC_MESSAGES"
PACKAGES = ("agencies", "workflows", "documents", "notifications", "mall")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|%[sd]|%?\{\w+\}|</?\w+[^>]*>")
SERVICE = "/layanan/DPMPTSP-SIP-DOKTER/"

Forms = dict[str, str]
"""What an entry says under `msgctxt`, `msgid`, `msgid_plural`, `msgstr`, `msgstr[0]` and `msgstr[1]`."""


def entries(path: Path) -> Iterator[tuple[Forms, bool]]:
    """Each entry of a .po file but its header, and whether it is marked fuzzy."""
    for block in path.read_text("utf-8").split("\n\n"):
        said: Forms = {}
        key = ""
        for line in block.splitlines():
            if found := re.match(r"(msg\S+) (\".*)", line):
                key = found[1]
                said[key] = ast.literal_eval(found[2])
            elif line.startswith('"'):
                said[key] += ast.literal_eval(line)
        if said.get("msgid"):
            yield said, any(line.startswith("#,") and "fuzzy" in line for line in block.splitlines())


def key_of(entry: Forms) -> str:
    """How a compiled catalogue calls an entry."""
    return f"{entry['msgctxt']}\x04{entry['msgid']}" if "msgctxt" in entry else entry["msgid"]


def translations(entry: Forms) -> list[str]:
    """The English forms of an entry."""
    return [text for key, text in entry.items() if key.startswith("msgstr")]


ENTRIES = list(entries(FOLDER / "django.po"))


# --- The catalogue ------------------------------------------------------------------------------------------------
def test_no_entry__is_empty_or_fuzzy() -> None:
    assert len(ENTRIES) > 1000
    assert [one["msgid"] for one, _ in ENTRIES if not all(translations(one))] == []
    assert [one["msgid"] for one, fuzzy in ENTRIES if fuzzy] == []


def test_plural_entries__have_both_forms() -> None:
    plural = [one for one, _ in ENTRIES if "msgid_plural" in one]
    assert plural
    assert [one["msgid"] for one in plural if len(translations(one)) != 2] == []
    assert "nplurals=2; plural=(n != 1)" in (FOLDER / "django.po").read_text("utf-8")


def test_placeholders__are_those_of_the_source() -> None:
    wrong = [
        (one["msgid"], text)
        for one, _ in ENTRIES
        for text in translations(one)
        if Counter(PLACEHOLDER.findall(text)) != Counter(PLACEHOLDER.findall(one["msgid"]))
    ]
    assert wrong == []


def test_compiled_catalogue__says_what_its_source_says() -> None:
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    wanted: dict[object, str] = {}
    for one, _ in ENTRIES:
        forms = translations(one)
        keys = [(key_of(one), number) for number in range(len(forms))] if "msgid_plural" in one else [key_of(one)]
        wanted |= dict(zip(keys, forms, strict=True))
    assert {key: text for key, text in compiled.items() if key} == wanted, "run bin/messages"


def test_every_module__imports_gettext_under_a_known_name() -> None:
    known = {"_", *NAMES}
    strange = {
        f"{path.relative_to(ROOT)}: {name}"
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        for name in re.findall(r"gettext(?:_lazy)? as (\w+)", path.read_text("utf-8"))
        if name not in known
    }
    assert strange == set()


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="gettext is not installed")
def test_every_sentence_of_the_source__is_in_the_catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("static", "__pycache__"))
    fresh = tmp_path / "locale"
    fresh.mkdir()
    monkeypatch.chdir(tmp_path)
    with override_settings(LOCALE_PATHS=[fresh]):
        call_command("makemessages", locale=["en"], no_location=True, no_wrap=True, verbosity=0)
    there = {key_of(one) for one, _ in ENTRIES}
    extracted = [key_of(one) for one, _ in entries(fresh / "en" / "LC_MESSAGES" / "django.po")]
    assert len(extracted) > 1000
    missing = [key for key in extracted if key not in there]
    assert not missing, "run bin/messages and translate:\n" + "\n".join(missing)


# --- The pages ----------------------------------------------------------------------------------------------------
def english(client: Client) -> Client:
    """The same browser after its owner has chosen English."""
    client.post("/i18n/setlang/", {"language": "en", "next": "/"})
    return client


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status", "words", "not_words"),
    [
        ("/", 200, "Which service do you need?", "Layanan apa"),
        (SERVICE, 200, "Practice permit: general physician", "Persyaratan"),
        (SERVICE, 200, "counted from the day complete documents are received", "hari kerja"),
        ("/akun/login/", 200, "Keep me signed in on this device", "Kata sandi"),
        ("/tidak-ada-di-sini/", 404, "Page not found", "Halaman"),
    ],
)
def test_visitor__reads_english(client: Client, address: str, status: int, words: str, not_words: str) -> None:
    answer = english(client).get(address)
    said = text_of(answer)
    assert answer.status_code == status
    assert '<html lang="en"' in said
    assert words in said
    assert not_words not in said


@pytest.mark.django_db
def test_officer__reads_her_desk_in_english() -> None:
    said = text_of(english(browser(staff("verifier"))).get("/meja/"))
    assert '<html lang="en"' in said
    assert "Documents to check" in said
    assert "menunggu" not in said


@pytest.mark.django_db
def test_visitor__switches_with_the_button_of_the_header() -> None:
    client = Client(enforce_csrf_checks=True)
    first = text_of(client.get(SERVICE))
    form = re.search(r'<form action="([^"]+)" method="post" class="mall-language".*?</form>', first, re.DOTALL)
    assert '<html lang="id"' in first
    assert form
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form[0]))
    assert 'name="language" value="en"' in form[0]
    answer = client.post(form[1], hidden | {"language": "en"})
    assert answer.status_code == 302
    assert answer["Location"] == SERVICE
    assert '<html lang="en"' in text_of(client.get(answer["Location"]))


@pytest.mark.django_db
def test_chosen_language__is_remembered_on_this_device_only(client: Client) -> None:
    kept = client.post("/i18n/setlang/", {"language": "en", "next": "/"}).cookies[settings.LANGUAGE_COOKIE_NAME]
    assert int(kept["max-age"]) > 30 * 24 * 60 * 60
    later = Client()
    later.cookies[settings.LANGUAGE_COOKIE_NAME] = kept.value
    assert '<html lang="en"' in text_of(later.get("/lacak/"))
    assert '<html lang="id"' in text_of(Client().get("/lacak/", headers={"accept-language": "en-GB,en;q=0.9"}))
