"""What each form sends when it is filled rightly: a denial must not be owed to a faulty form."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from agencies import clock
from agencies.ids import new_id
from agencies.models import Person
from mall.payments import signing
from tests.answers import posted, valid_answers
from tests.factories import make_nik
from tests.payments import word_of
from tests.security import files, informed, ranked, rated, registry, table
from tests.security.things import Thing, World
from workflows.cases.advice import Recommendation
from workflows.cases.verification import to_check
from workflows.cases.visits import Inspection
from workflows.duties.conflicts import eligible_officers

Data = dict[str, Any]
WORDS = "Kata-kata contoh."


def day(name: str, when: date | None = None) -> Data:
    """A date in its three boxes."""
    when = when or clock.today()
    return {f"{name}_day": str(when.day), f"{name}_month": str(when.month), f"{name}_year": str(when.year)}


def key() -> Data:
    """A form's own number."""
    return {"key": str(new_id())}


def revision(thing: Thing) -> Data:
    """The state of the case under which a form was opened."""
    return {"revision": str(thing.case.revision)} if thing.case_id else {"revision": "1"}


def ticks(thing: Thing, deficient: bool) -> Data:
    """A checklist, with the last paper deficient or none."""
    codes = to_check(thing.case)
    said = {f"tick-{code}": "ok" for code in codes}
    if deficient:
        said |= {f"tick-{codes[-1]}": "deficient", f"note-{codes[-1]}": WORDS}
    return said | revision(thing) | {"do": "send" if deficient else "accept"}


def decision(thing: Thing) -> Data:
    """Reasons for any decision."""
    return revision(thing) | {"reason": WORDS, "legal_basis": "UU 30/2014", "cites": "_answers", "do": "send"}


def answers(thing: Thing) -> Data:
    """Every question answered."""
    definition = thing.case.definition
    return posted(definition, valid_answers(definition))


def profile(_world: World, _thing: Thing) -> Data:
    """Somebody says who she is."""
    said = {"name": "Nama Baru", "nik": make_nik(), "sex": "female", "phone": "081234567891", "address": "Jalan Baru 1"}
    return said | day("birth_date", date(1990, 5, 5))


def upload(world: World, field: str, holder: str) -> Data:
    """A paper whose bytes the holder's vault knows, so that nothing has to be washed."""
    return {field: SimpleUploadedFile("surat.pdf", world.contents[holder], "application/pdf")}


def bank_file() -> Data:
    """One payment of a day of which only the bank knows."""
    text = f"tanggal,referensi,jumlah,keterangan\n2026-01-05,{new_id()},1000,uji"
    parts = {"day_day": "5", "day_month": "1", "day_year": "2026"}
    return parts | {"file": SimpleUploadedFile("bank.csv", text.encode(), "text/csv")}


def contact(_world: World, _thing: Thing) -> Data:
    """How to reach somebody."""
    return {"phone": "081234567892", "email": "", "address": "Jalan Pindah 2", "village_code": ""}


def new_person(_world: World, _thing: Thing) -> Data:
    """Somebody at the counter for the first time."""
    said = {"name": "Orang Baru", "nik": make_nik(), "sex": "male", "phone": "", "email": "", "address": "", "kk": ""}
    return said | key() | day("birth_date", date(1990, 5, 5))


def number_of(thing: Thing) -> str:
    """A number such as the issuing system gives."""
    return thing.case.definition.product.number_example or "CONTOH-1"


def product(thing: Thing) -> Data:
    """The number that another system gave."""
    return {"number": number_of(thing)} | day("issued_on")


def track(thing: Thing) -> Data:
    """The code of the receipt, and the last digits of the NIK."""
    digits = str(Person.objects.get(pk=thing.case.applicant_id).nik)[-4:]
    return {"code": str(thing.case.tracking_code), "digits": digits}


def substitute(thing: Thing, asking: UUID | None) -> UUID | None:
    """An officer of the first agency who may make the visit: not who was drawn, and not who asks."""
    drawn = Inspection.objects.filter(pk=thing.ids["inspection_id"]).values_list("inspector_id", flat=True).first()
    free = (user.pk for user in eligible_officers("DPUCKPP", thing.case))
    return next((pk for pk in free if pk not in (drawn, asking)), None)


def named(world: World, thing: Thing) -> UUID:
    """An officer of the agency that is asked, to whom a link may go."""
    advice = Recommendation.objects.filter(pk=thing.ids.get("recommendation_id")).first()
    later = advice is not None and advice.agency_id == "DINSOS"
    return world.people.actor("officer@later" if later else "officer@field").signing()


def colleague(world: World, thing: Thing) -> UUID | None:
    """One who checks at the same office and has no part in the case."""
    user = world.people["officer@field" if thing.case.agency_id == "DPUCKPP" else "verifier@mall"].user
    return user and user.pk


def report_of_levy(_world: World, _thing: Thing) -> Data:
    """A report by somebody who stays unknown."""
    said = {"manner": "anonymous", "asked": WORDS, "office": "DPUCKPP", "place": "", "named": "", "amount": "50.000"}
    return key() | said | day("happened_on")


BODIES: dict[str, Callable[[World, Thing], Data]] = registry.BODIES | {
    "desk:take": lambda _w, _t: {},
    "desk:next": lambda _w, _t: {},
    "desk:release": lambda _w, _t: {},
    "desk:relations": lambda _w, _t: {"kind": "child", "nik": make_nik()},
    "desk:relation_gone": lambda _w, _t: {},
    "desk:identity": lambda w, _t: {"nik": str(w.people.persons["walkin"].nik)},
    "desk:verify": lambda _w, t: ticks(t, deficient=False),
    "desk:verify return": lambda _w, t: ticks(t, deficient=True),
    "desk:serve": lambda _w, t: revision(t) | product(t) | {"checked": "on", "outcome": "approve", "reason": WORDS},
    "desk:approve": lambda _w, t: decision(t),
    "desk:refuse": lambda _w, t: decision(t),
    "desk:record": lambda _w, t: product(t),
    "desk:recommend": lambda _w, _t: {"verdict": "favourable", "reason": WORDS, "legal_basis": WORDS},
    "desk:recall": lambda _w, _t: {"reason": WORDS},
    "desk:hand_over": lambda w, t: {"to": str(colleague(w, t)), "reason": WORDS},
    "desk:ask_repair": lambda _w, _t: {"what_1": WORDS, "about_1": "-"},
    "desk:majeure": lambda _w, _t: {"note": WORDS},
    "desk:majeure_over": lambda _w, _t: {},
    "counter:repair": lambda _w, _t: {"answer": WORDS},
    "desk:ask_again": lambda _w, _t: {"reason": WORDS},
    "desk:link": lambda w, t: {"to": str(named(w, t)), "way": "letter"},
    "desk:link_letter": lambda _w, _t: {},
    "desk:link_gone": lambda _w, _t: {},
    "desk:answer": lambda _w, _t: {"do": "open"},
    "desk:linked_paper": lambda _w, _t: {},
    "desk:draw": lambda _w, _t: {},
    "desk:appoint": lambda w, t: {
        "user_id": str(substitute(t, w.people.actor(w.asking).user_id)),
        "code": "absent",
        "reason": WORDS,
    },
    "desk:schedule": lambda _w, _t: day("day"),
    "desk:report": lambda _w, _t: day("held_on") | {"result": "fit", "findings": WORDS},
    "portal:start": lambda _w, _t: key() | {"organisation": "self"},
    "portal:profile_edit": profile,
    "portal:organisation_new": lambda _w, _t: {"name": "CV Baru", "kind": "CV"},
    "portal:page": lambda _w, t: answers(t),
    "portal:paper": lambda w, _t: upload(w, "file", "owner"),
    "portal:check": lambda _w, _t: key(),
    "portal:repair": lambda _w, _t: {"answer": WORDS},
    "desk:pause": lambda _w, _t: {"do": "sign"},
    "desk:outages": lambda _w, _t: {"system": "SIAK", "title": WORDS, "begins_at": "2026-11-28 09:00"},
    "desk:outage": lambda _w, _t: {"ends_at": "2030-01-01 09:00"},
    "desk:audit": lambda _w, _t: {"note": WORDS},
    "desk:objection": lambda _w, _t: {"outcome": "uphold", "answer": WORDS, "legal_basis": WORDS},
    "counter:objection": lambda _w, _t: key() | {"kind": "present", "reason": WORDS},
    "portal:objection": lambda _w, _t: {"reason": WORDS},
    "portal:withdraw": lambda _w, _t: key(),
    "counter:permit": lambda _w, _t: {"effect": "amends"},
    "desk:permit_act": lambda _w, _t: {"reason": WORDS, "legal_basis": WORDS, "remedy": WORDS},
    "desk:obligation": lambda _w, _t: {"remark": WORDS, "do": "return"},
    "portal:permit_amend": lambda _w, t: {"changes": t.case.definition.fields[0].name},
    "portal:permit_follow": lambda _w, _t: {},
    "portal:obligation": lambda _w, _t: {"account": WORDS},
    "portal:track": lambda _w, t: track(t),
    "desk:retry": lambda _w, _t: {},
    "desk:holidays": lambda _w, _t: day("day") | {"name": "Libur Contoh", "kind": "LOCAL", "decree_no": "1/2027"},
    "desk:holiday_gone": lambda _w, _t: {},
    "desk:holiday_file": lambda _w, _t: {
        "file": "date,name,kind,decree_no\n2027-09-14,Libur Contoh,LOCAL,1/2027",
        "do": "import",
    },
    "desk:hours": lambda _w, _t: {"day0": "08:00-15:00"},
    "desk:hours_exception": lambda _w, _t: day("day") | {"hours": "", "reason": WORDS},
    "desk:exception_gone": lambda _w, _t: {},
    "desk:roles at the mall": lambda w, _t: role(w, "DPMPTSP"),
    "desk:roles at an agency": lambda w, _t: role(w, "DPUCKPP"),
    "desk:roles to oneself": lambda w, _t: own_role(w),
    "desk:signatories at the mall": lambda w, _t: power(role(w, "DPMPTSP")),
    "desk:signatories at an agency": lambda w, _t: power(role(w, "DPUCKPP")),
    "desk:signatories to oneself": lambda w, _t: power(own_role(w)),
    "desk:signatory_gone": lambda _w, _t: {},
    "desk:role_gone": lambda _w, _t: {},
    "desk:bank": lambda _w, _t: bank_file(),
    "desk:difference": lambda _w, _t: {"do": "explain", "explanation": "Sudah ditanyakan kepada bank"},
    "desk:difference close": lambda _w, _t: {"do": "close"},
    "desk:refund": lambda _w, _t: {"do": "request", "reason": "Dibayar dua kali"},
    "desk:refund confirm": lambda _w, _t: {"do": "confirm"},
    "counter:search": lambda _w, t: {"q": t.ids.get("q") or str(t.case.reference), "tujuan": "counter_status"},
    "counter:register": new_person,
    "counter:card": lambda _w, _t: {"level": "ktp_checked", "seen": "on"},
    "counter:contact": contact,
    "counter:organisation": lambda _w, _t: key() | {"name": "UD Baru", "kind": "UD"},
    "counter:start": lambda _w, _t: key() | {"kind": "present"},
    "counter:mandate": lambda _w, _t: {"kind": "letter", "bearer": "Pembawa Surat", "note": ""},
    "counter:fill": lambda _w, t: answers(t),
    "counter:papers": lambda w, _t: upload(w, "file-ktp", "walkin"),
    "counter:check": lambda _w, _t: key(),
    "counter:withdraw": lambda _w, _t: {"reason": WORDS, "sure": "on"},
    "counter:queue": lambda _w, t: {"antrean": str(t.ids.get("line_id", ""))},
    "counter:ticket_new": lambda _w, _t: key() | {"site": "MPP", "agency": "DPMPTSP", "priority": "none"},
    "counter:ticket call": lambda _w, _t: {"do": "call", "reason": "emergency"},
    "counter:ticket hold": lambda _w, _t: {"do": "hold"},
    "counter:ticket begin": lambda _w, _t: {"do": "begin"},
    "counter:ticket finish": lambda _w, _t: {"do": "finish", "outcome": "advised"},
    "counter:ticket leave": lambda _w, _t: {"do": "leave"},
    "counter:call": lambda _w, _t: {"note": WORDS},
    "verify": lambda w, _t: upload(w, "berkas", "owner"),
    "voice:report": report_of_levy,
    "voice:rate": rated.answers,
    **informed.BODIES,
    "regency:kind": files.upload,
    "transparency:league_contest": ranked.contest_form,
    "transparency:league_answer": ranked.answer_form,
    "regency:publish": lambda _w, _t: {},
    "regency:discard": lambda _w, _t: {},
    "voice:find": lambda _w, t: {"code": t.ids["code"], "word": t.ids["word"]},
    "voice:follow": lambda _w, _t: {"text": WORDS},
    "voice:complain": lambda _w, _t: (
        key() | {"kind": "service", "manner": "anonymous", "text": WORDS, "agency": "DINKES"}
    ),
    "voice:complaint_find": lambda _w, t: {"code": t.ids["code"], "word": t.ids["word"]},
    "voice:complaint_follow": lambda _w, _t: {"text": WORDS},
    "voice:complaint_accept": lambda _w, _t: {},
    "voice:signal_note": lambda _w, _t: {"verdict": "explained", "text": WORDS},
    "voice:complaint_take_over": lambda _w, _t: {},
    "voice:complaint_forward": lambda _w, _t: {"agency": "DINKES", "text": WORDS},
    "voice:complaint_reject": lambda _w, _t: {"why": "duplicate", "text": WORDS},
    "voice:complaint_reclassify": lambda _w, _t: {"kind": "oversight"},
    **{
        f"voice:complaint_{name}": lambda _w, _t: {"text": WORDS}
        for name in ("reroute", "follow_up", "answer", "write", "hand_back", "close")
    },
    "voice:lapor_export": lambda _w, _t: day("first") | day("last") | {"form": "csv"},
    "voice:lapor_numbers": lambda _w, t: {
        "file": SimpleUploadedFile("nomor.csv", f"kode,nomor_lapor\n{t.ids['code']},77\n".encode())
    },
    "voice:take": lambda _w, _t: {},
    "voice:write": lambda _w, _t: {"text": WORDS},
    "voice:forward": lambda _w, _t: {"to": "police", "text": WORDS},
    "voice:close": lambda _w, _t: {"outcome": "proved", "text": WORDS},
    "voice:step_aside": lambda _w, _t: {},
    "set_language": lambda _w, _t: {"language": "en", "next": "/"},
}


def role(world: World, agency: str, holder: str = "stranger") -> Data:
    """A role for somebody."""
    user = world.people[holder].user
    return {"email": user.email if user else "", "role": "clerk", "agency": agency}


def own_role(world: World) -> Data:
    """A role for the visitor herself, where she may give roles."""
    place = table.people()[world.asking].partition("@")[2] or "DPMPTSP"
    return role(world, place, world.asking)


def power(role: Data) -> Data:
    """The same person signs for that office."""
    return {**role, "capacity": "own", "title": "Kepala Bidang"}


def webhook(thing: Thing) -> tuple[bytes, dict[str, str]]:
    """A true notice of payment with its signature."""
    body = json.dumps(word_of(thing.ids["bill"])).encode()
    return body, signing.signed(settings.MALL_GATEWAY_KEY, body, clock.now())
