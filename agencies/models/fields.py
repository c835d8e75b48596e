"""Small helpers for columns."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import CheckConstraint, Q


def one_of(field: str, choices: type[models.TextChoices], *, name: str) -> CheckConstraint:
    """PostgreSQL itself refuses a value that is no choice."""
    return CheckConstraint(condition=Q(**{f"{field}__in": choices.values}), name=name)


if TYPE_CHECKING:
    EmailField = models.EmailField[str, str]
else:
    EmailField = models.EmailField


class LowerEmailField(EmailField):
    """An e-mail address in lower case, in writing and in look-ups, so that case never splits an account."""

    def get_prep_value(self, value: Any) -> Any:
        """Called by Django for values written and values looked up."""
        prepared = super().get_prep_value(value)
        return prepared.lower() if isinstance(prepared, str) else prepared
