"""Celery's list of the engine's tasks."""

from workflows.clock.tasks import sweep as clock_sweep
from workflows.permits.tasks import sweep as permits_sweep
from workflows.trail.tasks import drain, sweep

__all__ = ["clock_sweep", "drain", "permits_sweep", "sweep"]
