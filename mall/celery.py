"""The Celery application. It is a doorbell: what must be done lies in PostgreSQL."""

import os
from pathlib import Path
from typing import Any

from celery import Celery
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mall.settings.demo")

CHECKOUT = Path(__file__).resolve().parents[1]
PACKAGES = ("workflows", "documents", "notifications", "mall")


def task_packages() -> list[str]:
    """Every package of ours, however deep, that has a `tasks` module."""
    found = (path for package in PACKAGES for path in sorted(CHECKOUT.glob(f"{package}/**/tasks.py")))
    return [".".join(path.parent.relative_to(CHECKOUT).parts) for path in found]


app = Celery("mall")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(task_packages)


@setup_logging.connect
def use_our_logging(**_: Any) -> None:
    """Keep Celery from replacing the JSON log that Django's settings describe."""
