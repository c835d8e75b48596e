"""What is no longer valid is destroyed on its day; what remains is that there was a file, and its digest."""

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from agencies import clock
from mall.registers.access import opened
from mall.registers.choices import BatchState, CorrectionState
from mall.registers.models import Batch, Correction, Entry
from workflows.actors import Actor
from workflows.trail.services import record


def destroy_due() -> int:
    """Destroy the rows of every batch whose day has come, each in its own transaction; how many batches."""
    with opened():
        due = list(_due().values_list("pk", flat=True))
    return sum(_destroy(one) for one in due)


def _due() -> QuerySet[Batch]:
    return Batch.objects.filter(state__in=[BatchState.REPLACED, BatchState.DISCARDED], destroy_on__lte=clock.today())


@transaction.atomic
def _destroy(batch_id: UUID) -> int:
    """The rows go, and what was asked about them; a correction that waits for its answer keeps its batch."""
    with opened():
        batch = _due().select_for_update(skip_locked=True).filter(pk=batch_id).first()
        if batch is None:
            return 0
        if Correction.objects.filter(entry__batch=batch, state=CorrectionState.FILED).exists():
            return 0
        Entry.objects.filter(batch=batch).delete()
        batch.state = BatchState.DESTROYED
        batch.save(update_fields=["state"])
    data = {"register": batch.register, "period": batch.period, "rows": batch.lines, "sha256": batch.digest}
    record(
        subject_kind="register_batch",
        subject_id=batch.pk,
        kind="register.destroyed",
        by=Actor.system("registers"),
        data=data,
    )
    return 1
