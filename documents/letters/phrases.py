"""What every letter says in the same way: about which application, where to report a levy, how moments are written."""

from datetime import UTC, datetime
from typing import Any, Final

from django.conf import settings

from agencies import clock, signing
from agencies.models import Lane
from documents.letters.kinds import LetterKind
from documents.letters.words import Fact, Part, Words
from documents.permits import wording
from documents.permits.sheet import verify_url
from workflows.cases.models import Case
from workflows.definition.typed import thousands

LEVY_PATH: Final = "/lapor-pungutan/"
"""Where anybody reports a levy to the inspectorate."""
CASE_PATH: Final = "/permohonan/{case_id}/"
"""Where the portal shows a case to its owner."""


def words(
    case: Case,
    kind: LetterKind,
    title: str,
    at: datetime,
    opening: tuple[str, ...],
    facts: tuple[Fact, ...],
    parts: tuple[Part, ...],
    **more: Any,
) -> Words:
    """What every letter has; `more` is what this one adds."""
    shared: dict[str, Any] = {
        "number": case.reference,
        "agency": case.agency.name_id,
        "to": case.organisation.name if case.organisation else case.applicant.name,
        "dated": wording.day(clock.wib_date(at)),
        "created": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "canary": case.lane == Lane.CANARY,
    }
    return Words(kind=kind, title=title, opening=opening, facts=facts, parts=parts, **{**shared, **more})


def about(case: Case, *more: Fact) -> tuple[Fact, ...]:
    """Which application it is about."""
    return ("Permohonan", str(case.reference)), ("Layanan", service(case)), *more


def asked_for_more() -> Part:
    """The channel past the office itself: the inspectorate."""
    where = f"{settings.MALL_BASE_URL}{LEVY_PATH}"
    said = f"Laporkan di {where}. Laporan langsung sampai ke Inspektorat. Anda boleh tidak menyebut nama."
    return Part("Jika ada yang meminta uang", (said,))


def block(signature: dict[str, Any]) -> dict[str, Any]:
    """By which power and by whom it is signed, as it was frozen then."""
    kept = signing.Block.kept(signature)
    return {"heading": kept.heading, "signer": kept.name, "footing": kept.footing}


def code(text: str) -> dict[str, str]:
    """The verification code and where it is asked."""
    return {"code": text, "verify_url": verify_url(text)}


def paragraphs(text: str) -> tuple[str, ...]:
    """What an official wrote, paragraph by paragraph."""
    return tuple(one.strip() for one in text.split("\n") if one.strip())


def service(case: Case) -> str:
    """The name of the service."""
    return case.definition.name.id


def page(case: Case) -> str:
    """The address of the application's own page."""
    return f"{settings.MALL_BASE_URL}{CASE_PATH.format(case_id=case.pk)}"


def moment(when: datetime) -> str:
    """`22 November 2026 pukul 15.00 WIB`."""
    local = when.astimezone(clock.WIB)
    return f"{wording.day(local.date())} pukul {local:%H.%M} WIB"


def rupiah(amount: int) -> str:
    """`Rp 1.250.000`."""
    return f"Rp {thousands(amount)}"
