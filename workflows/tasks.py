"""Celery's list of the engine's tasks."""

from workflows.clock.tasks import recount
from workflows.clock.tasks import sweep as clock_sweep
from workflows.definition.tasks import check_laws
from workflows.permits.tasks import sweep as permits_sweep
from workflows.trail.tasks import drain, sweep

__all__ = ["check_laws", "clock_sweep", "drain", "permits_sweep", "recount", "sweep"]
