"""Taking a request in: it gets its registration number at once (UU 14/2008 art. 22(4)-(6))."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agencies import clock
from agencies.errors import Conflict, Invalid
from agencies.identifiers import parse_nik
from agencies.models import Lane
from agencies.queries import active_agencies
from agencies.sealing import blind_index
from mall.voice.information.models import Identity, InformationRequest, Receive, Source
from mall.voice.information.terms import answer_due
from workflows.actors import Actor
from workflows.permissions import MALL
from workflows.permits import numbers
from workflows.trail import services as trail
from workflows.trail.chain import digest

SUBJECT = "information"
VOICE = Actor.system("voice")
"""Who acts in the log for any requester: the log names nobody who asks."""
LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Told:
    """What the requester says.

    `identity` is `person` or `body`; a person without an account gives her NIK, a body the number by which it was
    recognised. `receive` is `see`, `electronic` or `paper`. `source` is `complaint` where the complaints desk
    reroutes what she wrote there; it then needs no NIK and no address, which the PPID asks for when they are wanted.
    """

    name: str
    contact: str
    wanted: str
    purpose: str
    identity: str = Identity.PERSON
    nik: str = ""
    legal_no: str = ""
    address: str = ""
    occupation: str = ""
    receive: str = Receive.ELECTRONIC
    source: str = Source.WEB


def file_request(*, by: Actor, key: UUID, told: Told, agency: str = MALL) -> InformationRequest:
    """Register a request with the PPID of `agency`; the same key and words again give the same request.

    Raises `Invalid` by field for what is missing or cannot be, `Conflict` for the key of another request.
    Who may? Anybody.
    """
    _require_sound(told, by, agency)
    try:
        return _file(by, key, told, agency)
    except IntegrityError:
        if found := _filed(key, told):
            return found
        raise


def _filed(key: UUID, told: Told) -> InformationRequest | None:
    """The request that this key has made; `Conflict` where it was about something else: a key opens nothing."""
    found = InformationRequest.objects.filter(filing_key=key).first()
    if found and (found.source, found.wanted, found.name) != (told.source, told.wanted, told.name.strip()):
        raise Conflict(_("Formulir ini sudah dikirim. Kirim sekali lagi untuk membuat permintaan baru."))
    return found


@transaction.atomic
def _file(by: Actor, key: UUID, told: Told, agency: str) -> InformationRequest:
    if found := _filed(key, told):
        return found
    at = clock.now()
    due = answer_due(at, extended=False)
    nik = parse_nik(told.nik).value if told.nik.strip() and told.identity == Identity.PERSON else ""
    request = InformationRequest.objects.create(
        number=number("information", "PIP", at),
        filing_key=key,
        agency_id=agency,
        source=told.source,
        identity=told.identity,
        name=told.name.strip(),
        nik=nik,
        nik_index=blind_index(nik, purpose="nik") if nik else "",
        legal_no=told.legal_no.strip() if told.identity == Identity.BODY else "",
        address=told.address.strip(),
        contact=told.contact.strip(),
        occupation=told.occupation.strip(),
        person_id=by.person_id,
        wanted=told.wanted,
        purpose=told.purpose,
        receive=told.receive,
        registered_at=at,
        due_at=due,
    )
    facts = {
        "number": request.number,
        "agency": agency,
        "source": str(told.source),
        "receive": str(told.receive),
        "due": due.isoformat() if due else "",
        "wanted": digest(told.wanted),
    }
    trail.record(subject_kind=SUBJECT, subject_id=request.pk, kind="information.registered", by=VOICE, data=facts)
    return request


def number(series: str, prefix: str, at: datetime) -> str:
    """The next number of a register in the WIB year, without a gap: a rolled-back registration gives it back."""
    _series, seq = numbers.take(series=series, unit="", lane=Lane.REAL, at=at)
    return f"{prefix}-{clock.wib_date(at).year}-{seq:06d}"


def _require_sound(told: Told, by: Actor, agency: str) -> None:
    faults: dict[str, list[str]] = {}
    for name, sentence in (*_unsaid(told), *_who(told, by)):
        faults.setdefault(name, []).append(sentence)
    if not active_agencies().filter(pk=agency).exists():
        faults["agency"] = [_("Pilih instansi dari daftar.")]
    if faults:
        raise Invalid(faults)


def _unsaid(told: Told) -> Iterator[tuple[str, str]]:
    """What is missing of the request itself."""
    if not told.wanted.strip():
        yield "wanted", _("Tulis informasi yang Anda minta.")
    if not told.purpose.strip():
        yield "purpose", _("Tulis untuk apa informasi itu dipakai.")
    if max(len(told.wanted), len(told.purpose)) > LONGEST:
        yield "wanted", _("Tulisan ini terlalu panjang.")
    if told.receive not in Receive.values:
        yield "receive", _("Pilih cara memperoleh informasi.")
    if told.source not in Source.values:
        yield "source", _("Asal permintaan tidak dikenal.")


def _who(told: Told, by: Actor) -> Iterator[tuple[str, str]]:
    """What the law's form asks of the requester, and no more (UU 14/2008 art. 22(4))."""
    if not told.name.strip():
        yield "name", _("Tulis nama pemohon.")
    if not told.contact.strip():
        yield "contact", _("Tulis surel atau nomor telepon, agar jawaban dapat sampai.")
    if told.identity not in Identity.values:
        yield "identity", _("Pilih perorangan atau badan hukum.")
    if told.source != Source.COMPLAINT:
        yield from _identified(told, by)


def _identified(told: Told, by: Actor) -> Iterator[tuple[str, str]]:
    """Where she lives, and the number that says who she is."""
    if not told.address.strip():
        yield "address", _("Tulis alamat pemohon.")
    if told.identity == Identity.BODY and not told.legal_no.strip():
        yield "legal_no", _("Tulis nomor pengesahan badan hukum.")
    if told.identity == Identity.PERSON and (told.nik.strip() or by.person_id is None):
        try:
            parse_nik(told.nik)
        except ValueError as fault:
            yield "nik", str(fault)
