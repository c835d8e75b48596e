"""A whole walk of two cases leaves a person's numbers and names nowhere but where they belong."""

import base64
import json
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import redis
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from psycopg import sql

from agencies.ids import new_id
from agencies.models import Person, User
from documents.downloads import attachment
from mall.runtime.roles import table_name
from notifications import sending
from tests.answers import posted, valid_answers
from tests.factories import make_nik, make_user
from tests.payments import billed, post, word_of
from tests.security.bodies import WORDS, day, ticks
from tests.security.things import Thing
from tests.web.portal import pdf
from workflows.cases.advice import Recommendation
from workflows.cases.models import Case
from workflows.cases.visits import Inspection
from workflows.definition.model import FieldType
from workflows.permits.models import Permit
from workflows.trail import relay

pytestmark = pytest.mark.django_db(transaction=True)
NIK, KIN, KK = make_nik(born=date(1985, 3, 17)), make_nik(born=date(1961, 4, 18)), "3510160102030004"
PHONE, KIN_PHONE, STREET = "081277149991", "081277149992", "Jalan Rahasia Zx 88"
NAME, EMAIL, PASSWORD = "Kanarina Zxomega", "kanari.zx@contoh.id", "kata-sandi-9"
NUMBERS = (NIK, KIN, KK, PHONE, KIN_PHONE, PHONE[1:], KIN_PHONE[1:])
NAMES = ("Kanarina", "Zxomega", "Rahasia Zx", "Zxanswer")
RENDERED, SERVED = "DPMPTSP-MAKAM", "DUKCAPIL-IKD"  # a fee and a document of ours; numbers asked, served at once


@dataclass
class Trace:
    """Browsers that note where they have been and what they were shown."""

    addresses: list[str] = field(default_factory=list)
    shown_to_staff: list[str] = field(default_factory=list)
    clients: dict[str, Client] = field(default_factory=dict)

    def browser(self, user: User | None) -> Client:
        """The browser of this user, who logs in with her password."""
        name = user.email if user else ""
        if name not in self.clients:
            self.clients[name] = Client()
            if user:
                self.ask(user, "post", reverse("account_login"), {"login": user.email, "password": PASSWORD}, new=True)
        return self.clients[name]

    def ask(self, user: User | None, how: str, address: str, data: Any = None, *, new: bool = False) -> Any:
        """One request, followed to its end; anything but success is a fault of the walk."""
        client = self.clients[user.email] if new and user else self.browser(user)
        response = getattr(client, how)(address, data, follow=True)
        self.addresses += [address, *(where for where, _status in response.redirect_chain)]
        self.addresses.append(response.headers.get("Content-Disposition", ""))
        assert response.status_code == 200, (address, response.status_code, response.content.decode()[-2500:])
        if user and user.memberships.exists() and response["Content-Type"].startswith("text/html"):
            self.shown_to_staff.append(response.content.decode("utf-8", "replace"))
        return response


@dataclass
class Walk:
    """Two cases of one person, from the sign-up to the permit, by the pages alone."""

    trace: Trace = field(default_factory=Trace)

    def __post_init__(self) -> None:
        """The people."""
        self.citizen = make_user(EMAIL, password=PASSWORD, name="Akun")
        self.staff = {
            "verifier": make_user(roles=[("verifier", "DPMPTSP")], password=PASSWORD),
            "approver": make_user(roles=[("approver", "DPMPTSP")], password=PASSWORD),
            "clerk": make_user(roles=[("clerk", "DPMPTSP")], password=PASSWORD),
            "server": make_user(roles=[("officer", "DUKCAPIL")], password=PASSWORD),
        }

    def get(self, user: User | None, name: str, *args: object, query: str = "") -> Any:
        """Open a page."""
        return self.trace.ask(user, "get", reverse(name, args=args) + query)

    def post(self, user: User | None, name: str, /, *args: object, **data: object) -> Any:
        """Send a form."""
        return self.trace.ask(user, "post", reverse(name, args=args), data)

    def introduce(self) -> None:
        """She says who she is."""
        said = {"name": NAME, "nik": NIK, "kk": KK, "sex": "female", "phone": PHONE, "address": STREET}
        self.post(self.citizen, "portal:profile_edit", **said, **day("birth_date", date(1985, 3, 17)))
        self.get(self.citizen, "portal:profile")

    def apply(self, code: str) -> Case:
        """She fills in everything, with words and numbers of her own."""
        self.post(self.citizen, "portal:start", code, key=str(new_id()), organisation="self")
        case = Case.objects.select_related("service_version").latest("created_at")
        answers = valid_answers(case.definition)
        own = {
            FieldType.NIK: KIN,
            FieldType.PHONE: KIN_PHONE,
            FieldType.TEXT: "Zxanswer",
            FieldType.LONGTEXT: "Zxanswer",
        }
        answers |= {one.name: own[one.type] for one in case.definition.fields if one.type in own}
        for number in range(1, 9):
            page = self.trace.browser(self.citizen).get(reverse("portal:page", args=[case.pk, number]))
            if page.status_code == 404:
                break
            self.post(self.citizen, "portal:page", case.pk, number, **posted(case.definition, answers))
        for one in case.definition.requirements:
            if one.required:
                self.post(self.citizen, "portal:paper", case.pk, one.code, file=pdf(f"{NAME} {NIK}"))
                self.get(self.citizen, "portal:paper_file", case.pk, one.code)
        self.post(self.citizen, "portal:check", case.pk, key=str(new_id()))
        case.refresh_from_db()
        assert case.state == "submitted"
        return case

    def decide(self, case: Case) -> None:
        """Verifier, agencies and approver do their parts, and the money comes."""
        thing, verifier, approver = Thing(case_id=case.pk), self.staff["verifier"], self.staff["approver"]
        self.get(verifier, "desk:home")
        self.get(verifier, "desk:queue", "periksa")
        self.post(verifier, "desk:take", case.pk)
        self.get(verifier, "desk:paper", case.attachments.filter(current=True).first().pk)
        self.post(verifier, "desk:verify", case.pk, **ticks(thing, deficient=False))
        for advice in Recommendation.objects.filter(case=case):
            self.advise(advice)
        self.get(approver, "desk:approve", case.pk)
        self.post(approver, "desk:approve", case.pk, revision=thing.case.revision, reason=WORDS)
        notice = post(Client(), word_of(billed(thing.case)))
        assert notice.status_code == 200
        relay.drain("documents")
        relay.drain("letters")
        self.get(approver, "desk:case", case.pk)

    def advise(self, advice: Recommendation) -> None:
        """An agency visits where it must, and recommends."""
        officer = make_user(roles=[("officer", advice.agency_id)], password=PASSWORD)
        for visit in Inspection.objects.filter(case_id=advice.case_id, agency_id=advice.agency_id):
            self.post(officer, "desk:draw", visit.pk)
            self.post(officer, "desk:report", visit.pk, result="fit", findings=WORDS, **day("held_on"))
        self.post(officer, "desk:recommend", advice.pk, verdict="favourable", reason=WORDS, legal_basis=WORDS)

    def serve(self, case: Case) -> None:
        """The officer at the counter does all at once."""
        number = case.definition.product.number_example or "CONTOH-1"
        said = {"revision": case.revision, "checked": "on", "outcome": "approve", "reason": WORDS, "number": number}
        self.get(self.staff["server"], "desk:serve", case.pk)
        self.post(self.staff["server"], "desk:serve", case.pk, **said, **day("issued_on"))

    def look_up(self, case: Case) -> None:
        """The clerk finds her by every number; anybody tracks the case and verifies the permit."""
        clerk, person = self.staff["clerk"], Person.objects.get(pk=case.applicant_id)
        for words in (NIK, PHONE, str(case.reference), str(case.tracking_code)):
            self.post(clerk, "counter:search", q=words, tujuan="counter_status")
        born = day("birth_date", date(1985, 3, 17))
        self.post(clerk, "counter:search", q=NAME, tujuan="counter_status", **born)
        self.get(clerk, "counter:receipt", case.pk, query="?tujuan=counter_status")
        self.post(clerk, "counter:card", person.pk, level="ktp_checked", seen="on")
        self.post(clerk, "counter:contact", person.pk, phone=PHONE, address=STREET, email="", village_code="")
        self.post(None, "portal:track", code=case.tracking_code, digits=NIK[-4:])
        self.get(None, "verify", Permit.objects.get(case=case).code)

    def follow(self, case: Case) -> None:
        """She reads everything."""
        for name in ("cases", "inbox", "looks", "profile"):
            self.get(self.citizen, f"portal:{name}")
        for name in ("case", "answers", "decision"):
            self.get(self.citizen, f"portal:{name}", case.pk)
        self.get(self.citizen, "portal:document", case.pk)
        self.get(self.citizen, "permit_document", case.pk)
        for kind in ("berkas-lengkap", "kuitansi"):
            self.get(self.citizen, "letter", case.pk, kind)


@pytest.fixture
def lines() -> Iterator[list[str]]:
    """Every log line of the walk, as it would be written."""
    written: list[str] = []
    formatter = next(one.formatter for one in logging.getLogger().handlers if one.formatter)

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            written.append(formatter.format(record))

    logging.getLogger().addHandler(keeper := Keep(level=logging.DEBUG))
    yield written
    logging.getLogger().removeHandler(keeper)


def hits(text: str, words: tuple[str, ...] = (*NUMBERS, *NAMES)) -> list[str]:
    """Which of the words stand there."""
    return [word for word in words if word.lower() in text.lower()]


def tables() -> Iterator[tuple[str, str]]:
    """Every table as text."""
    for model in apps.get_models():
        name = model._meta.db_table
        with connection.cursor() as cursor:
            query = sql.SQL("SELECT coalesce(string_agg(t::text, E'\\n'), '') FROM {} t").format(table_name(name))
            cursor.execute(query.as_string(cursor.connection))
            yield name, cursor.fetchone()[0]


def valkey() -> Iterator[str]:
    """Every key and value of the broker and of the cache."""
    for slot in (settings.BROKER_SLOT, settings.CACHE_SLOT):
        client = redis.Redis(unix_socket_path=str(settings.FOLDERS.sockets / "valkey.sock"), db=slot)
        readers = {b"string": client.get, b"hash": client.hgetall, b"set": client.smembers}
        readers[b"list"] = lambda key, client=client: client.lrange(key, 0, -1)
        readers[b"zset"] = lambda key, client=client: client.zrange(key, 0, -1)
        for key in client.scan_iter():
            text = f"{key!r} {readers[client.type(key)](key)!r}"
            yield text
            yield from (base64.b64decode(body).decode() for body in re.findall(r'"body": "([\w+/=]+)"', text))


@pytest.fixture
def walk(lines: list[str]) -> Walk:
    """The walk, walked."""
    cache.clear()
    made = Walk()
    made.introduce()
    case = made.apply(RENDERED)
    made.decide(case)
    made.look_up(case)
    made.follow(case)
    made.serve(made.apply(SERVED))
    relay.drain("default")
    sending.send_due()
    assert Permit.objects.filter(issued_at__isnull=False).count() == 2
    return made


NAMED = {
    "agencies_person": "who she is",
    "agencies_user": "her log-in",
    "account_emailaddress": "her log-in",
    "workflows_case": "her answers",
    "workflows_permit": "what her permit prints",
    "documents_letter": "what her letter prints",
}
"""Tables that may hold a name, an address or a free answer."""


def test_numbers_and_names_stay_where_they_belong(walk: Walk, lines: list[str]) -> None:
    bells = "\n".join(valkey())
    assert len(lines) > 50
    assert '[["default"], {}' in bells, "no task was ever rung for"
    assert not [line for line in lines if "[nik]" in line or "[phone]" in line], "only the mask kept it out of the log"
    found = {
        "log": hits("\n".join(lines), (*NUMBERS, *NAMES, EMAIL)),
        "addresses": hits("\n".join(walk.trace.addresses)),
        "subjects": hits("\n".join(one.subject for one in mail.outbox)),
        "valkey": hits(bells),
        "sessions": hits(json.dumps([one.get_decoded() for one in Session.objects.all()])),
        "vault": hits("\n".join(str(path) for path in Path(settings.VAULT_ROOT).rglob("*"))),
        "pages of staff": hits("\n".join(walk.trace.shown_to_staff), (NIK, KK)),
    }
    for name, text in tables():
        found[name] = hits(text, NUMBERS if name in NAMED else (*NUMBERS, *NAMES))
    assert {where: words for where, words in found.items() if words} == {}
    assert len(mail.outbox) > 3
    assert any(word in str(mail.outbox[0].message()) for word in ("MPP-", "permohonan"))
    assert [one for one in walk.trace.addresses if "filename" in one]
    assert_vault_lies_encrypted()


def assert_vault_lies_encrypted() -> None:
    """No paper can be read on the disk."""
    files = [path.read_bytes() for path in Path(settings.VAULT_ROOT).rglob("*") if path.is_file()]
    assert len(files) > 3
    assert not [content for content in files if b"%PDF" in content or NIK.encode() in content]


def test_download_is_named_by_what_it_is() -> None:
    named = attachment(b"x", mime="application/pdf", name="izin-1.pdf")
    assert named["Content-Disposition"] == 'attachment; filename="izin-1.pdf"'
