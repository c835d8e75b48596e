"""Tells the requester, and those who must act, by mail. Registered with the trail; the same mail twice has one key.

A requester without an e-mail address reads her page: nobody telephones for a request that may be anybody's.
"""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from agencies.choices import Role
from agencies.models import User
from agencies.queries import holders
from mall.design import formats
from mall.voice.information import keys
from mall.voice.information.models import InformationRequest
from mall.voice.information.objections import InformationObjection
from notifications import plain
from workflows.trail.registry import Consumer, Delivered

ANSWERS = frozenset(f"information.{one}" for one in ("granted", "partial", "refused", "not_held"))
REQUESTER = ANSWERS | frozenset(
    f"information.{one}"
    for one in ("registered", "extended", "overdue", "due_moved", "objected", "objection_answered", "objection_overdue")
)
"""What changes what she may do or expect."""
DESK = frozenset({"information.registered", "information.overdue"})
SUPERIOR = frozenset({"information.objected", "information.objection_passed_on", "information.objection_overdue"})


def tell(delivered: Delivered) -> None:
    """Write to whom the event concerns. Nothing of what was asked stands in a mail."""
    event = delivered.event
    found = InformationRequest.objects.select_related("agency", "objection").filter(pk=event.subject_id).first()
    if found is None:
        return
    with override("id"):
        if event.kind in REQUESTER and _is_address(found.contact):
            link = reverse("information:follow", args=[keys.link_of(found.pk)])
            _send(found, _words(event.kind, found), link, [str(found.contact)], f"{delivered.outbox_id}.1")
        if event.kind in DESK:
            told = _("Permintaan %(number)s menunggu jawaban PPID.") % {"number": found.number}
            link = reverse("information:request", args=[found.pk])
            _send(
                found,
                told,
                link,
                _mails(holders([(str(Role.INFORMATION), found.agency_id)])),
                f"{delivered.outbox_id}.2",
            )
        objection: InformationObjection | None = getattr(found, "objection", None)
        if event.kind in SUPERIOR and objection:
            told = _("Keberatan %(number)s menunggu tanggapan Anda.") % {"number": objection.number}
            link = reverse("information:judge", args=[objection.pk])
            readers = _mails(holders([(objection.post, objection.agency_id)]))
            _send(found, told, link, readers, f"{delivered.outbox_id}.3")


def _words(kind: str, found: InformationRequest) -> str:
    """What it means for the requester, in one or two sentences."""
    due = formats.day(found.due_at)
    if kind in ANSWERS:
        return _("Permintaan Anda sudah dijawab.")
    said = {
        "information.registered": _("Permintaan Anda terdaftar dan dijawab paling lambat %(day)s.") % {"day": due},
        "information.extended": _("Jangka waktu jawaban diperpanjang sekali, sampai %(day)s.") % {"day": due},
        "information.due_moved": _("Karena hari libur baru, batas waktu berubah. Lihat halaman permintaan Anda."),
        "information.overdue": _("Jangka waktu jawaban sudah lewat. Anda berhak mengajukan keberatan."),
        "information.objected": _("Keberatan Anda diterima dan diteruskan kepada atasan PPID."),
        "information.objection_answered": _("Keberatan Anda sudah dijawab."),
        "information.objection_overdue": _(
            "Atasan PPID tidak menjawab sampai batas waktunya. Anda dapat mengajukan sengketa ke Komisi Informasi."
        ),
    }
    return said[kind]


def _mails(users: Iterable[User]) -> list[str]:
    return [user.email for user in users if user.is_active]


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _send(found: InformationRequest, words: str, path: str, to: list[str], key: str) -> None:
    """One mail a reader."""
    subject = _("Permintaan informasi %(number)s") % {"number": found.number}
    for number, address in enumerate(to):
        plain.send(to=address, subject=subject, words=words, path=path, key=f"{key}.{number}")


MAIL = Consumer(name="voice.information", kinds=REQUESTER | DESK | SUPERIOR, handle=tell)
