"""Every list, search and figure shows each visitor exactly what plain SQL says that she may see."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse

from agencies.errors import Missing
from agencies.models import Person
from documents.vault.models import StoredFile
from documents.vault.queries import file_for
from tests.factories import make_person
from tests.long import LONG
from tests.security import table
from tests.security.oracle import Oracle
from tests.security.things import World
from tests.security.visitors import Visitor
from workflows.cases import queries
from workflows.cases.models import Case

pytestmark = pytest.mark.django_db
ID = r"([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})"
EVERYBODY = sorted(table.people())
PAGES: dict[str, tuple[str, str]] = {
    "own": ("portal:cases", rf'portal-found__name" href="/permohonan/{ID}/'),
    "inbox": ("portal:inbox", rf"/kotak-masuk/{ID}/"),
    "opened": ("counter:cases", rf"/loket/permohonan/{ID}/"),
    "calls": ("counter:calls", rf"/loket/telepon/{ID}/"),
    "refunds": ("desk:refunds", rf"/meja/pengembalian-dana/{ID}/"),
    "failed": ("desk:failed", rf"/kegagalan/{ID}/ulang/"),
    "roles": ("desk:roles", rf"/peran/{ID}/cabut/"),
}
QUEUES = {
    "check": "periksa",
    "advise": "rekomendasi",
    "visit": "lapangan",
    "decide": "putusan",
    "owed": "wajib",
    "hand": "serah",
}
API = {
    "own": "own",
    "check": "to_verify",
    "advise": "to_recommend",
    "visit": "to_inspect",
    "decide": "to_decide",
    "hand": "to_hand_over",
}


@pytest.fixture(autouse=True)
def nobody_has_asked() -> None:
    """Forget how often this address has asked."""
    cache.clear()


def shown(visitor: Visitor, address: str, pattern: str) -> set[str]:
    """The ids on all pages of a list; none where the visitor is not let in."""
    found: set[str] = set()
    while address:
        response = visitor.client.get(address)
        if response.status_code in (302, 403, 404):
            return found
        text = response.content.decode()
        page = re.findall(pattern, text)
        assert not found & set(page), "a row stands on two pages"
        found |= set(page)
        after = re.search(r'href="\?after=([^"&]+)"', text)
        address = f"{address.partition('?')[0]}?after={after[1]}" if after else ""
    return found


def told(visitor: Visitor, name: str) -> set[str]:
    """The ids that the API lists, five at a time."""
    found: set[str] = set()
    address: str = f"{reverse('api:cases')}?list={name}&limit=5"
    while address:
        response = visitor.client.get(address)
        if response.status_code in (401, 403):
            return found
        body = response.json()
        found |= {one["id"] for one in body["items"]}
        address = body["next"] or ""
    return found


def differences(world: World, what: str, ask: Callable[[Visitor], set[str]]) -> dict[str, set[str]]:
    """Visitors to whom a list shows too much or too little; in an ordinary run a third of those who may see any is
    asked, and few others."""
    found = {}
    for place, name in enumerate(EVERYBODY):
        allowed = Oracle(world.people[name]).ids(what)
        if LONG or table.in_turn(what, place, 3 if allowed else 12):
            found[name] = ask(world.people[name]) ^ allowed
    return {name: ids for name, ids in found.items() if ids}


@pytest.mark.parametrize("what", sorted(PAGES))
def test_page_lists_what_the_visitor_may_see(world: World, what: str) -> None:
    name, pattern = PAGES[what]
    assert differences(world, what, lambda one: shown(one, reverse(name), pattern)) == {}


@pytest.mark.parametrize("what", sorted(QUEUES))
def test_worklist_holds_the_work_of_the_visitor(world: World, what: str) -> None:
    address = reverse("desk:queue", args=[QUEUES[what]])
    assert differences(world, what, lambda one: shown(one, address, rf"/meja/permohonan/{ID}/")) == {}


@pytest.mark.parametrize("what", sorted(API))
def test_api_lists_what_the_visitor_may_see(world: World, what: str) -> None:
    assert differences(world, what, lambda one: told(one, API[what])) == {}


def test_desk_shows_no_case_on_its_first_page_that_is_in_no_worklist(world: World) -> None:
    for place, name in enumerate(EVERYBODY):
        if not (LONG or table.in_turn("desk", place, 3)):
            continue
        oracle = Oracle(world.people[name])
        work = set().union(*(oracle.ids(what) for what in QUEUES))
        assert shown(world.people[name], reverse("desk:home"), rf"/meja/permohonan/{ID}/") <= work


def test_cases_that_a_query_shows_are_those_that_the_question_allows(world: World) -> None:
    def visible(one: Visitor) -> set[str]:
        return {str(pk) for pk in queries.visible_to(one.actor).values_list("pk", flat=True)}

    assert differences(world, "visible", visible) == {}
    cases = list(Case.objects.select_related("service_version"))
    for name in EVERYBODY:
        actor = world.people[name].actor
        assert {str(case.pk) for case in cases if queries.may_open(actor, case)} == visible(world.people[name]), name


def test_files_that_the_vault_gives_are_those_of_visible_cases(world: World) -> None:
    def given(one: Visitor) -> Iterator[str]:
        for file_id in StoredFile.objects.values_list("pk", flat=True):
            try:
                yield str(file_for(one.actor, file_id)[0].pk)
            except Missing:
                continue

    def readable(one: Visitor) -> set[str]:
        return set(given(one))

    assert differences(world, "files", readable) == {}


def test_manager_sees_the_open_work_of_her_agency_only(world: World) -> None:
    address = reverse("reports:download", args=["terbuka"])
    for name in EVERYBODY:
        response = world.people[name].client.get(address)
        if response.status_code != 200:
            assert Oracle(world.people[name]).count("open work") == 0, name
            continue
        rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
        at = rows[0].index("Terbuka")
        assert sum(int(row[at]) for row in rows[1:]) == Oracle(world.people[name]).count("open work"), name


def test_person_reads_every_look_at_her_and_no_other(world: World) -> None:
    world.people["verifier@mall"].client.get(reverse("desk:case", args=[world.things["submitted"].case_id]))
    for name in ("owner", "colleague", "stranger", "verifier@mall"):
        visitor = world.people[name]
        page = visitor.client.get(reverse("portal:looks")).content.decode()
        assert page.count('class="mall-timeline__moment') == Oracle(visitor).count("looks"), name


def test_clerk_finds_by_nik_phone_and_name_nobody_else(world: World) -> None:
    walkin = world.people.persons["walkin"]
    twin = make_person(name=walkin.name, phone=str(walkin.phone), birth_date=walkin.birth_date)
    client = world.people["clerk@mall"].client
    both, born = (
        {str(walkin.pk), str(twin.pk)},
        {"birth_date_day": "5", "birth_date_month": "5", "birth_date_year": "1990"},
    )
    assert found(client, str(walkin.nik)) == {str(walkin.pk)}
    assert found(client, str(walkin.phone)) == both
    assert found(client, walkin.name.lower(), **born) == both
    assert found(client, walkin.name[:4], **born) == both
    for nothing in ("3510161708850003", "081200000000", "Tidak Ada", "%", "_", "' OR 1=1 --"):
        assert found(client, nothing, **born) <= set(), nothing


def found(client: Any, words: str, **born: str) -> set[str]:
    """The people that the clerk's search leads to."""
    said = {"q": words, "tujuan": "counter_status", **born}
    response = client.post(reverse("counter:search"), said)
    where = response.headers.get("Location", "") + response.content.decode()
    return set(re.findall(rf"/loket/orang/{ID}/", where))


CURSORS = (
    "x",
    "=",
    "%00",
    "W10",
    "WyJhIl0",
    "WyJhIiwiYiJd",
    "WzEsMl0",
    "bnVsbA",
    "WyIyMDI2LTAxLTAxIiwiXHUwMDAwIl0",
    "A" * 3000,
)


@pytest.mark.parametrize("cursor", CURSORS)
def test_cursor_that_is_not_ours_is_a_fault_and_no_failure(world: World, cursor: str) -> None:
    visitors = {"portal": "owner", "counter": "opener", "desk": "own.administrator"}
    for name, _pattern in PAGES.values():
        client = world.people[visitors[name.partition(":")[0]]].client
        assert client.get(f"{reverse(name)}?after={cursor}").status_code in (200, 422), name
    officer = world.people["officer@field"].client
    for slug in QUEUES.values():
        assert officer.get(f"{reverse('desk:queue', args=[slug])}?after={cursor}").status_code in (200, 422), slug
    for name in API.values():
        assert officer.get(f"{reverse('api:cases')}?list={name}&cursor={cursor}").status_code in (200, 422), name


def test_lists_show_no_name_where_a_list_is_no_reason_to_look(world: World) -> None:
    names = set(Person.objects.values_list("name", flat=True))
    for name in ("verifier@mall", "approver@mall", "officer@field", "officer@later"):
        for slug in QUEUES.values():
            page = world.people[name].client.get(reverse("desk:queue", args=[slug])).content.decode()
            assert not [one for one in names if one in page]
    page = world.people["clerk@mall"].client.get(reverse("counter:calls")).content.decode()
    assert not [one for one in names if one in page]
