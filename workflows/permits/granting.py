"""The permit at the moment of approval: its number, its validity, and all that it will print."""

import re
import secrets
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from agencies import clock
from agencies.errors import Invalid
from workflows.cases import sealing, weighing
from workflows.cases.advice import Recommendation
from workflows.cases.codes import ALPHABET
from workflows.cases.models import Case
from workflows.definition import answers as questions
from workflows.definition.model import Definition, Effect, ProductKind, Validity, ValidityKind
from workflows.permits import copying, numbers, reminding
from workflows.permits.models import Permit

CODE_LENGTH = 16
"""Letters of a verification code: 79 random bits, with no letter that is taken for another."""

LONGEST_NUMBER = 120
"""As many characters as the register keeps."""


def verification_code() -> str:
    """A code that can be typed from paper and never guessed."""
    return "".join(secrets.choice(ALPHABET) for _position in range(CODE_LENGTH))


def grant(case: Case, at: datetime) -> Permit:
    """Register the product of an approved case. A rendered one takes its number here, in this transaction.

    A duplicate takes none, and an amended permit keeps the last day of the earlier one. An early renewal takes no day
    of the permit that still runs: its own validity is counted from the day after (`_counted_from`).
    """
    definition, product = case.definition, case.definition.product
    starts = clock.wib_date(at)
    earlier = case.previous_permit
    if earlier is not None and case.effect == Effect.COPIES:
        return copying.copy(case, earlier, verification_code(), at)
    permit = Permit(
        case=case,
        kind=product.kind,
        lane=case.lane,
        code=verification_code(),
        granted_at=at,
        valid_from=starts,
        valid_until=last_day(product.validity, _counted_from(case, earlier, starts)),
    )
    if earlier is not None and case.effect == Effect.AMENDS:
        permit.valid_until = earlier.valid_until
    permit.remind_on = _remind_on(definition, permit.valid_until, starts)
    if product.kind is ProductKind.RENDERED and product.numbering:
        numbering = product.numbering
        printed = numbering.template.replace("{unit}", numbering.unit)
        permit.series_id, permit.seq = numbers.take(series=printed, unit="", lane=case.lane, at=at)
        permit.number = numbers.write(numbering.template, seq=permit.seq, unit=numbering.unit, lane=case.lane, at=at)
    permit.frozen = _frozen(case, permit) if definition.product.kind is ProductKind.RENDERED else {}
    permit.save(force_insert=True)
    return permit


def _counted_from(case: Case, earlier: Permit | None, starts: date) -> date:
    """The day from which validity counts: for a renewal of a permit that still runs, the day after its last one.

    The definition lets one ask from `opens_days` before the end on, and she must not lose by it what she has. Source:
    a rule of this project (docs/definitions.md), from the word "perpanjangan"; we know no general law that counts a
    renewal from its grant. An amendment counts nothing anew.
    """
    runs = earlier is not None and earlier.valid_until is not None and earlier.valid_until >= starts
    if not runs or case.effect != Effect.RENEWS:
        return starts
    assert earlier is not None
    assert earlier.valid_until is not None
    return date.fromordinal(earlier.valid_until.toordinal() + 1)


def _remind_on(definition: Definition, ends: date | None, after: date) -> date | None:
    """When the holder first hears that it is time to renew."""
    return reminding.next_day(ends, definition.renewal.reminders, after) if definition.renewal else None


def _frozen(case: Case, permit: Permit) -> dict[str, Any]:
    """What the document prints, fixed now. NIK and phone stay ciphertext in it."""
    definition = case.definition
    opened = sealing.opened(definition, case.answers)
    advice = Recommendation.of(case) if definition.recommenders else []
    return {
        "number": permit.number,
        "code": permit.code,
        "service": definition.name.id,
        "product": definition.product.name.id,
        "law": list(definition.standard.legal_basis),
        "holder": case.organisation.name if case.organisation_id and case.organisation else case.applicant.name,
        "holder_address": case.applicant.address,
        "answers": [
            {"label": field.label.id, "name": field.name, "type": field.type, "value": case.answers.get(field.name)}
            for field in questions.visible_fields(definition, opened)
        ],
        "clauses": [clause.text for one in sorted(advice, key=lambda a: a.agency_id) for clause in one.conditions],
        "missing": weighing.missing(advice),
        "granted_on": permit.valid_from.isoformat(),
        "valid_until": permit.valid_until.isoformat() if permit.valid_until else "",
        "validity": definition.product.validity.phrase.id,
        "reference": case.reference,
    }


def last_day(validity: Validity, starts: date) -> date | None:
    """The last day of validity; None when it is for life or by event."""
    if validity.kind is ValidityKind.DAYS:
        return date.fromordinal(starts.toordinal() + validity.amount - 1)
    if validity.kind is ValidityKind.MONTHS:
        return _day_before(starts, validity.amount)
    if validity.kind is ValidityKind.YEARS:
        return _day_before(starts, 12 * validity.amount)
    return None


def _day_before(starts: date, months: int) -> date:
    """The day before the same day so many months on; the end of the month where there is no such day."""
    total = starts.year * 12 + starts.month - 1 + months
    year, month = divmod(total, 12)
    for day in range(starts.day, 27, -1):
        try:
            return date.fromordinal(date(year, month + 1, day).toordinal() - (day == starts.day))
        except ValueError:
            continue
    return date.fromordinal(date(year, month + 1, starts.day).toordinal() - 1)


def record_number(case: Case, number: str, issued_on: date, valid_until: date | None, at: datetime) -> Permit:
    """Note what another system issued. Raises `Invalid` when the number cannot be one of that system."""
    pattern = case.definition.product.number_pattern
    faults: dict[str, list[str]] = {}
    number = number.strip()
    if not number:
        faults["number"] = [_("Tulis nomor produk layanan dari sistem penerbit.")]
    elif len(number) > LONGEST_NUMBER or (pattern and not re.fullmatch(pattern, number)):
        faults["number"] = [_("Nomor ini tidak sesuai dengan bentuk nomor dari sistem penerbit.")]
    if issued_on > clock.wib_date(at):
        faults["issued_on"] = [_("Tanggal terbit belum tiba.")]
    if valid_until and valid_until < issued_on:
        faults["valid_until"] = [_("Masa berlaku berakhir sebelum tanggal terbit.")]
    if faults:
        raise Invalid(faults)
    permit = case.permit
    permit.number, permit.valid_from, permit.issued_at = number, issued_on, at
    permit.valid_until = valid_until or last_day(case.definition.product.validity, issued_on)
    permit.remind_on = _remind_on(case.definition, permit.valid_until, clock.wib_date(at))
    permit.save(update_fields=["number", "valid_from", "valid_until", "remind_on", "issued_at"])
    return permit
