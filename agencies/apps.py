"""The lowest app: it imports none of the others."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    """Registers the app under the label `agencies`."""

    name = "agencies"
    label = "agencies"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let `manage.py check` look at the holiday table."""
        from agencies import checks  # noqa: F401 - registers itself
