"""Requests for information for tests."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from agencies import clock
from agencies.ids import new_id
from documents.vault.services import Checked
from mall.doors import NOBODY
from mall.voice.information.exemptions import ExemptionTest
from mall.voice.information.models import InformationRequest
from mall.voice.information.objections import InformationObjection
from mall.voice.information.services import Told, exempting, file_request, handling, objecting
from mall.voice.information.services.exempting import Tested
from mall.voice.information.services.handling import Answer
from tests.factories import make_nik, make_user
from workflows.actors import Actor

WANTED = "Zxminta daftar loket yang dibuka"
NAME, ADDRESS, CONTACT, WORK = "Zxnama Peminta", "Zxjalan Peminta 9", "zxpeminta@contoh.id", "Zxpeneliti"
PERSONAL = (NAME, ADDRESS, CONTACT, WORK)


def told(**said: Any) -> Told:
    """What somebody without an account tells."""
    known = {"name": NAME, "contact": CONTACT, "address": ADDRESS, "occupation": WORK, "wanted": WANTED}
    return Told(**(known | {"nik": make_nik(), "purpose": "Zxtujuan penelitian"} | said))


def file(*, by: Actor = NOBODY, agency: str = "DPMPTSP", **said: Any) -> InformationRequest:
    """A request."""
    return file_request(by=by, key=new_id(), told=told(**said), agency=agency)


def ppid(agency: str = "DPMPTSP") -> Actor:
    """The PPID of an agency."""
    return Actor.of(make_user(roles=[("information", agency)]))


def head(agency: str = "DPMPTSP") -> Actor:
    """The head of an agency."""
    return Actor.of(make_user(roles=[("head", agency)]))


def taken(by: Actor, **said: Any) -> InformationRequest:
    """A request that this PPID has in hand."""
    return handling.take(request_id=file(**said).pk, by=by)


def weighed(by: Actor, *, agency: str = "DPMPTSP", expires_on: date | None = None, **said: Any) -> ExemptionTest:
    """A consequence test that stands."""
    known = {"subject": "Data kesehatan perorangan", "ground": "h", "law": "UU 27/2022 pasal 4"}
    known |= {"if_opened": "Rahasia orang terbuka.", "if_closed": "Kepercayaan pada layanan kesehatan."}
    until = expires_on or clock.today() + timedelta(days=365)
    return exempting.decide_exemption(by=by, agency=agency, told=Tested(**(known | said), expires_on=until))


def reply(decision: str = "granted", **said: Any) -> Answer:
    """An answer."""
    known: dict[str, Any] = {"decision": decision, "text": "Zxjawaban tertulis"}
    if decision == "not_held":
        known |= {"under_control": False, "documented": False}
    return Answer(**(known | said))


def answered(
    by: Actor, decision: str = "granted", *, files: Collection[Checked] = (), **said: Any
) -> InformationRequest:
    """A request that was answered; what withholds cites one test for one part."""
    request = taken(by, **said)
    withheld = [("Riwayat kesehatan", weighed(by).pk)] if decision in ("partial", "refused") else []
    return handling.answer(request_id=request.pk, by=by, told=reply(decision, withheld=withheld), files=files)


def objected(request: InformationRequest, *, reason: str = "d") -> InformationObjection:
    """An objection of the requester."""
    return objecting.file_objection(request_id=request.pk, reason=reason, text="Zxkeberatan: belum lengkap")


def at(year: int, month: int, day: int, hour: int = 9) -> datetime:
    """A moment in Banyuwangi."""
    return datetime(year, month, day, hour, tzinfo=clock.WIB)
