"""What comes back by the clock."""

from typing import Any

# No long countdowns: what is due later is a row in PostgreSQL that one of these entries looks for.
# The two quick ones outlive their round: if they went stale as fast as they come, a busy worker would do none.
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "definition.check_laws": {"task": "definition.check_laws", "schedule": 24 * 3600.0},
    "trail.sweep": {"task": "trail.sweep", "schedule": 5.0, "options": {"expires": 10.0}},
    "trail.fold": {"task": "trail.fold", "schedule": 1.0, "options": {"expires": 30.0}},
    "clock.sweep": {"task": "clock.sweep", "schedule": 60.0, "options": {"expires": 60.0}},
    "permits.sweep": {"task": "permits.sweep", "schedule": 600.0, "options": {"expires": 600.0}},
    "documents.scan_waiting": {"task": "documents.scan_waiting", "schedule": 60.0, "options": {"expires": 60.0}},
    "documents.sweep_orphans": {"task": "documents.sweep_orphans", "schedule": 6 * 3600.0},
    "notifications.send": {"task": "notifications.send", "schedule": 10.0, "options": {"expires": 10.0}},
    "transparency.recount": {"task": "transparency.recount", "schedule": 24 * 3600.0},
    "voice.watch_complaints": {"task": "voice.watch_complaints", "schedule": 600.0, "options": {"expires": 600.0}},
    "voice.empty_urn": {"task": "voice.empty_urn", "schedule": 24 * 3600.0},
    "voice.signals": {"task": "voice.signals", "schedule": 24 * 3600.0},
    "voice.sweep_information": {"task": "voice.sweep_information", "schedule": 600.0, "options": {"expires": 600.0}},
    "counter.tickets": {"task": "counter.tickets", "schedule": 24 * 3600.0},
    "payments.reconcile": {"task": "payments.reconcile", "schedule": 180.0, "options": {"expires": 180.0}},
    "trail.seal": {"task": "trail.seal", "schedule": 3600.0, "options": {"expires": 3600.0}},
    "transparency.league": {"task": "transparency.league", "schedule": 3600.0, "options": {"expires": 3600.0}},
    "registers.destroy_due": {"task": "registers.destroy_due", "schedule": 24 * 3600.0},
    "releases.print_due": {"task": "releases.print_due", "schedule": 60.0, "options": {"expires": 60.0}},
    "releases.publish_due": {"task": "releases.publish_due", "schedule": 3600.0, "options": {"expires": 3600.0}},
}
