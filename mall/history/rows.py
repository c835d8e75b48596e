"""Rows on their way into PostgreSQL: text as COPY reads it, table by table."""

from collections import defaultdict
from collections.abc import Sequence
from json.encoder import c_make_encoder, encode_basestring  # type: ignore[attr-defined]
from random import Random
from typing import Any, Final, TypeVar

COLUMNS: Final = {
    "agencies_person": "id name nik kk phone email sex address village_id lane proof_level created_at",
    "workflows_case": (
        "state id service_id service_version_id agency_id site_id applicant_id opened_by_id channel lane effect"
        " kecamatan reference tracking_code submission_key answers created_at touched_at submitted_at arrived_at"
        " received_complete_at complete_number due_at term_passed_at escalated paused decided_at closed_at instance"
        " round repeated_returns open_recommendations deficient amount_due revision chain_hash"
    ),
    "workflows_event": (
        "id subject_kind subject_id seq kind at lane actor_kind actor_id actor_name data previous hash"
    ),
    "workflows_interval": "id case_id holder agency reason opened_at closed_at",
    "workflows_mandate": "id case_id kind bearer note clerk_id at",
    "workflows_pause": "id case_id reason note late asked_by_id asked_at effective_at closed_at days_left",
    "workflows_recommendation": (
        "id case_id agency_id stage binding inspects state asked_at due_at given_at officer_id verdict reason"
        " legal_basis round asked_again"
    ),
    "workflows_decision": (
        "id case_id instance level final outcome reason legal_basis grounds remedy missing against_reason"
        " signatory_id signature by_id at"
    ),
    "workflows_overtaking": "id case_id line agency_id code note passed by_id at",
    "workflows_deemedgrant": "id case_id cause law term_end at series_id seq number code audit_note",
    "workflows_dutytask": "id case_id agency_id law opened_at due_at done_at",
    "workflows_charge": "id case_id amount lines law state assessed_at paid_at",
    "workflows_bill": "id charge_id gateway gateway_ref pay_code pay_url amount created_at expires_at",
    "workflows_payment": "id bill_id gateway payment_ref amount status paid_at recorded_at",
    "workflows_receipt": "id payment_id series_id seq number code issued_at",
    "workflows_ledgerentry": (
        "id transaction occasion account agency_id debit credit case_id charge_id payment_id lane at"
    ),
    "workflows_permit": (
        "id case_id kind series_id seq number lane code status granted_at valid_from valid_until frozen sha256"
        " issued_at"
    ),
    "voice_invitation": "digest service agency site month expires_on used",
    "voice_response": ("service agency site month u1 u2 u3 u4 u5 u6 u7 u8 u9 age sex education occupation comment"),
}
"""In the order in which they are written. What is not named is empty by its own default: null."""
T = TypeVar("T")
_PARTS: Final = c_make_encoder(None, None, encode_basestring, None, ":", ",", True, False, True)
"""What `json.dumps` makes anew for every text: keys sorted, no spaces, letters as they are."""
NULL: Final = "\\N"
LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


class Sheets:
    """Lines of a batch, by table."""

    def __init__(self) -> None:
        self.lines: dict[str, list[str]] = defaultdict(list)

    def add(self, table: str, *values: Any) -> None:
        """One row; None is null, and text that may need it is escaped by `escaped` before."""
        self.lines[table].append("\t".join([NULL if one is None else str(one) for one in values]))

    def texts(self) -> list[tuple[str, bytes]]:
        """Table and text, in the order of writing. Answers of the survey are sorted, so that none points at a case."""
        self.lines["voice_response"].sort()
        return [(table, ("\n".join(self.lines[table]) + "\n").encode()) for table in COLUMNS if self.lines[table]]


def escaped(text: str) -> str:
    """As COPY wants it."""
    if "\\" in text or "\t" in text or "\n" in text:
        return text.replace("\\", "\\\\").replace("\t", " ").replace("\n", " ")
    return text


def plain(value: Any) -> str:
    """JSON as the hash chain writes it."""
    return "".join(_PARTS(value, 0))


def uuid(dice: Random, milliseconds: int) -> str:
    """A UUIDv7 of that moment; its random part is the dice's."""
    bits = dice.getrandbits(74)
    return "%08x-%04x-7%03x-%04x-%012x" % (  # noqa: UP031 - quicker, and asked millions of times
        milliseconds >> 16,
        milliseconds & 0xFFFF,
        bits & 0xFFF,
        0x8000 | bits >> 12 & 0x3FFF,
        bits >> 26,
    )


def within(dice: Random, first: int, last: int) -> int:
    """A number, both ends included: what `Random.randint` throws, without its questions about the arguments."""
    many = last - first + 1
    bits = many.bit_length()
    thrown = dice.getrandbits(bits)
    while thrown >= many:
        thrown = dice.getrandbits(bits)
    return first + thrown


def one_of(dice: Random, many: Sequence[T]) -> T:
    """What `Random.choice` throws, as quick as `within`."""
    return many[within(dice, 0, len(many) - 1)]


def code(dice: Random, length: int = 16) -> str:
    """A verification code."""
    bits = dice.getrandbits(5 * length)
    return "".join([LETTERS[bits >> (5 * place) & 31] for place in range(length)])
