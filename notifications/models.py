"""What people are told, by which channel it went, and whom somebody must call. Data and constraints only."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agencies.ids import new_id
from workflows.actors import Actor
from workflows.cases.models import Case


class Language(models.TextChoices):
    """The languages in which every message is written."""

    ID = "id", _("Bahasa Indonesia")
    EN = "en", _("Inggris")


class Preference(models.Model):
    """How a person wants to be told; without a row the defaults apply."""

    person = models.OneToOneField("agencies.Person", models.PROTECT, primary_key=True, related_name="+")
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.ID)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(language__in=Language.values), name="preference_language_known"),
        ]

    def __str__(self) -> str:
        return str(self.person_id)


class Message(models.Model):
    """What one event means for one reader, in her language, as it was written at that moment.

    The reader is a person who applied, or a user who works here; never both. The subject carries the receipt
    number and nothing else of the case: it is shown on locked screens.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(
        "agencies.Person", models.PROTECT, null=True, related_name="messages", help_text="The applicant who reads it."
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="messages",
        help_text="The member of staff who reads it.",
    )
    case = models.ForeignKey(
        "workflows.Case",
        models.PROTECT,
        null=True,
        related_name="messages",
        help_text="About which; null where staff are told of something that is no case.",
    )
    template = models.CharField(max_length=32, help_text="Name of the text, e.g. `returned`.")
    language = models.CharField(max_length=2, choices=Language.choices)
    subject = models.CharField(max_length=120)
    title = models.CharField(max_length=160, help_text="What happened, in one line; never in a subject.")
    body = models.TextField(help_text="The whole text, plain.")
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, help_text="When she opened it in her inbox.")
    link_id = models.UUIDField(
        null=True, help_text="A one-time link whose address is put under the text only as the mail leaves; never kept."
    )
    outbox_id = models.UUIDField(help_text="The promise it keeps; makes a second delivery harmless.")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(language__in=Language.values), name="message_language_known"),
            models.CheckConstraint(
                condition=Q(person=None, user__isnull=False) | Q(person__isnull=False, user=None),
                name="message_one_reader",
            ),
            models.CheckConstraint(
                condition=Q(case__isnull=False) | Q(user__isnull=False), name="message_to_a_person_has_a_case"
            ),
            models.UniqueConstraint(
                fields=["outbox_id", "person", "user"], nulls_distinct=False, name="message_once_a_reader"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "-created_at", "-id"], name="message_inbox"),
            models.Index(fields=["person"], name="message_unread", condition=Q(read_at=None)),
            models.Index(fields=["user", "-created_at", "-id"], name="message_notices"),
            models.Index(fields=["user"], name="message_notices_unread", condition=Q(read_at=None)),
            models.Index(fields=["link_id"], name="message_of_link", condition=~Q(link_id=None)),
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.id}"

    @property
    def about(self) -> Case:
        """Its case: every message to a person has one."""
        assert self.case is not None
        return self.case

    def is_for(self, actor: Actor) -> bool:
        """Is this actor its reader?"""
        if self.user_id is not None:
            return self.user_id == actor.user_id
        return self.person_id is not None and self.person_id == actor.person_id


class Channel(models.TextChoices):
    INBOX = "inbox", _("Kotak pesan")
    EMAIL = "email", _("Surel")
    CALL = "call", _("Telepon oleh petugas loket")
    CAPTURED = "captured", _("Ditahan (uji jalan)")


class DeliveryState(models.TextChoices):
    PENDING = "pending", _("Menunggu")
    SENT = "sent", _("Terkirim")
    FAILED = "failed", _("Gagal, akan dicoba lagi")
    GAVE_UP = "gave_up", _("Gagal")


class Delivery(models.Model):
    """One message on one channel: the ledger of what was tried, when and how it ended."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    message = models.ForeignKey(Message, models.PROTECT, related_name="deliveries")
    channel = models.CharField(max_length=16, choices=Channel.choices)
    state = models.CharField(max_length=16, choices=DeliveryState.choices, default=DeliveryState.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField(null=True, help_text="Null where no machine will try.")
    leased_until = models.DateTimeField(null=True, help_text="A worker is sending it until then.")
    tried_at = models.DateTimeField(null=True, help_text="Last attempt.")
    done_at = models.DateTimeField(null=True, help_text="When it was sent or given up.")
    last_error = models.CharField(max_length=160, blank=True, help_text="Kind and class of the last failure only.")
    provider_ref = models.CharField(max_length=160, blank=True, help_text="What the channel calls it.")

    class Meta:
        verbose_name_plural = "deliveries"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["message", "channel"], name="delivery_once_per_channel"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="delivery_channel_known"),
            models.CheckConstraint(condition=Q(state__in=DeliveryState.values), name="delivery_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=["sent", "gave_up"], done_at__isnull=False)
                | Q(state__in=["pending", "failed"], done_at=None),
                name="delivery_done_iff_decided",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["next_attempt_at"], name="delivery_due", condition=Q(state__in=["pending", "failed"])),
            models.Index(fields=["channel", "tried_at"], name="delivery_failing", condition=Q(state="failed")),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.state}"


class CallTask(models.Model):
    """Somebody at the counter must tell a person what no machine could tell her."""

    class Why(models.TextChoices):
        NO_EMAIL = "no_email", _("Tidak punya surel")
        GAVE_UP = "gave_up", _("Surel tidak sampai")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("agencies.Person", models.PROTECT, related_name="+")
    message = models.OneToOneField(Message, models.PROTECT, related_name="call")
    why = models.CharField(max_length=16, choices=Why.choices)
    opened_at = models.DateTimeField()
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=400, blank=True, help_text="How the call ended.")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False, done_by__isnull=False) & ~Q(note=""),
                name="call_done_says_how",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["opened_at", "id"], name="call_open", condition=Q(done_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.why} {self.id}"
