"""The only writers of invitations and answers."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from agencies import clock
from agencies.errors import Conflict, Invalid, Missing
from mall.voice.satisfaction.elements import elements
from mall.voice.satisfaction.models import Invitation, Response, UrnAnswer
from workflows.cases.models import Case
from workflows.cases.rating import rating_code

OPEN_DAYS = 90
"""So long a closed case can be rated."""
LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Profile:
    """What the respondent chose to say of herself; every part may be empty."""

    age: str = ""
    sex: str = ""
    education: str = ""
    occupation: str = ""


def digest_of(code: str) -> str:
    """What is kept of a code."""
    return hashlib.sha256(code.encode()).hexdigest()


def invite(case_id: UUID, on: date) -> None:
    """Let the applicant of a case that was closed on that day rate it; a second time changes nothing."""
    case = Case.objects.only("service_id", "agency_id", "site_id").get(pk=case_id)
    Invitation.objects.get_or_create(
        digest=digest_of(rating_code(case_id)),
        defaults={
            "service": case.service_id,
            "agency": case.agency_id,
            "site": case.site_id,
            "month": on.replace(day=1),
            "expires_on": on + timedelta(days=OPEN_DAYS),
        },
    )


def invitation(code: str) -> Invitation:
    """The invitation of a code.

    Raises:
        Missing: it is none of ours, or its case was not closed yet.
        Conflict: it was used, or its time is over.
    """
    found = Invitation.objects.filter(digest=digest_of(code)).first()
    return _open(found)


@transaction.atomic
def answer(*, code: str, scores: Mapping[str, int], profile: Profile, comment: str = "") -> None:
    """Take one answer; whose it is cannot be found out afterwards.

    Raises:
        Invalid: an element without an answer, or one that is not among the four; nothing is counted.
        Missing: no such invitation.
        Conflict: it was used meanwhile, or its time is over.
    """
    faults = {one.code: [_("Pilih satu jawaban.")] for one in elements() if scores.get(one.code) not in range(1, 5)}
    if len(comment) > LONGEST:
        faults["comment"] = [_("Tulis paling banyak %(most)d huruf.") % {"most": LONGEST}]
    if faults:
        raise Invalid(faults)
    found = _open(Invitation.objects.select_for_update().filter(digest=digest_of(code)).first())
    found.used = True
    found.save(update_fields=["used"])
    UrnAnswer.objects.create(
        service=found.service,
        agency=found.agency,
        site=found.site,
        month=found.month,
        **{one.code: scores[one.code] for one in elements()},
        age=profile.age,
        sex=profile.sex,
        education=profile.education,
        occupation=profile.occupation,
        comment=comment.strip(),
    )


def _open(found: Invitation | None) -> Invitation:
    if found is None:
        raise Missing
    if found.used:
        raise Conflict(_("Layanan ini sudah dinilai. Terima kasih."))
    if found.expires_on < clock.today():
        raise Conflict(_("Waktu untuk menilai layanan ini sudah berakhir."))
    return found


@transaction.atomic
def empty_urn() -> int:
    """Move the answers of the day among the others, in a random order and by one transaction; how many.

    Afterwards neither the order of the rows nor the number of their transaction says which invitation was used.
    """
    columns = ", ".join(field.attname for field in Response._meta.concrete_fields if not field.primary_key)
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE voice_urnanswer IN EXCLUSIVE MODE")
        cursor.execute(
            f"INSERT INTO voice_response ({columns}) SELECT {columns} FROM voice_urnanswer ORDER BY random()"  # noqa: S608 - names of our own columns
        )
        moved = int(cursor.rowcount)
        cursor.execute("DELETE FROM voice_urnanswer")
    return moved
