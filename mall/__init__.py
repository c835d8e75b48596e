"""The project: settings, the runtime, and the faces that people see."""

from mall.celery import app as celery_app

__all__ = ["celery_app"]
