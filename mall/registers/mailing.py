"""Tells a person by mail that her correction was answered. Nothing of a register stands in it, nor the answer.

A message needs a case, and here is none; so this is a mail alone, and who has no address reads her page. Who she is
comes from the log: a correction knows her by the digest of her NIK only.
"""

from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from agencies.models import Person
from mall.registers.services.correcting import SUBJECT
from notifications import plain
from notifications.services import language_of
from workflows.trail.models import Event
from workflows.trail.registry import Consumer, Delivered

ANSWERS: Final = frozenset({"correction.accepted", "correction.rejected"})


def tell(delivered: Delivered) -> None:
    """Write to whoever filed it. Three queries."""
    filed = Event.objects.filter(
        subject_kind=SUBJECT, subject_id=delivered.event.subject_id, kind="correction.filed"
    ).first()
    if filed is None or filed.actor_id is None:
        return
    person = Person.objects.select_related("user").filter(user_id=filed.actor_id).first()
    if person is None:
        return
    address = person.email or (person.user.email if person.user and person.user.is_active else "")
    if not address:
        return
    with override(language_of(person.pk)):
        plain.send(
            to=address,
            subject=_("Mal Pelayanan Publik: ada jawaban untuk Anda"),
            words=_("Koreksi Anda sudah dijawab. Masuk untuk membacanya."),
            path=reverse("registers:mine"),
            key=f"{delivered.outbox_id}.1",
        )


MAIL = Consumer(name="registers.correction", kinds=ANSWERS, handle=tell)
