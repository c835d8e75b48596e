"""One visitor at one thing: ask, compare with the table, and undo whatever it did."""

import json
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache as cache_of
from functools import cached_property
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse
from psycopg import sql

from mall.releases.periods import last_closed
from mall.runtime.roles import table_name
from tests.security import bodies, json_bodies
from tests.security.endpoints import endpoints
from tests.security.headers import faults_in
from tests.security.table import Cell, Outcome
from tests.security.things import Thing, World

CODES = {
    "portal:service": "service",
    "portal:start": "service",
    "counter:start": "service",
    "portal:agency": "agency",
    "verify": "permit",
    "voice:rate": "rating",
    "api:service": "service",
    "api:permit": "permit",
}
"""What `code` means in an address; elsewhere it is the code of a paper."""
USUAL = {
    "service": "DPMPTSP-SIP-DOKTER",
    "agency": "DINKES",
    "gateway": "simulator",
    "paper": "ktp",
    "site": "MPP",
    "slug": "arus",
    "line": "checking",
    "rest": "tidak/ada",
    "key": "tidak-ada",
    "uidb36": "1",
}
SLUGS = {
    "release": "layanan",
    "queue_check": "periksa",
    "queue_advise": "rekomendasi",
    "queue_visit": "lapangan",
    "queue_drawn": "undian",
    "queue_decide": "putusan",
    "queue_hand": "serah",
    "queue_up": "eskalasi",
    "queue_owed": "wajib",
    "queue_audit": "audit",
    "queue_audited": "sudah-diaudit",
    "queue_late": "wajib-terlambat",
    "queue_object": "keberatan",
    "queue_vacant": "keberatan-kosong",
    "queue_none": "lainnya",
    "problem": "missing",
}
LOOKS = ("counter:person", "counter:case", "counter:receipt")
STATUS = {Outcome.REFUSED: 403, Outcome.MISSING: 404, Outcome.UNKNOWN: 401, Outcome.FAULTY: 422, Outcome.HELD: 409}
QUIET = ("django_session",)
APPS = (
    "agencies", "workflows", "documents", "notifications", "counter", "voice", "regency", "registers", "league",
    "account", "mfa",
)  # fmt: skip


@dataclass
class Crossing:
    """The runner: knows the world, and the state of the database before any cell."""

    world: World
    urls: set[str] = field(default_factory=set)
    nowhere: Thing = field(default_factory=Thing)

    @cached_property
    def before(self) -> str:
        """What lies in the tables while nothing has happened."""
        return fingerprint()

    def cross(self, cell: Cell) -> list[str]:
        """Ask once; the sentences say what was not as the table says."""
        assert self.before
        cache.clear()
        client = self.world.people[cell.visitor].client
        cookies = client.cookies.copy()
        point = transaction.savepoint()
        try:
            written = writes()
            response = self.ask(cell)
            touched = writes() != written
            return [f"{self.name(cell)}: {told}" for told in self.judge(cell, response, touched)]
        finally:
            transaction.savepoint_rollback(point)
            client.cookies = SimpleCookie(cookies)

    def probe(self, cell: Cell, method: str) -> int:
        """The status of a bare request by another method as the same visitor; 500 when it wrote anything."""
        cache.clear()
        point = transaction.savepoint()
        written = writes()
        try:
            response = self.world.people[cell.visitor].client.generic(method, self.address(cell))
            return 500 if writes() != written else response.status_code
        finally:
            transaction.savepoint_rollback(point)

    def refused(self, cell: Cell, client: Client, headers: dict[str, str]) -> int:
        """The status of the rightly filled form sent by this browser; 500 when it wrote anything."""
        point = transaction.savepoint()
        written = writes()
        try:
            response = self.ask(cell, client, headers)
            return 500 if writes() != written else response.status_code
        finally:
            transaction.savepoint_rollback(point)

    def led(self, cell: Cell, lead: str) -> str:
        """Where an answer leads that was asked to lead elsewhere."""
        cache.clear()
        client = self.world.people[cell.visitor].client
        cookies = client.cookies.copy()
        point = transaction.savepoint()
        try:
            return self.ask(cell, client, lead=lead).headers.get("Location", "")
        finally:
            transaction.savepoint_rollback(point)
            client.cookies = SimpleCookie(cookies)

    @staticmethod
    def name(cell: Cell) -> str:
        """The cell in words."""
        return f"{cell.visitor} {cell.method} {cell.url} {cell.body} {cell.thing} ({cell.outcome})"

    def thing(self, cell: Cell) -> Thing:
        """What is asked for; a thing that is nowhere has ids of its own."""
        return self.world.things.get(cell.thing, self.nowhere)

    def address(self, cell: Cell) -> str:
        """Where to ask."""
        thing = self.thing(cell)
        known = {name: self.value(cell, thing, name) for name in endpoints()[cell.url].params}
        query = "?tujuan=counter_status" if cell.url in LOOKS else ""
        return reverse(cell.url, kwargs=known) + query

    @staticmethod
    def value(cell: Cell, thing: Thing, name: str) -> Any:
        """One part of an address."""
        name = CODES.get(cell.url, "paper") if name == "code" else name
        if name in ("year", "month"):
            return f"{getattr(last_closed().first, name):02d}"
        if name == "period":
            return thing.ids.get(name) or last_closed().code
        if name == "slug" and cell.thing in SLUGS:
            return SLUGS[cell.thing]
        if cell.thing == "unknown":
            return uuid.uuid4() if name.endswith("_id") else "tidakadatidakada"
        return thing.ids.get(name) or USUAL[name]

    def ask(
        self, cell: Cell, client: Client | None = None, headers: dict[str, str] | None = None, lead: str = ""
    ) -> HttpResponseBase:
        """Send the request as this visitor; with `lead`, as if a foreign page had sent her."""
        client = client or self.world.people[cell.visitor].client
        address = self.address(cell)
        self.urls.add(address)
        if cell.url == "payments:webhook":
            body, signed = bodies.webhook(self.thing(cell))
            return client.post(address, body, content_type="application/json", headers=signed)
        self.world.asking = cell.visitor
        known = {"X-Purpose": "decision", "If-Match": "*", "Idempotency-Key": str(uuid.uuid4()), **(headers or {})}
        if lead:
            address += ("&" if "?" in address else "?") + urlencode({"next": lead})
        if cell.method == "GET":
            return client.get(address, headers=known)
        said = self.body(cell) | ({"next": lead} if lead and not cell.url.startswith("api:") else {})
        if cell.url.startswith("api:"):
            said |= {"name": cell.body} if cell.body else {}
            return client.generic(cell.method, address, json.dumps(said), "application/json", headers=known)
        return client.post(address, said, headers=known)

    def body(self, cell: Cell) -> bodies.Data:
        """A form filled rightly; for a thing that is nowhere, as if it were another."""
        thing = self.thing(cell)
        if cell.thing == "unknown":
            thing = self.world.things["walkin" if cell.url == "counter:search" else "submitted"]
        if endpoints()[cell.url].view.__module__.startswith("allauth."):
            return {}
        made = json_bodies.JSON if cell.url.startswith("api:") else bodies.BODIES
        return dict(made[f"{cell.url} {cell.body}".strip()](self.world, thing))

    def judge(self, cell: Cell, response: HttpResponseBase, touched: bool) -> Iterable[str]:
        """Status, where it leads, what it shows, what it changed, and its headers."""
        yield from self._status(cell, response)
        yield from faults_in(response)
        if cell.outcome is Outcome.ALLOW:
            if cell.method != "GET" and cell.ok in (200, 201, 302) and not touched and not asks_only(cell):
                yield "nothing was written"
            return
        if touched and fingerprint() != self.before:
            yield "the database was changed"
        if cell.outcome is not Outcome.TURNED:
            text = text_of(response)
            yield from (f"shows {word!r}" for word in self.thing(cell).markers if word in text)

    def _status(self, cell: Cell, response: HttpResponseBase) -> Iterable[str]:
        status, where = response.status_code, response.headers.get("Location", "")
        lead = {
            Outcome.LOGIN: reverse("account_login"),
            Outcome.PROFILE: reverse("portal:profile_edit"),
            Outcome.TURNED: reverse("desk:case", args=[self.thing(cell).case_id or uuid.uuid4()]),
        }
        if expected := lead.get(cell.outcome):
            if status != 302 or not where.startswith(expected):
                yield f"answered {status} {where}"
            return
        wanted = cell.ok if cell.outcome is Outcome.ALLOW else STATUS[cell.outcome]
        if status != wanted:
            yield f"answered {status} {where} {sentences(response)}"
        elif status == 302 and where.startswith((lead[Outcome.LOGIN], lead[Outcome.PROFILE])):
            yield f"led away to {where}"


UNWRITTEN = (
    "voice:find",
    "voice:complaint_find",
    "portal:track",
    "set_language",
    "counter:search",
    "desk:next",
    "verify",
    "api:tracking",
)
"""Posts that ask, or change a session only."""


def asks_only(cell: Cell) -> bool:
    """Does a post change nothing of ours even when all is right?"""
    return cell.url in UNWRITTEN or endpoints()[cell.url].view.__module__.startswith("allauth.")


def text_of(response: HttpResponseBase) -> str:
    """What the answer says, headers included."""
    content = b"".join(response) if response.streaming else response.content  # type: ignore[attr-defined]
    return content.decode("utf-8", "replace") + str(dict(response.headers))


def sentences(response: HttpResponseBase) -> str:
    """The faults that a page shows, for whoever reads a failing test."""
    found = re.findall(r'(?:error-message"[^>]*>|error-summary__list">)(.*?)</(?:p|ul)>', text_of(response), re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>|\s+", " ", one) for one in found)[:300]


def writes() -> int:
    """How many rows were touched so far in this transaction, those that were undone included."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(pg_stat_get_xact_tuples_inserted(one) + pg_stat_get_xact_tuples_updated(one)"
            " + pg_stat_get_xact_tuples_deleted(one)) FROM unnest(%s::oid[]) one",
            [watched()],
        )
        return int(cursor.fetchone()[0])


@cache_of
def watched() -> list[int]:
    """Every table but the quiet ones, by its number; asked once, as PostgreSQL's own view looks all up each time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relid FROM pg_stat_user_tables WHERE NOT relname = ANY(%s)", [list(QUIET)])
        return [number for (number,) in cursor.fetchall()]


def fingerprint() -> str:
    """A digest of every row of our tables, the catalogue's and the sessions' left out."""
    tables = sorted(
        model._meta.db_table
        for model in apps.get_models()
        if model._meta.app_label in APPS and not model._meta.db_table.startswith("workflows_service")
    )
    one = sql.SQL("(SELECT md5(coalesce(string_agg(t::text, '' ORDER BY t::text), '')) FROM {} t)")
    parts = sql.SQL(" || ").join(one.format(table_name(name)) for name in tables)
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT md5({})").format(parts).as_string(cursor.connection))
        return str(cursor.fetchone()[0])
