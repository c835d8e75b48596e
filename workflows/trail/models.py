"""The append-only log of what happened, and the promises made to those who react."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q

from agencies.ids import new_id
from agencies.models import Lane


class Event(models.Model):
    """One fact about one subject, chained by hash to the fact before it.

    Holds codes, ids, times and salted digests, never a person's own text, so that erasing a person's
    data leaves the chain whole. Nothing has a foreign key to it, so that it can be partitioned.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    subject_kind = models.CharField(max_length=32, help_text="What it is about: case, person, visit.")
    subject_id = models.UUIDField(help_text="Id of what it is about.")
    seq = models.PositiveIntegerField(help_text="Position in the subject's chain, from 1.")
    kind = models.CharField(max_length=64, help_text="What happened, e.g. `case.submitted`.")
    at = models.DateTimeField(help_text="When, read after the subject's lock was taken.")
    lane = models.CharField(max_length=8, choices=Lane.choices, default=Lane.REAL)
    actor_kind = models.CharField(max_length=16)
    actor_id = models.UUIDField(null=True, help_text="The user, where a user acted.")
    actor_name = models.CharField(max_length=64, blank=True, help_text="The part of the system that acted.")
    data = models.JSONField(default=dict, help_text="Facts: codes, ids, counts, digests.")
    previous = models.CharField(max_length=64, blank=True, help_text="Hash of the subject's event before.")
    hash = models.CharField(max_length=64, help_text="SHA-256 over the previous hash and this event.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject_kind", "subject_id", "seq"], name="event_chain_position"),
        ]
        indexes: ClassVar = [models.Index(fields=["kind", "at"], name="event_kind_at")]
        triggers: ClassVar = [
            pgtrigger.Protect(name="event_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="event_no_truncate",
                operation=pgtrigger.Truncate,
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                func="RAISE EXCEPTION 'the event log is append-only';",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id} #{self.seq} {self.kind}"


class OutboxState(models.TextChoices):
    PENDING = "pending"
    DONE = "done"
    FAILED = "failed"


class OutboxRow(models.Model):
    """A promise that one consumer will hear of one event, kept in the event's own transaction."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    event_id = models.UUIDField()
    consumer = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=OutboxState.choices, default=OutboxState.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True, help_text="A worker has it until then.")
    done_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True, help_text="Class and place of the last failure; no personal data.")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event_id", "consumer"], name="outbox_once_per_consumer"),
            models.CheckConstraint(condition=Q(state__in=OutboxState.values), name="outbox_state_known"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["next_attempt_at"], name="outbox_due", condition=Q(state=OutboxState.PENDING)),
            models.Index(fields=["created_at"], name="outbox_failed", condition=Q(state=OutboxState.FAILED)),
        ]

    def __str__(self) -> str:
        return f"{self.consumer} {self.state}"
