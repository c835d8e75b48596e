"""The field of every machine's state."""

from typing import Any

from django_fsm import FSMField


class StateField(FSMField):
    """Where something stands; only transitions move it.

    A migration knows it as the plain column that it is. An `FSMField` listens for every model class that is made, and
    a migration makes thousands of them with a field each: that was most of the time of `migrate`.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("protected", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """As `CharField`."""
        name, _path, args, kwargs = super().deconstruct()
        kwargs.pop("protected", None)
        return name, "django.db.models.CharField", args, kwargs
