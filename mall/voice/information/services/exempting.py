"""Deciding a consequence test (uji konsekuensi, PerKI 1/2021 art. 49)."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from agencies import clock
from agencies.errors import Invalid
from mall.voice.information.exemptions import ExemptionTest, Ground
from mall.voice.information.permissions import may_exempt
from mall.voice.information.services.filing import LONGEST, number
from workflows.actors import Actor
from workflows.permissions import require
from workflows.trail import services as trail


@dataclass(frozen=True, slots=True)
class Tested:
    """What was weighed. `law` is the article cited beside the letter of art. 17."""

    subject: str
    ground: str
    law: str
    if_opened: str
    if_closed: str
    expires_on: date


@transaction.atomic
def decide_exemption(*, by: Actor, agency: str, told: Tested) -> ExemptionTest:
    """Write a test down; it is public at once and never changed. A newer one takes its place when it ends.

    Raises `Refused` for anybody but the PPID of that agency, `Invalid` by field.
    """
    require(may_exempt(by, agency))
    at = clock.now()
    _require_sound(told, clock.wib_date(at))
    test = ExemptionTest.objects.create(
        number=number("exemption", "UK", at),
        agency_id=agency,
        subject=told.subject.strip(),
        ground=told.ground,
        law=told.law.strip(),
        if_opened=told.if_opened.strip(),
        if_closed=told.if_closed.strip(),
        decided_by_id=by.signing(),
        decided_at=at,
        expires_on=told.expires_on,
    )
    facts = {"number": test.number, "ground": told.ground, "agency": agency, "expires": told.expires_on.isoformat()}
    trail.record(subject_kind="exemption", subject_id=test.pk, kind="exemption.decided", by=by, data=facts)
    return test


def _require_sound(told: Tested, today: date) -> None:
    asked = {
        "subject": (told.subject, 200, _("Tulis informasi apa yang dikecualikan.")),
        "law": (told.law, 300, _("Tulis undang-undang dan pasal yang menjadi dasar.")),
        "if_opened": (told.if_opened, LONGEST, _("Tulis akibat bila informasi dibuka.")),
        "if_closed": (told.if_closed, LONGEST, _("Tulis kepentingan publik yang dilindungi bila ditutup.")),
    }
    faults = {name: [said] for name, (text, most, said) in asked.items() if not text.strip() or len(text) > most}
    if told.ground not in Ground.values:
        faults["ground"] = [_("Pilih huruf pasal 17 UU 14/2008.")]
    if told.expires_on < today:
        faults["expires_on"] = [_("Tanggal ini sudah lewat.")]
    if faults:
        raise Invalid(faults)
