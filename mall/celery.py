"""The Celery application. It is a doorbell: what must be done lies in PostgreSQL."""

import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mall.settings.demo")

app = Celery("mall")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def use_our_logging(**_: Any) -> None:
    """Keep Celery from replacing the JSON log that Django's settings describe."""
